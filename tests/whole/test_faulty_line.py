"""The worst a line can do is to lose the answer after the hub has done the work: still exactly one ticket."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kiosk.domain.drafts import TicketDraft
from kiosk.domain.language import Language
from kiosk.domain.outcomes import Saved
from tests.counts import count
from tests.real.fault_proxy import Fault, FaultProxy
from tests.real.hub_process import hub_with_sample
from tests.whole.delivering import DeliveringKiosk, enrolled_folder

#: Seconds the kiosk gives an answer that never comes.
GIVES_UP_AFTER = 2.0
CUTS = count(6, 200)


def saved(kiosk: DeliveringKiosk) -> str:
    outcome = kiosk.outbox.enqueue(TicketDraft(Language.ZH, "network", note="没网"))
    assert isinstance(outcome, Saved), outcome
    return outcome.op_id


def test_whatever_the_line_loses_each_report_arrives_exactly_once(tmp_path: Path) -> None:
    with hub_with_sample(tmp_path / "hub") as hub:
        proxy = FaultProxy(urlsplit(hub.url).port or 0)
        enrolled_folder(tmp_path / "kiosk", hub.url, hub.ca, hub.code())
        kiosk = DeliveringKiosk(tmp_path / "kiosk", proxy.url, GIVES_UP_AFTER)
        told = [saved(kiosk)]
        kiosk.deliver_all()  # buys the token, so that the faults below hit the operation itself
        faults = [(Fault.RESET, 0), (Fault.HANG_RESPONSE, 0)]
        faults += [(Fault.CUT_RESPONSE, 40 * step) for step in range(CUTS)]
        for fault, keep in faults:
            proxy.fault, proxy.keep = fault, keep
            told.append(saved(kiosk))
            kiosk.step()
            if fault is Fault.HANG_RESPONSE:
                assert told[-1] in [ticket["op_id"] for ticket in hub.tickets()], "the hub has it already"
                assert kiosk.outbox.fill().unsettled, "and the kiosk cannot know"
            proxy.fault = Fault.NONE
            kiosk.deliver_all()
        arrived = [str(ticket["op_id"]) for ticket in hub.tickets()]
        kiosk.stop()
        proxy.stop()
    assert sorted(arrived) == sorted(told)


def test_a_hub_that_is_down_costs_time_only(tmp_path: Path) -> None:
    with hub_with_sample(tmp_path / "hub") as hub:
        enrolled_folder(tmp_path / "kiosk", hub.url, hub.ca, hub.code())
        kiosk = DeliveringKiosk(tmp_path / "kiosk", hub.url)
        hub.kill()
        told = [saved(kiosk) for _ in range(3)]
        for _ in range(5):
            kiosk.step()
        assert kiosk.outbox.fill().unsettled == 3
        kiosk.stop()
    assert len(told) == 3


@pytest.mark.parametrize("code", ["AAAAAAAA", ""])
def test_a_wrong_code_enrols_nobody(tmp_path: Path, code: str) -> None:
    from kiosk.enrolment import NotEnrolled, enrol

    with hub_with_sample(tmp_path / "hub") as hub:
        outcome = enrol(tmp_path / "kiosk", hub.url, hub.ca.read_text(), code)
    assert isinstance(outcome, NotEnrolled)
    assert not (tmp_path / "kiosk" / "kiosk.json").exists()
