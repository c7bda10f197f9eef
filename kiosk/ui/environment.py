"""What Qt reads from the environment, once, before the application object exists."""

import os
from pathlib import Path

QML_FOLDER = Path(__file__).parent / "qml"


def set_environment(*, gpu: bool = False) -> None:
    """Call before QGuiApplication. A variable that is set already stays as it is."""
    settings = {
        # Qt waits 5 ms before each update otherwise; without them a touch is on screen four times sooner.
        "QT_QPA_UPDATE_IDLE_TIME": "0",
        "QT_IM_MODULE": "qtvirtualkeyboard",
        # A field that takes the focus before the page's own keyboard stands would get Qt's, in a window of its own.
        "QT_VIRTUALKEYBOARD_DESKTOP_DISABLE": "1",
        "QT_QUICK_CONTROLS_STYLE": "Basic",
    }
    if not gpu:
        settings["QT_QUICK_BACKEND"] = "software"
    for name, value in settings.items():
        os.environ.setdefault(name, value)
