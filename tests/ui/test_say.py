"""Words with too few lines are smaller before they are cut, and as large as ever once there is room."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from tests.ui.stage import COMPONENTS, Stage

ROOM, SIZE, SMALLER = 300, 40, 34  # px of the screen; two steps smaller than 40
SHORT = "Wi-Fi"
#: Too long for one line of 40 px; the second for one of 34 px too.
LONG, ENDLESS = "Wi-Fi and network", "Wi-Fi and network in every room"


class Words(Stage):
    """One line of words."""

    def __init__(self) -> None:
        super().__init__(COMPONENTS / "Say.qml", text=SHORT, size=SIZE, lines=1, grows=False)
        self.view.resize(1920, 1080)
        self.root.setWidth(ROOM)

    def put(self, text: str) -> tuple[int, bool]:
        self.root.setProperty("text", text)
        return self.stand()

    def stand(self) -> tuple[int, bool]:
        """Their size, px, and whether they are cut."""
        QCoreApplication.processEvents()
        self.view.grabWindow()
        QCoreApplication.processEvents()
        return self.root.property("font").pixelSize(), bool(self.root.property("truncated"))


@pytest.fixture
def words(qapp: QGuiApplication) -> Iterator[Words]:
    stage = Words()
    yield stage
    stage.view.close()
    qapp.processEvents()


def test_words_are_smaller_before_they_are_cut_whatever_stood_there(words: Words) -> None:
    told = {SHORT: (SIZE, False), LONG: (SMALLER, False), ENDLESS: (SMALLER, True)}
    for text in (SHORT, LONG, ENDLESS, ENDLESS + "s", LONG, SHORT, ENDLESS, SHORT):
        assert words.put(text) == told.get(text, told[ENDLESS]), text


def test_with_a_little_more_room_words_that_stay_too_long_stay_small(words: Words) -> None:
    words.put(ENDLESS)
    words.root.setWidth(ROOM + 4)
    assert words.stand() == (SMALLER, True)
    words.root.setWidth(4 * ROOM)
    assert words.stand() == (SIZE, False)


def test_words_too_long_in_large_letters_have_their_size_in_normal_ones(words: Words) -> None:
    words.root.setProperty("size", 2 * SIZE)
    assert words.put(LONG)[0] < 2 * SIZE
    words.root.setProperty("size", 30)
    assert words.stand() == (30, False)
