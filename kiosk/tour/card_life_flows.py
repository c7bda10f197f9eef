"""A card lost with and without network, found by somebody, used again, replaced."""

from kiosk.services.views import (
    CardConfirmPage,
    CardPage,
    CodePage,
    DoneKind,
    DonePage,
    FoundCardPage,
    NumberPage,
    Overlay,
    PinPage,
    Screen,
)
from kiosk.tour import sample
from kiosk.tour.code_flows import ANOTHER_CODE, last_code, type_code
from kiosk.tour.identity_flows import type_digits, type_pin
from kiosk.tour.report_flows import BACK_ONLINE, NOTICED
from kiosk.tour.reporting import uid
from kiosk.tour.walker import Walker

#: People of the sample whom no other flow needs with a card in use.
LOSER, OFFLINE_LOSER, WRONG, UNMISSED = "wu-fang", "xu-kai", "sun-li", "kenji-sato"
PAPERLESS, FOUND, BUYER = "maria-garcia", "huang-lei", "emma-smith"
_WRONG_PIN = "111222"


def lost_card(walker: Walker) -> None:
    """No card, the code on the phone: blocked."""
    walker.begin()
    _lose_by_code(walker, LOSER)


def lost_no_paper(walker: Walker) -> None:
    """The PIN does as well as the code; without paper the number stands large on the screen."""
    walker.world.do("paper out")
    walker.world.until(lambda: walker.view.strip.kind == "trouble", "the strip's “out of paper”")
    walker.begin()
    _to_number(walker)
    walker.type(str(sample.person(PAPERLESS)["number"]))
    walker.arrive(Screen.CODE, lambda: not walker.page(CodePage).locked)
    walker.touch(walker.say("code.by_pin"))
    walker.arrive(Screen.PIN, lambda: not walker.page(PinPage).locked)
    type_pin(walker, PAPERLESS)
    walker.arrive(Screen.DONE, lambda: walker.page(DonePage).notice is not None)
    walker.check(walker.page(DonePage).kind is DoneKind.RECEIVED, "the hub does not have the report")
    walker.check(walker.page(DonePage).number_large, "the number is small without a slip")


def lost_offline(walker: Walker) -> None:
    """Without network nothing is blocked and nothing is claimed; with it the PIN is checked and the card blocked."""
    _offline(walker)
    walker.begin()
    _to_number(walker)
    walker.type(str(sample.person(OFFLINE_LOSER)["number"]))
    walker.arrive(Screen.PIN)
    type_pin(walker, OFFLINE_LOSER)
    _reported(walker, DoneKind.SAVED, "card_lost.waiting")
    slip = walker.world.printer.last
    walker.check(slip is not None and slip.promise == walker.say("card_lost.slip_waiting"), "the slip claims too much")
    walker.end()
    _online(walker)
    walker.card(uid(OFFLINE_LOSER))
    walker.arrive(Screen.FOUND_CARD, lambda: bool(walker.page(FoundCardPage).places))


def lost_offline_wrong(walker: Walker) -> None:
    """With a wrong PIN the card works on."""
    _offline(walker)
    walker.begin()
    _to_number(walker)
    walker.type(str(sample.person(WRONG)["number"]))
    walker.arrive(Screen.PIN)
    type_digits(walker, _WRONG_PIN)
    _reported(walker, DoneKind.SAVED, "card_lost.waiting")
    walker.record.references.append(walker.page(DonePage).reference)  # it becomes a ticket of the desk
    walker.end()
    _online(walker)
    walker.begin_with_card(uid(WRONG))
    walker.touch(walker.say("home.card"))
    walker.arrive(Screen.PIN, lambda: not walker.page(PinPage).locked)
    type_pin(walker, WRONG)
    walker.arrive(Screen.CARD, lambda: not walker.page(CardPage).loading)


def lost_not_sure(walker: Walker) -> None:
    """The safe button leads back and nothing has happened."""
    walker.begin()
    walker.touch(walker.say("card_lost.tile_both"))
    walker.arrive(Screen.CARD_CONFIRM)
    walker.touch(walker.say("card_lost.safe"))
    walker.arrive(Screen.HOME)


def lost_and_found(walker: Walker) -> None:
    """Lost, tapped by whoever found it, said before a new one is paid, and in use again with PIN and code."""
    walker.begin()
    _lose_by_code(walker, FOUND)
    walker.end()
    walker.arrive(Screen.ATTRACT)
    walker.card(uid(FOUND))
    walker.arrive(Screen.FOUND_CARD, lambda: bool(walker.page(FoundCardPage).places))
    if walker.view.look.language is not walker.language:
        walker.switch_language(walker.language)
    _hand_in(walker)
    walker.end()
    walker.world.pass_time(ANOTHER_CODE)
    _own_card(walker, FOUND)
    walker.touch(walker.say("card_tile.replace_card"))
    walker.arrive(Screen.CARD_CONFIRM, lambda: walker.page(CardConfirmPage).act != "")
    walker.check(walker.page(CardConfirmPage).title == walker.say("card_new.found"), "the finding is not said first")
    walker.touch(walker.say("card_new.despite"))
    walker.see("what a new card costs", lambda: walker.page(CardConfirmPage).title == walker.say("card_new.title"))
    walker.touch(walker.say("card_new.safe"))
    walker.arrive(Screen.CARD)
    walker.touch(walker.say("card_tile.cancel_loss"))
    walker.arrive(Screen.CARD_CONFIRM)
    walker.touch(walker.say("card_restore.act"))
    _second_factor(walker)
    _done(walker, "card_restore.done")


