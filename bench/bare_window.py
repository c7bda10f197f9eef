"""The anchor: PySide6 and a window with six buttons, nothing else. ``--clock`` shows the time once a second."""

import sys

from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine

application = QGuiApplication(sys.argv)
engine = QQmlApplicationEngine()
engine.setInitialProperties({"clock": "--clock" in sys.argv})
engine.load(__file__.removesuffix(".py") + ".qml")
sys.exit(application.exec())
