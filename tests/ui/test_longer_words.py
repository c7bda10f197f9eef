"""Every page with words 40 % longer, as another language would have them: nothing cut, covered or out of its place."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QGuiApplication

from kiosk.domain.language import Language
from kiosk.services import views as v
from kiosk.tour.page_checks import is_text, shown
from kiosk.tour.qt_warnings import KNOWN
from kiosk.words import say
from tests.ui.longer_words import LONGER, longer, longer_words
from tests.ui.page_samples import pages
from tests.ui.test_pages import LOOKS, SIZES, Stage

pytestmark = pytest.mark.qt_log_ignore(*(line.message for line in KNOWN))


@pytest.fixture(params=SIZES)
def stage(request: pytest.FixtureRequest, qapp: QGuiApplication) -> Iterator[Stage]:
    form: str = request.param
    with longer_words():
        stage = Stage(form)
        yield stage
        stage.window.close()
    qapp.processEvents()


@pytest.mark.parametrize(("name", "language"), [("plain", Language.ZH), ("plain", Language.EN), ("large", Language.EN)])
def test_words_forty_percent_longer_stand_whole_on_every_page(stage: Stage, language: Language, name: str) -> None:
    look = replace(LOOKS[name], language=language)
    found = []
    for page, value in pages(language).items():
        stage.show(value, look)
        stage.fit()
        stage.keep(f"longer-{page}-{language}-{name}")
        found += [f"{page}: {trouble}" for trouble in stage.troubles(page, look)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("text", "language"), [("电话 {phone}", Language.ZH), ("Answer by {when}.", Language.EN)])
def test_what_is_filled_in_stays_and_the_words_grow(text: str, language: Language) -> None:
    grown = longer(text, language)
    assert len(grown) >= len(text) + round((len(text) - len("{phone}")) * LONGER) - 1
    assert grown.format(phone="8231 0000", when="16:30")


def test_the_page_after_one_with_too_many_words_has_its_full_size(stage: Stage) -> None:
    look = v.Look(language=Language.EN)
    title, crowded = ("code_title", "code_not_sent") if stage.form == "landscape" else ("home_hello", "home")
    full = {"landscape": 62, "portrait": 94}[stage.form]

    def size(page: str, words: str) -> int:
        stage.show(pages(Language.EN)[page], look)
        stage.fit()
        texts = [one.item for one in shown(stage.window.root) if is_text(one)]
        return next(int(one.property("font").pixelSize()) for one in texts if one.property("text").startswith(words))

    before = size("category", "What kind of")
    assert size(crowded, say(Language.EN, f"screen.{title}")[:5]) < full
    assert size("category", "What kind of") == before
