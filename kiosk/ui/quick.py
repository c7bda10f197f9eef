"""Qt Quick's bindings without OpenGL's: importing the first imports the second, 7 MB of wrappers for drawing with
OpenGL from Python, which nothing here does (PySide6 6.11.3).

An empty module stands in while they are imported. What would be missing is ``QQuickFramebufferObject`` alone. Whoever
needs ``PySide6.QtOpenGL`` itself imports it first; then it is left as it is.
"""

import sys
from types import ModuleType

import shiboken6

_NEEDLESS = "PySide6.QtOpenGL"
#: Releases whose C++ side has been read for what it takes from that module; another one loads as it likes.
_READ = (6, 11)

if shiboken6.__version_info__[:2] == _READ and _NEEDLESS not in sys.modules:
    sys.modules[_NEEDLESS] = ModuleType(_NEEDLESS)
    try:
        from PySide6.QtQuick import QQuickImageProvider
    finally:
        del sys.modules[_NEEDLESS]
else:
    from PySide6.QtQuick import QQuickImageProvider

__all__ = ["QQuickImageProvider"]
