"""The gates every change passes: linters, types, import contracts, QML and the tests, with figures at the end."""
