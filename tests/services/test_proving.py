"""The gate: what is asked for before something about a person is shown or changed, and what happens then."""

import pytest

from kiosk.domain.devices import CardTrouble
from kiosk.domain.identity import CardProof
from kiosk.domain.language import Language
from kiosk.domain.outcomes import Unreachable, Unreached
from kiosk.domain.policy import SHIPPED, Action, CardPresent, Factor, Policy, Proofs
from kiosk.domain.policy_told import rules_of
from kiosk.services.hub_requests import VerifyPin
from kiosk.services.requests import Back, End, Open, Start, Stay
from kiosk.services.views import Overlay, Row, Screen
from tests.services.a_station import LI, ZHANG, AStation, replace, verified

PIN_AND_CODE: Proofs = frozenset({Factor.PIN, Factor.CODE})
WHAT = Row("x", "查余额", icon="wallet")


class Proved(AStation):
    """A station that was asked to prove something; ``opened`` counts what came of it."""

    def __init__(self) -> None:
        super().__init__()
        self.opened = self.stopped = 0

    def under(self, policy: Policy) -> "Proved":
        """The hub has sent a campus with this policy."""
        assert self.session.campus is not None
        self.station.campus_changed(replace(self.session.campus, policy=rules_of(policy)))
        return self

    def prove(self, action: Action = Action.SEE_BALANCE) -> "Proved":
        self.flows.proving.prove(action, self._then, WHAT, self._cannot)
        self.station.beat()
        return self

    def _then(self) -> None:
        self.opened += 1

    def _cannot(self) -> None:
        self.stopped += 1


def at_home() -> Proved:
    station = Proved()
    station.press(Start(Language.ZH))
    return station


def test_what_needs_nothing_opens_at_once() -> None:
    assert at_home().prove(Action.REPORT).opened == 1


def test_card_and_pin_are_asked_for_in_turn_and_the_pages_that_asked_are_gone() -> None:
    station = at_home().prove()
    assert (station.screen, station.view.page.matter) == (Screen.IDENTIFY, "查余额")  # type: ignore[union-attr]
    station.tap()
    assert (station.screen, station.pad.is_open) == (Screen.PIN, True)
    station.pin_typed().answer(verified())
    assert (station.opened, station.screen, station.pad.is_open) == (1, Screen.HOME, False)


def test_what_was_confirmed_in_the_visit_is_not_asked_for_again() -> None:
    station = at_home().prove()
    station.tap().pin_typed().answer(verified())
    station.prove(Action.SEE_TICKETS)
    assert station.opened == 2


def test_a_further_factor_goes_into_the_session_of_the_first() -> None:
    station = at_home().prove()
    station.tap().pin_typed().answer(verified(Factor.CODE, session="first"))
    station.opened = 0
    station.prove(Action.UNLOCK_ACCOUNT).pin_typed()
    asked = station.hub.asked[-1]
    assert isinstance(asked, VerifyPin)
    assert asked.session == "first"


def test_back_forgets_the_wish_and_a_late_answer_opens_nothing() -> None:
    station = at_home()
    station.tap()
    station.prove().pin_typed()
    asked = station.hub.asked[-1]
    station.press(Back())
    assert station.screen is Screen.HOME
    station.answer(verified(), asked)
    assert station.opened == 0


def test_the_end_of_the_visit_forgets_the_wish() -> None:
    station = at_home().prove()
    station.tap().press(End()).tap()
    station.press(Open("tickets")).pin_typed().answer(verified())
    assert station.opened == 0


@pytest.mark.parametrize("why", list(Unreached))
def test_where_the_hub_cannot_be_asked_the_wish_ends_once(why: Unreached) -> None:
    station = at_home().prove()
    station.tap().pin_typed().answer(Unreachable(why))
    assert (station.opened, station.stopped, station.screen) == (0, 1, Screen.HOME)
    assert station.prove().stopped == 2, "without network nobody is asked for a PIN"


def test_the_pin_page_covered_by_another_one_takes_digits_again_after_back() -> None:
    station = at_home().prove()
    station.tap().press(Open("none"))
    assert not station.pad.is_open
    station.press(Back())
    assert (station.screen, station.pad.is_open) == (Screen.PIN, True)


def test_after_an_answered_warning_the_pin_is_asked_again_and_counts_for_a_minute() -> None:
    station = at_home().prove()
    station.tap().pin_typed().answer(verified()).wait(105)
    assert station.asks(Overlay.WARNING)
    station.press(Stay())
    station.prove()
    assert (station.opened, station.screen) == (1, Screen.PIN)
    station.pin_typed().answer(verified(claim=ZHANG))
    assert station.opened == 2
    assert station.prove().opened == 3
    station.wait(61)
    assert (station.prove().opened, station.screen) == (3, Screen.PIN)


def test_a_campus_that_asks_for_more_is_asked_for_at_the_kiosk_too() -> None:
    station = at_home().under({**SHIPPED, Action.SEE_BALANCE: (PIN_AND_CODE,)}).prove()
    station.tap().pin_typed().answer(verified(Factor.PIN))
    assert (station.opened, station.screen) == (0, Screen.CODE)
    station.prove(Action.SEE_TICKETS)
    assert station.opened == 1, "another action keeps its own rule"


def test_a_campus_that_raises_a_level_in_the_middle_of_a_visit_is_heard_at_the_next_question() -> None:
    station = at_home().prove()
    station.tap().pin_typed().answer(verified(Factor.PIN))
    station.under({**SHIPPED, Action.SEE_BALANCE: (PIN_AND_CODE,)}).prove()
    assert (station.opened, station.screen) == (1, Screen.CODE)