def found_from_home(walker: Walker) -> None:
    """A card that nobody misses yet: tapped on the page that asks for it, it identifies nobody."""
    walker.begin()
    walker.touch(walker.say("card_lost.tile_both"))
    walker.arrive(Screen.CARD_CONFIRM)
    walker.touch(walker.say("card_lost.found_way"))
    walker.arrive(Screen.FOUND_CARD)
    walker.card(uid(UNMISSED))
    walker.see("the places", lambda: bool(walker.page(FoundCardPage).places))
    walker.check(walker.view.bar.who == "", "a found card has become somebody's")
    _hand_in(walker)


def new_card(walker: Walker) -> None:
    """Fee, place, hours and who may before anything; ordered once, and its state afterwards."""
    walker.begin()
    _lose_by_code(walker, BUYER)
    walker.end()
    walker.world.pass_time(ANOTHER_CODE)
    _own_card(walker, BUYER)
    walker.touch(walker.say("card_tile.replace_card"))
    walker.arrive(Screen.CARD_CONFIRM, lambda: walker.page(CardConfirmPage).act != "")
    walker.touch(walker.page(CardConfirmPage).act)
    _second_factor(walker)
    _done(walker, "card_new.ordered")
    walker.touch(walker.say("done.again"))
    walker.arrive(Screen.HOME)
    walker.touch(walker.say("home.card"))
    walker.arrive(Screen.CARD, lambda: not walker.page(CardPage).loading)
    walker.touch(walker.say("card_tile.replace_card"))
    ordered = walker.say("card_new.ordered")
    walker.arrive(Screen.CARD_CONFIRM, lambda: walker.page(CardConfirmPage).title == ordered)


def _to_number(walker: Walker) -> None:
    walker.touch(walker.say("card_lost.tile_both"))
    walker.arrive(Screen.CARD_CONFIRM)
    walker.touch(walker.say("card_lost.act"))
    walker.arrive(Screen.NUMBER)


def _lose_by_code(walker: Walker, person: str) -> None:
    _to_number(walker)
    walker.type(str(sample.person(person)["number"]))
    walker.arrive(Screen.CODE, lambda: not walker.page(CodePage).locked)
    type_code(walker, last_code(walker))
    _reported(walker, DoneKind.RECEIVED, "card_lost.done")


def _own_card(walker: Walker, person: str) -> None:
    """The card is not in the hand: number and PIN."""
    walker.begin()
    walker.touch(walker.say("home.card"))
    walker.arrive(Screen.IDENTIFY)
    walker.touch(walker.say("identify.by_number"))
    walker.arrive(Screen.NUMBER)
    number = str(sample.person(person)["number"])
    walker.type(number)
    walker.see("the number typed", lambda: walker.page(NumberPage).typed == number)
    walker.touch(walker.say("screen.next"))
    walker.arrive(Screen.PIN, lambda: not walker.page(PinPage).locked)
    type_pin(walker, person)
    walker.arrive(Screen.CARD, lambda: not walker.page(CardPage).loading)


def _second_factor(walker: Walker) -> None:
    walker.arrive(Screen.CODE, lambda: not walker.page(CodePage).locked)
    type_code(walker, last_code(walker))


def _reported(walker: Walker, kind: DoneKind, headline: str) -> None:
    walker.arrive(Screen.DONE, lambda: walker.page(DonePage).slip == "printed")
    page = walker.page(DonePage)
    walker.check(page.kind is kind, f"the done page says {page.kind.value}, not {kind.value}")
    walker.check(page.headline == walker.say(headline), f"the done page says “{page.headline}”")
    walker.check(bool(page.reference), "there is no number on the done page")
    walker.receipt()


def _hand_in(walker: Walker) -> None:
    walker.touch(walker.page(FoundCardPage).places[-1].title)
    walker.arrive(Screen.DONE)
    walker.check(walker.page(DonePage).kind is DoneKind.RECEIVED, "the hub does not have the finding")


def _done(walker: Walker, headline: str) -> None:
    walker.arrive(Screen.DONE, lambda: walker.page(DonePage).slip == "printed")
    walker.check(walker.page(DonePage).headline == walker.say(headline), f"“{walker.page(DonePage).headline}”")
    walker.receipt()


def _offline(walker: Walker) -> None:
    walker.world.do("net off")
    walker.world.pass_time(NOTICED)
    walker.world.until(lambda: walker.view.strip.kind == "offline", "the strip's “no network”")


def _online(walker: Walker) -> None:
    """What waited has gone, and the strip has said so."""
    walker.world.do("net on")
    walker.world.pass_time(BACK_ONLINE)
    walker.see("the strip's “everything has been sent”", lambda: walker.view.strip.kind == "sent")
    walker.check(walker.view.question.kind is Overlay.NONE, "a question is open")
