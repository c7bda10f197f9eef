"""A private X display and a finger on it: presses through XTest, looks at single pixels through XGetImage.

libX11 and libXtst are called directly: a look costs a tenth of a millisecond, and no program stands in between.
"""

import ctypes
import os
import subprocess
import time
from types import TracebackType
from typing import Any

WIDTH, HEIGHT = 1920, 1080
#: Between two looks at a pixel, seconds: leaves the processor to what is measured.
LOOK_EVERY = 0.0004
#: How long the display may take to be there, and to go, seconds.
READY_WITHIN = 10.0
END_WITHIN = 5.0
_ALL_PLANES = ctypes.c_ulong(-1)
_Z_PIXMAP = 2
_LEFT = 1


class ScreenError(RuntimeError):
    """No display, or what was waited for did not appear."""


class Screen:
    """A context: Xvfb with 24 bits, no window manager, as kiosks have none."""

    def __init__(self) -> None:
        self.display = ""
        self._server: subprocess.Popen[bytes] | None = None
        self._x11: Any = ctypes.CDLL("libX11.so.6")
        self._xtest: Any = ctypes.CDLL("libXtst.so.6")
        for name in ("XOpenDisplay", "XGetImage"):
            getattr(self._x11, name).restype = ctypes.c_void_p
        for name in ("XDefaultRootWindow", "XGetPixel"):
            getattr(self._x11, name).restype = ctypes.c_ulong

    def __enter__(self) -> "Screen":
        near, far = os.pipe()
        size = f"{WIDTH}x{HEIGHT}x24"
        command = ["Xvfb", "-displayfd", str(far), "-screen", "0", size, "-nolisten", "tcp", "-noreset"]
        self._server = subprocess.Popen(command, pass_fds=(far,), stderr=subprocess.DEVNULL)
        os.close(far)
        with os.fdopen(near) as said:
            self.display = f":{said.readline().strip()}"
        self._connection = ctypes.c_void_p(self._x11.XOpenDisplay(self.display.encode()))
        if not self._connection:
            raise ScreenError("Xvfb did not start")
        self._root = ctypes.c_ulong(self._x11.XDefaultRootWindow(self._connection))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection:
            self._x11.XCloseDisplay(self._connection)
        if self._server is not None:
            self._server.terminate()
            self._server.wait(END_WITHIN)

    def pixel(self, x: int, y: int) -> int:
        """The colour on screen as 0xRRGGBB."""
        image = ctypes.c_void_p(self._x11.XGetImage(self._connection, self._root, x, y, 1, 1, _ALL_PLANES, _Z_PIXMAP))
        if not image:
            raise ScreenError("the display is gone")
        value = int(self._x11.XGetPixel(image, 0, 0))
        self._x11.XDestroyImage(image)
        return value & 0xFFFFFF

    def move(self, x: int, y: int) -> None:
        self._xtest.XTestFakeMotionEvent(self._connection, -1, x, y, ctypes.c_ulong(0))
        self._x11.XFlush(self._connection)

    def press(self, down: bool = True) -> None:
        self._xtest.XTestFakeButtonEvent(self._connection, _LEFT, int(down), ctypes.c_ulong(0))
        self._x11.XFlush(self._connection)

    def wait(self, point: tuple[int, int], colour: int, same: bool, seconds: float) -> bool:
        """Looks until the pixel has that colour (or, not ``same``, another one). False where it never did."""
        end = time.perf_counter() + seconds
        while (self.pixel(*point) == colour) is not same:
            if time.perf_counter() > end:
                return False
            time.sleep(LOOK_EVERY)
        return True
