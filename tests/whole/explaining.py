"""Planted by test_first_frame: a call that Qt's bindings have to explain."""

from contextlib import suppress
from typing import Any

from PySide6.QtCore import QTimer

timer: Any = QTimer()
with suppress(TypeError):
    timer.start("soon")
