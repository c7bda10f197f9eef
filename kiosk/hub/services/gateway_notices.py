"""The notices port over a campus's own mail server and SMS gateway."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from kiosk.domain.language import Language
from kiosk.domain.text import Text
from kiosk.hub.clock import Clock
from kiosk.hub.logs import event
from kiosk.hub.ports import Channel, Reachable, Told, address
from kiosk.hub.services.group_notices import Group, post_to_groups
from kiosk.hub.services.outgoing import USEFUL, Words, post
from kiosk.words import say

#: A channel nobody reads is still asked for as much work: the message goes to this address, which no gateway serves.
NOBODY = ""


@dataclass(frozen=True, slots=True)
class GatewayNotices:
    """``channels``: those that have a gateway."""

    clock: Clock
    channels: tuple[Channel, ...]
    groups: tuple[Group, ...] = ()

    def tell(self, db: Session, person: Reachable, what: Told, now: datetime, **values: str) -> None:
        for channel in self._channels_to(person):
            self._post(db, person, channel, what, now, now + USEFUL, values)

    def mail(self, db: Session, person: Reachable, what: Told, until: datetime, **values: str) -> None:
        ways = self._channels_to(person)
        if ways:
            channel = Channel.EMAIL if Channel.EMAIL in ways else ways[0]
            self._post(db, person, channel, what, self.clock(), until, values)

    def send_code(self, db: Session, person: Reachable | None, channel: Channel, code: str, until: datetime) -> Channel:
        ways = self._channels_to(person) if person is not None else ()
        if ways and channel not in ways:
            channel = ways[0]
        self._post(db, person if ways else None, channel, Told.CODE, self.clock(), until, {"code": code})
        return channel

    def tell_groups(self, db: Session, what: Told, service: str, now: datetime, **values: str | Text) -> int:
        return post_to_groups(db, self.groups, what, service, now, values)

    def _channels_to(self, person: Reachable) -> tuple[Channel, ...]:
        return tuple(channel for channel in self.channels if address(person, channel))

    def _post(
        self,
        db: Session,
        person: Reachable | None,
        channel: Channel,
        what: Told,
        now: datetime,
        until: datetime,
        values: dict[str, str],
    ) -> None:
        language = Language(person.language) if person else Language.ZH
        words = Words(what, say(language, "told.subject"), say(language, f"told.{what.value}", **values), values)
        to = address(person, channel) if person else NOBODY
        useless = until if person else now  # nobody's message is written and never sent
        if not post(db, channel, to, words, now, useless):
            event("message held back", kind=what.value, channel=channel.value)
