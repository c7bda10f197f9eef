"""What the kiosk does not draw with is not loaded, and can still be."""

import subprocess
import sys

from tests.patience import PATIENCE


def said(source: str) -> str:
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_pictures_bring_no_opengl_wrappers_with_them() -> None:
    source = "import sys, kiosk.ui.icons, kiosk.ui.pictures\n"
    loaded = "open('/proc/self/maps').read()"
    assert said(source + f"print('PySide6.QtOpenGL' in sys.modules, 'PySide6/QtOpenGL.' in {loaded})") == "False False"


def test_the_rest_of_qt_quick_is_whole() -> None:
    source = "import kiosk.ui.icons\nfrom PySide6.QtQuick import QQuickItem, QQuickView, QQuickWindow\n"
    assert said(source + "item = QQuickItem()\nitem.setWidth(3.0)\nprint(item.width())") == "3.0"


def test_opengl_can_be_imported_afterwards() -> None:
    source = "import kiosk.ui.icons\nfrom PySide6.QtOpenGL import QOpenGLFramebufferObjectFormat as Format\n"
    assert said(source + "print(Format().samples())") == "0"


def test_what_is_imported_already_stays_as_it_is() -> None:
    source = "import PySide6.QtOpenGL as first, sys\nimport kiosk.ui.icons\n"
    assert said(source + "print(sys.modules['PySide6.QtOpenGL'] is first)") == "True"
