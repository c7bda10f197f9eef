"""The whole kiosk by ear: report, loss, my tickets and an article, by somebody who only hears and has four keys."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import pytest

from kiosk.config import ScreenSettings, Settings
from kiosk.domain.language import Language
from kiosk.services import requests
from kiosk.services.views import ArticlePage, DonePage, Look, Screen, TopicsPage
from kiosk.tour import sample
from kiosk.tour.keypad import DOWN, OK, UP
from kiosk.words import say

from .absent_hub import AbsentHub
from .enrolled import SIZE
from .listener import Listener
from .whole_kiosk import WholeKiosk, whole_kiosk

NUMBER, PIN, NAME = "20230924117", "275819", "吴芳"
MATTER = {language: sample.service("network")["title"][language.value] for language in Language}
SYMPTOM = {language: sample.symptom("network", "none", language) for language in Language}
TOPIC = {Language.ZH: "Wi-Fi 和网络", Language.EN: "Wi-Fi and network"}


@contextmanager
def somebody(kiosk: Settings, language: Language) -> Iterator[tuple[WholeKiosk, Listener]]:
    settings = msgspec.structs.replace(kiosk, screen=ScreenSettings(*SIZE, language))
    with whole_kiosk(settings) as running:
        running.on(Screen.ATTRACT)
        yield running, Listener(running.kiosk.window, running.drawer.speech, language)


def articles_are_there(running: WholeKiosk) -> None:
    """They come by themselves some time after the start; somebody looks until they have."""
    running.start()
    running.ask(requests.Open("knowledge"), Screen.TOPICS)
    running.page(TopicsPage, lambda page: page.topics and page.helpful)
    running.ask(requests.End(), Screen.ATTRACT)


def plugs_in(running: WholeKiosk, ear: Listener) -> None:
    """Headphones: speech begins, and nobody else hears."""
    ear.listen()
    before = len(ear.heard)
    running.do("headphones on")
    ear.until(ear.word("ear.begun"), ear.word("home.report"), since=before)


def leaves(running: WholeKiosk, ear: Listener) -> None:
    """Pulls the headphones out and lets the visit end; nothing of it is left for the next one."""
    running.do("headphones off")
    ear.until(ear.word("ear.over"), since=0)
    running.drawer.seconds_ahead += 400.0
    running.on(Screen.ATTRACT)
    assert running.view.look == Look(running.view.look.language)
    assert not running.view.ear.on


def signs_in(ear: Listener, at_pad: str, leads_on: bool) -> None:
    """Number and PIN, each key found by what was said of the pad; where a code is asked for, the PIN is chosen."""
    begin = len(ear.heard)
    ear.type(NUMBER, at_pad, [*NUMBER[:-1], ""])
    if not leads_on:
        ear.until(ear.told(NUMBER), since=begin)
        ear.leave_pad()
        ear.choose(say(ear.language, "screen.next"))
    said = _at_secret_pad(ear, begin)
    if ear.told(say(ear.language, "screen.code_title").replace("{length}", "6")) in said:
        ear.leave_pad()
        begin = len(ear.heard)
        ear.choose(say(ear.language, "code.by_pin"))
        said = _at_secret_pad(ear, begin)
    typed = say(ear.language, "screen.pin_filled").replace("{length}", "6")
    filled = [ear.told(typed.replace("{filled}", str(count))) for count in range(1, len(PIN))]
    ear.type(PIN, said, [*filled, ""])


def _at_secret_pad(ear: Listener, begin: int) -> str:
    """What was said of it, from its title on."""
    return ear.until(ear.word("ear.secret_begun"), ear.word("ear.pad_back_leaves"), since=begin)


@pytest.mark.parametrize("language", Language)
def test_a_report_is_made_by_ear_on_a_loudspeaker_and_a_held_key(
    kiosk: Settings, hub: AbsentHub, language: Language
) -> None:
    with somebody(kiosk, language) as (running, ear):
        ear.hold(UP, ear.word("ear.begun"), ear.word("home.report"))
        ear.choose(say(language, "home.report"), ear.word("report.category"))
        ear.choose(MATTER[language], ear.told(SYMPTOM[language]))
        ear.choose(SYMPTOM[language], ear.word("ear.chosen"))
        ear.choose(say(language, "report.submit_incident"), ear.word("answer.title"))
        said = ear.choose(say(language, "answer.look"), ear.word("done.received_incident"))
        assert ear.word("ear.withheld") in said, "others hear the number"
        running.on(Screen.DONE)
        page = running.page(DonePage)
        reference = page.reference
        assert ear.told(reference) not in ear.since(0)
        running.do("headphones on")
        ear.hold(OK, ear.told(reference))
        assert hub.count(reference) == 1


@pytest.mark.parametrize("language", Language)
def test_a_card_is_reported_lost_by_ear_and_no_secret_is_ever_said(kiosk: Settings, language: Language) -> None:
    with somebody(kiosk, language) as (running, ear):
        plugs_in(running, ear)
        ear.choose(say(language, "card_lost.tile_both"), ear.word("card_lost.title"))
        pad = ear.choose(say(language, "card_lost.act"), ear.word("ear.pad_begun"), ear.word("ear.pad_back_leaves"))
        signs_in(ear, pad, leads_on=True)
        ear.until(ear.word("card_lost.done"), since=0)
        _says_no_secret(ear)
        leaves(running, ear)


@pytest.mark.parametrize("language", Language)
def test_ones_tickets_are_read_by_ear(kiosk: Settings, language: Language) -> None:
    with somebody(kiosk, language) as (running, ear):
        plugs_in(running, ear)
        ear.choose(say(language, "home.tickets"), ear.told(say(language, "identify.by_number")))
        pad = ear.choose(
            say(language, "identify.by_number"), ear.word("ear.pad_begun"), ear.word("ear.pad_back_leaves")
        )
        begin = len(ear.heard)
        signs_in(ear, pad, leads_on=False)
        ear.until(ear.word("tickets.title"), since=begin)
        _says_no_secret(ear)
        assert NAME not in ear.since(0)
        leaves(running, ear)


@pytest.mark.parametrize("language", Language)
def test_an_article_is_found_and_read_by_ear(kiosk: Settings, language: Language) -> None:
    with somebody(kiosk, language) as (running, ear):
        articles_are_there(running)
        plugs_in(running, ear)
        ear.choose(say(language, "home.knowledge"), ear.word("knowledge.title"))
        ear.choose(TOPIC[language], ear.told(TOPIC[language]))
        running.on(Screen.TOPIC)
        ear.arrives()
        ear.stands(ear.press(DOWN))
        before = ear.press(OK)
        said = ear.until(ear.word("article.solved"), since=before)
        page = running.view.page
        assert isinstance(page, ArticlePage)
        assert ear.told(page.title) in said
        assert len(said) > 100, "it was not read"
        ear.choose(say(language, "article.solved"))
        running.on(Screen.ATTRACT)
        assert not running.view.ear.on


def _says_no_secret(ear: Listener) -> None:
    """Neither whole nor in digits, however they are put together."""
    everything = re.sub(r"\W", "", ear.since(0))
    assert PIN not in everything
    assert ear.keys_sounded > len(PIN)
