"""How messages leave this hub: by the campus's gateways, or, where none is set up, into the built-in table."""

from collections.abc import Iterator
from pathlib import Path

from kiosk.hub.builtin.notices import BuiltinNotices
from kiosk.hub.clock import Clock
from kiosk.hub.config import Settings
from kiosk.hub.ports import GROUP, Channel, Gateway, GatewayTrouble, Notices
from kiosk.hub.services.gateway_notices import GatewayNotices
from kiosk.hub.services.group_notices import Group


def gateways_of(settings: Settings) -> dict[str, Gateway]:
    """By Channel, and GROUP."""
    # Imported where one is set up: commands of a hub without any start faster.
    found: dict[str, Gateway] = {}
    if settings.sms is not None:
        from kiosk.hub.campus.sms import SmsGateway

        found[Channel.PHONE] = SmsGateway(settings.sms)
    if settings.mail is not None:
        from kiosk.hub.campus.smtp import SmtpGateway

        found[Channel.EMAIL] = SmtpGateway(settings.mail)
    if settings.robots:
        from kiosk.hub.campus.robots import GroupGateway, Robot

        found[GROUP] = GroupGateway({robot.name: Robot(robot) for robot in settings.robots})
    return found


def troubles_of(settings: Settings) -> Iterator[tuple[str, str, GatewayTrouble | None]]:
    """Of each gateway its key in the words ``hub_check``, which of several it is, and why it would take nothing now."""
    for key, gateway in gateways_of(settings).items():
        if key != GROUP:
            yield key, "", gateway.trouble()
    if settings.robots:
        from kiosk.hub.campus.robots import Robot

        for robot in settings.robots:
            yield GROUP, robot.name, Robot(robot).trouble()


def notices_of(settings: Settings, clock: Clock, messages: Path | None = None) -> Notices:
    """``messages``: where the built-in ones are appended too, for the drawer of a simulated campus."""
    wanted = ((Channel.PHONE, settings.sms), (Channel.EMAIL, settings.mail))
    channels = tuple(channel for channel, gateway in wanted if gateway is not None)
    groups = tuple(Group(robot.name, robot.language, robot.services) for robot in settings.robots)
    return GatewayNotices(clock, channels, groups) if channels else BuiltinNotices(clock, messages, groups)
