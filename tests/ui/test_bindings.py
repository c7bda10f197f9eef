"""Qt's bindings are imported without what explains them, and explain themselves all the same when asked."""

import subprocess
import sys

from tests.patience import PATIENCE

COUNT = """
from kiosk.ui import bindings
import sys
names = sorted(name for name in bindings.LATER if "_later" in vars(sys.modules[name]))
"""


def said(script: str) -> str:
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_importing_qt_runs_none_of_it() -> None:
    """A version of the bindings that loads another way, or needs one of them, shows here."""
    assert said(f"{COUNT}import PySide6.QtQml\nprint(set(names) == bindings.LATER)") == "True"
    assert said(f"import kiosk.ui, PySide6.QtQml, PySide6.QtQuick{COUNT}print(set(names) == bindings.LATER)") == "True"


def test_a_wrong_call_is_explained_as_ever() -> None:
    """Most of these come from C++, which ends the process where it does not find what it looks for."""
    wrong = (
        "from PySide6.QtCore import QObject, QPoint, QTimer\n"
        "for call in (lambda: QTimer().start('soon'), lambda: QTimer(5), lambda: QTimer.singleShot('a', 5, 6),\n"
        "             lambda: QPoint() + 'a', lambda: QTimer(nothing=3), lambda: QObject.objectName(1)):\n"
        "    try: call()\n"
        "    except Exception as error: print(type(error).__name__, error)"
    )
    plain = said(wrong)
    assert "Supported signatures" in plain
    assert said(f"import kiosk.ui\n{wrong}") == plain


def test_threads_may_ask_at_once() -> None:
    asked = (
        "import sys, threading, kiosk.ui\nfrom PySide6.QtCore import QTimer\n"
        "layout = sys.modules['shibokensupport.signature.layout']\n"
        "sys.setswitchinterval(1e-6)\nfound, start = [], threading.Barrier(4)\n"
        "def ask():\n"
        "    start.wait()\n"
        "    found.append(layout.create_signature)\n"
        "threads = [threading.Thread(target=ask) for _ in range(4)]\n"
        "for one in threads: one.start()\n"
        "for one in threads: one.join()\n"
        "print(len(found), len(set(found)))"
    )
    assert said(asked) == "4 1"


def test_signatures_help_and_stubs_are_as_ever() -> None:
    asked = (
        "from PySide6.QtCore import QTimer, QObject\n"
        "from PySide6.support.signature import get_signature\n"
        "import PySide6.support.signature.lib.pyi_generator as stubs\n"
        "print(get_signature(QTimer.start), QObject.__doc__, stubs.__name__, callable(stubs.generate_pyi))"
    )
    assert said(f"import kiosk.ui\n{asked}") == said(asked) != ""


def test_a_name_that_is_nowhere_is_an_attribute_error_and_the_names_python_looks_for_run_nothing() -> None:
    asked = (
        "import sys, kiosk.ui\nlater = sys.modules['shibokensupport.signature.parser']\n"
        "print(hasattr(later, '__path__'), '_later' in vars(later), hasattr(later, 'no_such'), '_later' in vars(later))"
    )
    assert said(asked) == "False True False False"


def test_what_is_imported_already_stays_as_it_is() -> None:
    assert said("import shiboken6\nfrom kiosk.ui import bindings\nprint(bindings.import_lean())") == "False"


def test_the_machinery_and_the_archives_are_whole_afterwards() -> None:
    asked = "import kiosk.ui, importlib.machinery as m, bz2, lzma\nprint(m.ModuleSpec.__module__, bz2.__name__)"
    assert said(asked) == "_frozen_importlib bz2"
