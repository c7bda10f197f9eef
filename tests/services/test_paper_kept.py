"""Near the roll's end paper is kept for what has no other proof; all else is on the screen, and that is said."""

import pytest

from kiosk.domain.accounts import AccountAct
from kiosk.domain.devices import PrinterState
from kiosk.domain.outcomes import Printed, Unreachable, Unreached
from kiosk.services.requests import Open, Submit
from kiosk.services.views import ArticlePage, MovementsPage
from tests.services import test_card_life as losing
from tests.services import test_own_card as own_card
from tests.services.a_station import AStation
from tests.services.test_account import locked, proven
from tests.services.test_knowledge import Visit, article
from tests.services.test_station import done, with_card_at_details

KEPT = "纸快用完了，这次不打小票"


def nearly_out(station: AStation) -> AStation:
    station.station.printer(PrinterState.PAPER_LOW)
    return station


def test_a_report_the_hub_has_shows_its_number_large_instead_of_a_slip() -> None:
    station = nearly_out(with_card_at_details()).press(Submit()).delivered()
    page = done(station)
    assert station.printer.slips == []
    assert page.notice is not None
    assert (page.notice.title, page.number_large, page.slip) == (KEPT, True, "")
    assert page.reference == "A12-0001-K"


@pytest.mark.parametrize("why", list(Unreached))
def test_a_report_only_this_kiosk_has_is_printed_to_the_last_slip(why: Unreached) -> None:
    station = nearly_out(with_card_at_details()).press(Submit()).delivered(Unreachable(why))
    assert len(station.printer.slips) == 1
    assert done(station.printed(Printed(paper_low=True))).slip == "printed"


def test_a_lost_card_is_printed_to_the_last_slip() -> None:
    kiosk = nearly_out(losing.started()).press(Open("card_lost"))
    losing.press(kiosk, "act")
    losing.proven(losing.typed(kiosk))
    losing.deliver(kiosk, losing.loss())
    assert len(kiosk.printer.slips) == 1


def test_new_paper_prints_everything_again() -> None:
    station = nearly_out(with_card_at_details())
    station.station.printer(PrinterState.READY)
    assert len(station.press(Submit()).delivered().printer.slips) == 1


def test_an_article_a_list_and_the_steps_say_that_paper_is_kept() -> None:
    visit = Visit(PrinterState.PAPER_LOW)
    visit.reads(article()).press(Open("print"))
    page = visit.view.page
    assert isinstance(page, ArticlePage)
    assert (visit.printer.slips, page.slip_note, page.can_print) == ([], KEPT, True)

    station = nearly_out(own_card.with_moves(-1250)).press(own_card.pick("print", ""))
    listed = station.view.page
    assert isinstance(listed, MovementsPage)
    assert (station.printer.slips, listed.print_text) == ([], "纸快用完了，留给更要紧的小票，打不了。")

    steps = proven(AccountAct.UNLOCK, printer=PrinterState.PAPER_LOW).answer(locked(True)).press(Open("print_places"))
    assert steps.printer.slips == []
    shown = steps.view.page
    assert "纸快用完了，这次不打" in repr(shown)
    assert "正在打印" not in repr(shown)
