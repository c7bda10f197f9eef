"""The desk rings up: a ticket in one touch for whoever cannot prove anything now, or has no network (journeys 2).

Telling us needs no proof. Where somebody has said who they are, the contact on file is used, which is shown nowhere;
anybody may leave another number.
"""

from kiosk.domain.drafts import ContactOnFile
from kiosk.services.call_back_rows import ACCOUNT, ON_FILE, TYPED, call_back_entry
from kiosk.services.flow import Flow
from kiosk.services.proving import Proving
from kiosk.services.reporting import Reporting
from kiosk.services.session import Session


class CallBack(Flow):
    def __init__(self, session: Session, reporting: Reporting, proving: Proving) -> None:
        self._session, self._reporting, self._proving = session, reporting, proving

    def enter(self, row: str) -> bool:
        way, _, about = row.partition(":")
        entry = call_back_entry(self._session.campus, about) if way in (ON_FILE, TYPED) else None
        if entry is None:
            return False
        on_file = way == ON_FILE and self._session.claim is not None
        self._reporting.call_back(*entry, self._note(about), ContactOnFile() if on_file else None)
        return True

    def _note(self, about: str) -> str:
        """What somebody at the desk reads first: what was wanted when it could not go on."""
        speak, matter = self._session.speak, self._proving.matter
        if matter:
            return speak("call_back.note_about", what=matter)
        return speak("call_back.note_account" if about == ACCOUNT else "call_back.note")
