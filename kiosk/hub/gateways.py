"""How messages leave this hub: by the campus's gateways, or, where none is set up, into the built-in table."""

from pathlib import Path

from kiosk.hub.builtin.notices import BuiltinNotices
from kiosk.hub.clock import Clock
from kiosk.hub.config import Settings
from kiosk.hub.ports import Channel, Gateway, Notices
from kiosk.hub.services.gateway_notices import GatewayNotices


def gateways_of(settings: Settings) -> dict[Channel, Gateway]:
    # Imported where one is set up: commands of a hub without any start faster.
    found: dict[Channel, Gateway] = {}
    if settings.sms is not None:
        from kiosk.hub.campus.sms import SmsGateway

        found[Channel.PHONE] = SmsGateway(settings.sms)
    if settings.mail is not None:
        from kiosk.hub.campus.smtp import SmtpGateway

        found[Channel.EMAIL] = SmtpGateway(settings.mail)
    return found


def notices_of(settings: Settings, clock: Clock, messages: Path | None = None) -> Notices:
    """``messages``: where the built-in ones are appended too, for the drawer of a simulated campus."""
    wanted = ((Channel.PHONE, settings.sms), (Channel.EMAIL, settings.mail))
    channels = tuple(channel for channel, gateway in wanted if gateway is not None)
    return GatewayNotices(clock, channels) if channels else BuiltinNotices(clock, messages)
