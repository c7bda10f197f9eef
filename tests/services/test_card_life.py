"""Losing, finding, cancelling, replacing at the kiosk: what is claimed comes from the hub or is not said."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.domain.card_accounts import CardState, ReplacementOrdered
from kiosk.domain.card_capabilities import NOTHING, CardCapabilities, Finding, Freezing, HandInPlace, Replacing
from kiosk.domain.card_life import CardLooked, FoundAt, LossCancelled, LossState
from kiosk.domain.desk import Desk
from kiosk.domain.operations import OperationClass, OpId
from kiosk.domain.outcomes import (
    FoundTaken,
    LossEffect,
    LossTaken,
    NoPaper,
    NotSaved,
    NotSavedReason,
    Refused,
    Saved,
    Taken,
    Unreachable,
    Unreached,
)
from kiosk.domain.parcels import Parcel
from kiosk.domain.policy import Factor
from kiosk.domain.queueable import FoundCardDraft, LossDraft
from kiosk.services import requests
from kiosk.services.hub_requests import CancelLoss, Deliver, FetchLossState, LookAtCard, OrderReplacement, VerifyPin
from kiosk.services.views import CardConfirmPage, DoneKind, DonePage, FoundCardPage, HomePage, NumberPage, Screen
from tests.services.a_station import LI, NOW, ZHANG, AStation, text, verified

OFFICE = Desk(text("卡务中心", "Card office"), "8231 0200", (), (text("身份证", "ID card"),))
ALL = CardCapabilities(
    freeze=Freezing(120, (text("刷卡吃饭"),), (text("余额还在"),), text("停用前刷掉的钱追不回来。")),
    unfreeze=True,
    replace=Replacing(1500, who=text("在校学生")),
    found=Finding(
        (HandInPlace("office", OFFICE), HandInPlace("desk", replace(OFFICE, place=text("图书馆一层服务台"))))
    ),
)
NUMBER = "20230114287"
OFFLINE = Unreachable(Unreached.NO_CONNECTION)
TWO = (Factor.PIN, Factor.CODE)


def station(cards: CardCapabilities = ALL) -> AStation:
    kiosk = AStation()
    assert kiosk.session.campus is not None
    kiosk.session.campus = replace(kiosk.session.campus, cards=cards, card_office=OFFICE)
    kiosk.station.beat()
    return kiosk


def started(cards: CardCapabilities = ALL) -> AStation:
    kiosk = station(cards)
    return kiosk.press(requests.Start(kiosk.session.visit.language))


def press(kiosk: AStation, button: str) -> AStation:
    return kiosk.press(requests.Choose(Screen.CARD_CONFIRM, "button", button))


def typed(kiosk: AStation, number: str = NUMBER) -> AStation:
    return kiosk.press(*(requests.NumberKey(digit) for digit in number))


def deliver(kiosk: AStation, outcome: Taken | Refused | Unreachable) -> AStation:
    losing = kiosk.flows.card_changes._matters["card_lost"]
    pending = getattr(losing, "_pending", None)
    if pending is None:
        found = kiosk.flows.found_card._pending
        assert found is not None
        pending = found[0]
    assert isinstance(pending, Saved)
    parcel = Parcel(OpId(pending.op_id), OperationClass.CARD_LOSS, pending.reference, 1, b"")
    return kiosk.answer(outcome, Deliver(parcel))


def proven(kiosk: AStation, *proofs: Factor) -> AStation:
    """The PIN page is passed; whatever more is needed was confirmed with it."""
    if kiosk.screen is Screen.CODE:
        kiosk.press(requests.Open("by_pin"))
    kiosk.pin_typed()
    request = next(asked for asked in reversed(kiosk.hub.asked) if isinstance(asked, VerifyPin))
    return kiosk.answer(verified(*proofs, claim=request.claim), request)


def page(kiosk: AStation) -> CardConfirmPage:
    assert isinstance(kiosk.view.page, CardConfirmPage), kiosk.view.page
    return kiosk.view.page


def done(kiosk: AStation) -> DonePage:
    assert isinstance(kiosk.view.page, DonePage), kiosk.view.page
    return kiosk.view.page


def said(value: object) -> str:
    return repr(value)


def loss(effect: LossEffect = LossEffect.BLOCKED, after: float | None = 120) -> LossTaken:
    by = None if after is None else NOW + timedelta(seconds=after)
    return LossTaken("A12-0001-K", NOW, effect, by)


def test_without_a_card_three_touches_and_the_digits_report_it_lost() -> None:
    kiosk = started()
    kiosk.press(requests.Open("card_lost"))
    assert page(kiosk).danger
    press(kiosk, "act")
    assert isinstance(kiosk.view.page, NumberPage)
    typed(kiosk)
    assert kiosk.screen is Screen.CODE, "a whole number goes on by itself, and a code is on its way"
    proven(kiosk)
    (draft,) = kiosk.outbox.drafts
    assert isinstance(draft, LossDraft)
    assert (draft.session, draft.proof) == ("secret-session", None)
    assert page(kiosk).busy
    deliver(kiosk, loss())
    assert done(kiosk).kind is DoneKind.RECEIVED
    assert "22:28" not in said(done(kiosk))
    assert "14:28" in done(kiosk).promise
    assert len(kiosk.printer.slips) == 1


@pytest.mark.parametrize("within", [None, 0, 120])
def test_how_soon_it_works_is_the_card_systems_word_or_not_said(within: int | None) -> None:
    freezing = replace(ALL.freeze, effective_within=within)  # type: ignore[type-var]
    kiosk = started(replace(ALL, freeze=freezing)).press(requests.Open("card_lost"))
    assert ("14:28" in page(kiosk).text) == (within == 120)
    press(kiosk, "act")
    proven(typed(kiosk))
    deliver(kiosk, loss(after=within))
    assert ("14:28" in done(kiosk).promise) == (within == 120)
    assert ("14:28" in kiosk.printer.slips[0][1].promise) == (within == 120)


def test_offline_the_pin_is_sealed_for_this_loss_and_nothing_is_claimed() -> None:
    kiosk = started()
    kiosk.session.online = False
    kiosk.press(requests.Open("card_lost"))
    notice = page(kiosk).notice
    assert notice is not None
    assert "8231\N{NO-BREAK SPACE}0200" in notice.text
    press(kiosk, "act")
    typed(kiosk)
    assert (kiosk.screen, kiosk.pad.within) == (Screen.PIN, OperationClass.CARD_LOSS)
    before = len(kiosk.hub.asked)
    kiosk.pin_typed()
    assert not any(isinstance(asked, VerifyPin) for asked in kiosk.hub.asked[before:]), "nobody can check it now"
    (draft,) = kiosk.outbox.drafts
    assert isinstance(draft, LossDraft)
    assert draft.proof is not None
    assert draft.session == ""
    shown, slip = done(kiosk), kiosk.printer.slips[0][1]
    assert shown.kind is DoneKind.SAVED
    assert "14:28" not in said(shown) + said(slip)
    assert "8231\N{NO-BREAK SPACE}0200" in slip.body
    assert kiosk.session.speak("card_lost.waiting") == slip.headline
    assert not kiosk.pad.is_open


def test_offline_a_look_at_the_desk_leaves_the_pin_sealed_for_this_loss() -> None:
    kiosk = started()
    kiosk.session.online = False
    press(kiosk.press(requests.Open("card_lost")), "act")
    typed(kiosk).press(requests.Open("none"), requests.Back())
    assert (kiosk.screen, kiosk.pad.within) == (Screen.PIN, OperationClass.CARD_LOSS)
    kiosk.pin_typed()
    (draft,) = kiosk.outbox.drafts
    assert isinstance(draft, LossDraft)
    assert draft.proof is not None


def test_who_was_verified_before_the_line_broke_needs_no_pin_again() -> None:
    kiosk = station().tap()
    kiosk.press(requests.Open("tickets"))
    proven(kiosk)
    kiosk.session.online = False
    kiosk.press(requests.Back(), requests.Open("card_lost"))
    press(kiosk, "act")
    (draft,) = kiosk.outbox.drafts
    assert isinstance(draft, LossDraft)
    assert (draft.session, draft.proof) == ("secret-session", None)


def test_a_line_that_breaks_on_the_way_leaves_it_saved() -> None:
    kiosk = started().press(requests.Open("card_lost"))
    press(kiosk, "act")
    proven(typed(kiosk))
    deliver(kiosk, OFFLINE)
    assert done(kiosk).headline == kiosk.session.speak("card_lost.waiting")


def test_the_hub_that_does_not_answer_is_waited_for_briefly() -> None:
    kiosk = started().press(requests.Open("card_lost"))
    press(kiosk, "act")
    proven(typed(kiosk)).wait(5)
    assert done(kiosk).headline == kiosk.session.speak("card_lost.waiting")


@pytest.mark.parametrize("effect", [LossEffect.NOT_PROVEN, LossEffect.NOBODY, LossEffect.NO_CARD])
def test_no_effect_is_never_called_one(effect: LossEffect) -> None:
    kiosk = started().press(requests.Open("card_lost"))
    press(kiosk, "act")
    proven(typed(kiosk))
    deliver(kiosk, loss(effect, None))
    shown = done(kiosk)
    assert shown.kind is DoneKind.SAVED
    assert shown.headline == kiosk.session.speak("card_lost.not_done")
    assert shown.notice is not None
    assert "8231" in shown.notice.text


def test_what_was_not_saved_is_said_and_can_be_tried_again() -> None:
    kiosk = started().press(requests.Open("card_lost"))
    kiosk.outbox.outcome = NotSaved(NotSavedReason.DISK_FULL)
    press(kiosk, "act")
    proven(typed(kiosk))
    assert done(kiosk).kind is DoneKind.NOT_SAVED
    assert kiosk.printer.slips == []
    assert kiosk.press(requests.Again()).screen is Screen.CARD_CONFIRM


def test_without_paper_the_number_is_large() -> None:
    kiosk = started().press(requests.Open("card_lost"))
    press(kiosk, "act")
    proven(typed(kiosk))
    deliver(kiosk, loss()).printed(NoPaper())
    assert done(kiosk).number_large


@pytest.mark.parametrize(
    ("cards", "tile"),
    [
        (ALL, "card_lost"),
        (replace(ALL, found=None), "card_lost"),
        (replace(ALL, freeze=None), "found_card"),
        (CardCapabilities(balance=True), ""),
        (NOTHING, ""),
    ],
)
def test_only_what_the_card_system_does_is_offered(cards: CardCapabilities, tile: str) -> None:
    kiosk = started(cards)
    assert isinstance(kiosk.view.page, HomePage)
    offered = {row.id for row in kiosk.view.page.tiles} & {"card_lost", "found_card"}
    assert offered == ({tile} if tile else set())
    if not tile:
        for row in ("card_lost", "found_card", "cancel_loss", "replace_card"):
            assert kiosk.press(requests.Open(row)).screen is Screen.HOME


def test_a_card_reported_lost_opens_nothing_but_the_found_page() -> None:
    kiosk = station().tap(LI)
    assert isinstance(kiosk.hub.asked[-1], LookAtCard)
    kiosk.answer(CardLooked(lost=True))
    assert kiosk.session.claim is None
    assert isinstance(kiosk.view.page, FoundCardPage)
    assert kiosk.view.page.notice is not None
    assert kiosk.view.bar.who == ""
    assert kiosk.press(requests.Back(), requests.Open("tickets")).screen is Screen.IDENTIFY


def test_a_card_in_use_goes_on_as_always() -> None:
    kiosk = station().tap(LI)
    assert kiosk.answer(CardLooked(lost=False)).screen is Screen.HOME
    assert kiosk.session.claim == LI


def test_an_answer_about_the_visit_before_turns_nobody_away() -> None:
    kiosk = station().tap(LI)
    late = kiosk.hub.asked[-1]
    kiosk.press(requests.End()).wait(3).tap(ZHANG)
    assert kiosk.answer(CardLooked(lost=True), late).screen is Screen.HOME


def test_changing_over_to_a_card_reported_lost_turns_it_away_too() -> None:
    kiosk = station().tap(ZHANG).wait(3).tap(LI)
    kiosk.press(requests.Leave())
    assert kiosk.answer(CardLooked(lost=True)).screen is Screen.FOUND_CARD
    assert kiosk.session.claim is None


def test_a_found_card_is_nobodys_claim_and_goes_where_it_is_handed_in() -> None:
    kiosk = started().press(requests.Open("card_lost"), requests.Open("found_card"))
    assert kiosk.screen is Screen.FOUND_CARD
    kiosk.tap(LI)
    assert kiosk.session.claim is None
    assert isinstance(kiosk.view.page, FoundCardPage)
    assert [row.id for row in kiosk.view.page.places] == ["office", "desk"]
    kiosk.press(requests.Choose(Screen.FOUND_CARD, "place", "desk"))
    (draft,) = kiosk.outbox.drafts
    assert isinstance(draft, FoundCardDraft)
    assert (draft.card, draft.place) == (LI, "desk")
    deliver(kiosk, FoundTaken(NOW, known=True))
    assert kiosk.session.speak("found_card.owner") in said(done(kiosk))


def test_the_owner_of_an_unknown_card_is_promised_nothing() -> None:
    kiosk = started().press(requests.Open("card_lost"), requests.Open("found_card")).tap(LI)
    kiosk.press(requests.Choose(Screen.FOUND_CARD, "place", "desk"))
    deliver(kiosk, FoundTaken(NOW, known=False))
    assert kiosk.session.speak("found_card.owner") not in said(done(kiosk))


def test_cancelling_asks_for_more_and_says_it_only_when_it_is_so() -> None:
    kiosk = station().tap()
    kiosk.answer(CardLooked(lost=False))
    kiosk.press(requests.Open("tickets"))
    proven(kiosk, *TWO).press(requests.Back(), requests.Open("cancel_loss"))
    press(kiosk, "act")
    request = kiosk.hub.asked[-1]
    assert isinstance(request, CancelLoss)
    kiosk.answer(OFFLINE)
    assert kiosk.screen is Screen.UNAVAILABLE
    kiosk.session.online = True
    press(kiosk.press(requests.Back()), "act")
    again = kiosk.hub.asked[-1]
    assert isinstance(again, CancelLoss)
    assert again.op == request.op, "asked again with the same id"
    kiosk.answer(LossCancelled(NOW))
    assert done(kiosk).headline == kiosk.session.speak("card_restore.done")


def replacing(state: LossState) -> AStation:
    kiosk = station().tap()
    kiosk.answer(CardLooked(lost=False))
    kiosk.press(requests.Open("replace_card"))
    proven(kiosk, *TWO)
    assert isinstance(kiosk.hub.asked[-1], FetchLossState)
    return kiosk.answer(state)


def test_fee_place_and_who_may_are_said_before_a_new_card_is_ordered_once() -> None:
    kiosk = replacing(LossState(CardState.LOST, NOW))
    before = said(page(kiosk))
    assert all(word in before for word in ("¥15", "卡务中心", "在校学生", "身份证"))
    press(kiosk, "act")
    first = kiosk.hub.asked[-1]
    assert isinstance(first, OrderReplacement)
    assert first.fee == 1500
    kiosk.answer(OFFLINE)
    assert kiosk.session.speak("card_new_unknown.unavailable") in said(kiosk.view.page)
    kiosk.session.online = True
    press(kiosk.press(requests.Back()), "act")
    again = kiosk.hub.asked[-1]
    assert isinstance(again, OrderReplacement)
    assert again.op == first.op
    kiosk.answer(ReplacementOrdered(1500, NOW))
    assert "¥15" in done(kiosk).promise


def test_the_slip_of_a_new_card_says_what_is_still_true_on_another_day() -> None:
    kiosk = replacing(LossState(CardState.LOST, NOW))
    press(kiosk, "act")
    kiosk.answer(ReplacementOrdered(1500, NOW))
    slip = kiosk.printer.slips[-1][1]
    assert all(word in slip.body for word in ("卡务中心", "身份证"))
    assert "今天" not in slip.body + slip.promise
    assert ("事项", "补办新卡") in slip.facts


def test_a_found_card_is_said_before_a_new_one_is_paid() -> None:
    kiosk = replacing(LossState(CardState.LOST, NOW, FoundAt("desk", NOW)))
    assert "图书馆一层服务台" in said(page(kiosk))
    assert "¥15" not in said(page(kiosk))
    kiosk.press(requests.Open("despite"))
    assert "¥15" in page(kiosk).act


def test_that_a_found_card_has_arrived_is_said_only_where_the_card_office_said_so() -> None:
    on_its_way = said(page(replacing(LossState(CardState.LOST, NOW, FoundAt("desk", NOW)))))
    there = said(page(replacing(LossState(CardState.LOST, NOW, FoundAt("desk", NOW, arrived=True)))))
    assert "有人交来或说要交来" in on_its_way
    assert "已经收到" not in on_its_way
    assert "已经收到" in there


def test_a_card_in_use_is_reported_lost_before_it_is_replaced() -> None:
    kiosk = replacing(LossState(CardState.ACTIVE))
    press(kiosk, "act")
    assert page(kiosk).danger


def test_the_state_of_a_new_card_says_no_day_nobody_named() -> None:
    kiosk = replacing(LossState(CardState.REPLACED, NOW, None, ReplacementOrdered(1500, NOW)))
    assert page(kiosk).title == kiosk.session.speak("card_new.ordered")
    assert kiosk.session.speak("card_new.ready", when="")[-5:] not in said(page(kiosk))


def test_the_end_of_the_visit_leaves_nothing_of_it() -> None:
    kiosk = replacing(LossState(CardState.LOST, NOW, FoundAt("desk", NOW)))
    kiosk.press(requests.End())
    assert kiosk.flows.card_changes.page(Screen.CARD_CONFIRM) == CardConfirmPage()
