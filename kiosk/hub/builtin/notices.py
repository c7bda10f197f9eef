"""Messages in a table of the hub: shown in the demo's drawer, and what a campus without a gateway has."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from sqlalchemy import delete
from sqlalchemy.orm import Session

from kiosk.domain.language import Language
from kiosk.domain.masking import mask_email, mask_phone
from kiosk.domain.text import Text
from kiosk.hub.clock import Clock
from kiosk.hub.ports import Channel, Reachable, Told, address
from kiosk.hub.services.group_notices import Group, post_to_groups
from kiosk.hub.store.tables import Message
from kiosk.words import say

#: How long what somebody was told is kept; a code goes when it is over.
KEPT = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class BuiltinNotices:
    """``file``: every message is appended there as a line of JSON too, for the drawer of a simulated campus."""

    clock: Clock
    file: Path | None = None
    groups: tuple[Group, ...] = ()

    def tell(self, db: Session, person: Reachable, what: Told, now: datetime, **values: str) -> None:
        ways = [channel for channel in Channel if address(person, channel)]
        self._keep(db, person, ways, what, now + KEPT, values)

    def mail(self, db: Session, person: Reachable, what: Told, until: datetime, **values: str) -> None:
        channel = Channel.EMAIL if person.email else Channel.PHONE
        if address(person, channel):
            self._keep(db, person, [channel], what, until, values)

    def send_code(self, db: Session, person: Reachable | None, channel: Channel, code: str, until: datetime) -> Channel:
        if person is not None and not address(person, channel):
            other = Channel.EMAIL if channel is Channel.PHONE else Channel.PHONE
            channel = other if address(person, other) else channel
        self._keep(db, person, [channel], Told.CODE, until, {"code": code})
        return channel

    def tell_groups(self, db: Session, what: Told, service: str, now: datetime, **values: str | Text) -> int:
        return post_to_groups(db, self.groups, what, service, now, values)

    def _keep(
        self,
        db: Session,
        person: Reachable | None,
        channels: Sequence[Channel],
        what: Told,
        gone: datetime,
        values: dict[str, str],
    ) -> None:
        now = self.clock()
        db.execute(delete(Message).where(Message.gone_at <= now))
        language = Language(person.language) if person else Language.ZH
        text = say(language, f"told.{what.value}", **values)
        for channel in channels:
            mask = mask_phone if channel is Channel.PHONE else mask_email
            shown = mask(address(person, channel)) if person else ""
            owner = person.id or None if person and address(person, channel) else None
            about = {"person": owner, "channel": channel.value, "kind": what.value, "text": text}
            db.add(Message(at=now, gone_at=gone, address=shown, **about))
            if self.file is not None and owner is not None:
                self._append({"at": now, **about})

    def _append(self, line: dict[str, object]) -> None:
        assert self.file is not None
        target = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(target, "ab") as stream:
            stream.write(msgspec.json.encode(line) + b"\n")
