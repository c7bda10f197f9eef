"""Tests against real daemons, started by the tests on 127.0.0.1."""
