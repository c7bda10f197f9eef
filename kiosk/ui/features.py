"""Qt's bindings without their search for ``from __feature__ import …``, which nothing here says.

After every import, whoever asked for it, they read the source of the module to see whether it speaks of PySide6, and
Python keeps what was read: 9 MB, and half of what our start and every later import takes (PySide6 6.11.3). With the
answer known the modules stay as they are: no feature is selected in any of them.
"""

import sys

_SEARCH = "_mod_uses_pyside"


def search_no_more() -> bool:
    """False where these bindings have no such search, or are not imported yet."""
    feature = sys.modules.get("shibokensupport.feature")
    if not hasattr(feature, _SEARCH):
        return False
    setattr(feature, _SEARCH, lambda _module: True)
    return True
