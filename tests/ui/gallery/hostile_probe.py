"""Every page with hostile strings in every text, in a process of its own that can be watched from outside.

``python -m tests.ui.gallery.hostile_probe FORM PORT FILE HOW [PASSES]``. Between the marks BEGIN and END (paths that
are looked for and do not exist) it shows nothing but such pages; each was shown with ordinary words before. HOW:
*alone* gives one string to all texts of a page, *mixed* each text the next string, *planted* shows the strings in a
text that reads markup, so that whoever watches can see that watching works. Says on stdout how many there were.
"""

import json
import os
import sys
from itertools import cycle

from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickView

from kiosk.domain.language import Language
from kiosk.services import views as v
from kiosk.services.requests import Request
from kiosk.ui.environment import set_environment
from kiosk.ui.window import WindowSettings, open_window
from tests.hostile import LONG, SHORT, aimed
from tests.ui.page_samples import pages, questions, view
from tests.ui.poison import poisoned

BEGIN, END = "/hostile-strings-begin", "/hostile-strings-end"
SIZES = {"landscape": (1920, 1080), "portrait": (1080, 1920)}
#: Given alone to all texts at once: what makes a reader of markup fetch, read or fall.
ALONE = ("image, quoted", "image of a file", "image of a path", "link to a file")
#: One page in so many gets an endless text, another one each time.
LONG_EVERY = 6
PLANT = (
    "import QtQuick\nColumn { id: all; property var texts; Repeater { model: all.texts; "
    "Text { required property string modelData; text: modelData; textFormat: Text.RichText } } }"
)


class NoKeys:
    def key(self, code: int) -> None:
        pass

    def letter(self, code: int) -> None:
        pass

    def clear(self) -> None:
        pass


class Feeder:
    """Gives each text the next string; counts."""

    def __init__(self, strings: list[str], long: list[str]) -> None:
        self._strings, self._long = cycle(strings), cycle(long)
        self.texts = 0

    def mixed(self, whole: v.View, with_long: bool) -> v.View:
        waiting = [next(self._long)] if with_long else []

        def text(_name: str) -> str:
            self.texts += 1
            return waiting.pop() if waiting and _name != "icon" else next(self._strings)

        return poisoned(whole, text)

    def alone(self, whole: v.View, string: str) -> v.View:
        def text(_name: str) -> str:
            self.texts += 1
            return string

        return poisoned(whole, text)


def wholes() -> list[v.View]:
    """Every page as it stands between strip and bar, and every question over one."""
    strip = v.Strip(v.StripKind.OFFLINE, "离线", "2")
    looks = {Language.ZH: v.Look(), Language.EN: v.Look(language=Language.EN, large=True)}
    samples = {language: pages(language) for language in Language}
    found = [view(page, looks[Language.ZH], strip=strip) for page in samples[Language.ZH].values()]
    found += [view(page, looks[Language.EN], strip=strip) for page in list(samples[Language.EN].values())[::4]]
    asked = questions(Language.ZH).values()
    return found + [view(samples[Language.ZH]["tickets"], v.Look(), question=question) for question in asked]


def main(form: str, port: str, file: str, how: str, passes: str = "1") -> None:
    set_environment()
    application = QGuiApplication([])
    width, height = SIZES[form]
    settings = WindowSettings(full_screen=False, width=width, height=height, reduce_motion=True, warm_up=False)
    asked: list[Request] = []
    window = open_window(settings, view(v.AttractPage(), v.Look()), asked.append, NoKeys())
    shown = 0

    def show(whole: v.View) -> None:
        nonlocal shown
        shown += 1
        window.show(v.View(whole.page, whole.look, whole.frame, whole.strip, whole.bar, whole.question, shown))
        for _ in range(3):
            application.processEvents()
        window.root.grabWindow()

    short = {name: aimed(text, int(port), file) for name, text in SHORT.items()}
    feeder = Feeder(list(short.values()), list(LONG.values()))
    whole = wholes()
    for one in whole:
        show(one)
    ordinary, shown = shown, 0
    os.access(BEGIN, os.F_OK)
    for turn in range(int(passes)):
        if how == "alone":
            for name in ALONE:
                for one in whole:
                    show(feeder.alone(one, short[name]))
        elif how == "mixed":
            for index, one in enumerate(whole):
                show(feeder.mixed(one, index % LONG_EVERY == turn % LONG_EVERY))
        else:
            planted(list(short.values()))
    os.access(END, os.F_OK)
    figures = {"pages": ordinary, "shown": shown, "texts": feeder.texts, "strings": len(SHORT) + len(LONG)}
    print(json.dumps({**figures, "asked": len(asked)}), flush=True)
    window.close()


def planted(texts: list[str]) -> None:
    from PySide6.QtCore import QUrl
    from PySide6.QtQml import QQmlComponent

    bad = QQuickView()
    component = QQmlComponent(bad.engine())
    component.setData(PLANT.encode(), QUrl("file:///planted.qml"))
    item = component.createWithInitialProperties({"texts": texts})
    item.setParent(bad)
    for _ in range(50):
        QGuiApplication.processEvents()


if __name__ == "__main__":
    main(*sys.argv[1:])
