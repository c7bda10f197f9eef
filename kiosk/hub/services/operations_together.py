"""Operations that came together: in one transaction, because committing is what a hub spends its time on, or each in
its own where one of them needs more than that (a PIN to judge, a system outside to ask) or meets a fault of ours."""

from collections.abc import Sequence

from kiosk.hub.logs import event, trouble
from kiosk.hub.services.book import NoCampus, read_book
from kiosk.hub.services.deferred_proof import Unproven
from kiosk.hub.services.doing import House
from kiosk.hub.services.operations import Answer, Hub, carry_out, take
from kiosk.hub.services.refusal import No
from kiosk.hub.services.trust import trusted_kiosk
from kiosk.wire.envelope import Envelope


class _OneByOne(Exception):
    """Leaves the transaction and nothing else: ``carry_out_all`` catches it."""


def carry_out_all(hub: Hub, house: House, authorization: str, envelopes: Sequence[Envelope]) -> list[Answer | No] | No:
    """What ``carry_out`` answers to each, in their order; a No for all where the kiosk is not trusted."""
    try:
        return _at_once(hub, house, authorization, envelopes)
    except NoCampus:
        raise
    except Exception as error:  # whatever it was: none of them took effect, and each gets its own try
        event("operations one by one", count=len(envelopes), why=type(error).__name__)
        return [_alone(hub, house, authorization, envelope) for envelope in envelopes]


def _at_once(hub: Hub, house: House, authorization: str, envelopes: Sequence[Envelope]) -> list[Answer | No] | No:
    answers: list[Answer | No] = []
    with hub.store.write() as db:
        now = hub.clock()
        kiosk = trusted_kiosk(db, authorization, now)
        if isinstance(kiosk, No):
            return kiosk
        book = read_book(db)
        for envelope in envelopes:
            outcome = take(db, book, house, kiosk, envelope, now)
            if isinstance(outcome, Unproven):
                raise _OneByOne
            answers.append(outcome)
    return answers


def _alone(hub: Hub, house: House, authorization: str, envelope: Envelope) -> Answer | No:
    try:
        return carry_out(hub, house, authorization, envelope)
    except Exception as error:
        trouble("operation failed", error)
        return No(500, "broken")