def test_a_campus_that_asks_for_less_asks_for_less_here() -> None:
    station = at_home().under({**SHIPPED, Action.RESET_PASSWORD: (frozenset({Factor.PIN}),)})
    station.prove(Action.RESET_PASSWORD)
    station.tap().pin_typed().answer(verified(Factor.PIN))
    assert station.opened == 1


def test_what_nobody_can_show_here_leads_to_people() -> None:
    station = at_home().under({**SHIPPED, Action.SEE_BALANCE: ()})
    station.tap()
    station.prove()
    assert (station.opened, station.screen) == (0, Screen.NONE_OF_THESE)


# -- cards that prove themselves to the hub ------------------------------------------------------------------------
ANY, GENUINE = CardPresent(CardProof.C0_UID), CardPresent(CardProof.C3_HUB_MUTUAL)
PROVEN = replace(ZHANG, proof=CardProof.C3_HUB_MUTUAL, shown="good once")
ONLY_GENUINE: Policy = {
    **SHIPPED,
    Action.CHANGE_LIMITS: (frozenset({Factor.PIN, CardPresent(CardProof.C2_MUTUAL)}),),
}


def with_genuine_cards() -> Proved:
    station = at_home()
    station.session.genuine_cards = True
    return station


def test_a_card_that_has_proven_itself_and_a_pin_reset_a_password() -> None:
    station = with_genuine_cards()
    station.tap(PROVEN)
    station.prove(Action.RESET_PASSWORD)
    assert station.shows(Screen.PIN)
    station.pin_typed()
    asked = station.hub.asked[-1]
    assert isinstance(asked, VerifyPin)
    assert getattr(asked.claim, "shown", "") == "good once"
    station.answer(verified(Factor.PIN, ANY, GENUINE, claim=replace(PROVEN, shown="")))
    assert station.opened == 1


@pytest.mark.parametrize("proof", [CardProof.C0_UID, CardProof.C1_CLASSIC])
def test_a_card_that_proves_nothing_and_a_pin_reset_nothing(proof: CardProof) -> None:
    station = with_genuine_cards()
    card = replace(ZHANG, proof=proof)
    station.tap(card)
    station.prove(Action.RESET_PASSWORD).pin_typed().answer(verified(Factor.PIN, ANY, claim=card))
    assert (station.opened, station.screen) == (0, Screen.CODE)


def test_what_the_kiosk_believes_of_a_card_counts_for_nothing_where_the_hub_does_not() -> None:
    """Too late, or taken back: the hub's answer to the PIN says what was proven."""
    station = with_genuine_cards()
    station.tap(PROVEN)
    station.prove(Action.RESET_PASSWORD).pin_typed()
    station.answer(verified(Factor.PIN, ANY, claim=replace(PROVEN, shown="")))
    assert (station.opened, station.screen) == (0, Screen.CODE)


def test_the_card_is_asked_for_again_where_only_that_is_enough_and_goes_in_with_the_pin() -> None:
    station = with_genuine_cards().under(ONLY_GENUINE)
    station.tap(replace(PROVEN, shown=""))
    station.prove(Action.CHANGE_LIMITS)
    assert station.shows(Screen.IDENTIFY)
    station.tap(replace(PROVEN, shown=""))
    assert station.shows(Screen.IDENTIFY), "it is the same card, and it has proven nothing this time"
    assert station.flows.identifying.trouble is CardTrouble.UNREADABLE
    station.tap(PROVEN)
    assert station.shows(Screen.PIN)
    station.pin_typed().answer(verified(Factor.PIN, ANY, GENUINE, claim=replace(PROVEN, shown="")))
    assert station.opened == 1


def test_a_card_shown_after_the_pin_is_handed_in_with_the_pin_once_more() -> None:
    station = with_genuine_cards().under(ONLY_GENUINE)
    station.tap(ZHANG)
    station.prove(Action.SEE_BALANCE).pin_typed().answer(verified(Factor.PIN, ANY))
    station.opened = 0
    station.prove(Action.CHANGE_LIMITS)
    assert station.shows(Screen.IDENTIFY)
    station.tap(PROVEN)
    assert (station.opened, station.screen) == (0, Screen.PIN), "the hub has not been told yet"
    station.pin_typed().answer(verified(Factor.PIN, ANY, GENUINE, claim=replace(PROVEN, shown="")))
    assert station.opened == 1


def test_another_person_s_card_on_that_page_is_asked_about() -> None:
    station = with_genuine_cards().under(ONLY_GENUINE)
    station.tap(replace(PROVEN, shown=""))
    station.prove(Action.CHANGE_LIMITS)
    station.tap(replace(LI, proof=CardProof.C3_HUB_MUTUAL, shown="hers"))
    assert station.asks(Overlay.DIFFERENT_CARD)
    assert station.opened == 0


def test_without_such_cards_what_needs_one_leads_to_people() -> None:
    station = at_home().under(ONLY_GENUINE)
    station.tap(ZHANG)
    station.prove(Action.CHANGE_LIMITS)
    assert station.shows(Screen.NONE_OF_THESE)


def test_what_a_card_has_shown_is_in_no_word_about_it() -> None:
    station = with_genuine_cards()
    station.tap(PROVEN)
    assert "good once" not in repr(station.session.visit)
