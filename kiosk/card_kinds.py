"""[[card]] of kiosk.toml -> the profiles a reader tries."""

from typing import assert_never

from kiosk.card_settings import CardSettings, ClassicCard, DesfireCard, IsoCard, UidCard, read_key
from kiosk.devices.card_profiles import CardProfile, UidProfile
from kiosk.devices.classic_card import CLASSIC_ATR, ClassicProfile
from kiosk.devices.desfire_card import DESFIRE_ATR, DesfireProfile, NoRelay, Relay
from kiosk.devices.iso_card import IsoProfile
from kiosk.domain.card_numbers import Encoding
from kiosk.domain.hidden import SecretBytes


class NoKeyError(OSError):
    """A key's file was good when the settings were read and is not any more; the message says what to do."""


def profiles_of(cards: tuple[CardSettings, ...], relay: Relay | None = None) -> tuple[CardProfile, ...]:
    """In their order; every card by its UID where the settings name none. Raises NoKeyError."""
    return tuple(_profile(card, relay or NoRelay()) for card in cards) or (UidProfile(),)


def _profile(card: CardSettings, relay: Relay) -> CardProfile:
    match card:
        case UidCard():
            return UidProfile(card.atr)
        case ClassicCard():
            key = read_key(card.key_file)
            if not isinstance(key, SecretBytes):
                raise NoKeyError(key)
            return ClassicProfile(
                key,
                card.sector,
                card.offset,
                card.length,
                Encoding(card.encoding),
                card.key == "B",
                card.slot,
                CLASSIC_ATR if card.atr is None else card.atr,
            )
        case IsoCard():
            return IsoProfile(
                bytes.fromhex(card.aid),
                card.offset,
                card.length,
                Encoding(card.encoding),
                bytes.fromhex(card.file),
                card.short_id,
                card.atr,
            )
        case DesfireCard():
            atr = DESFIRE_ATR if card.atr is None else card.atr
            return DesfireProfile(bytes.fromhex(card.application), relay, atr)
        case _:
            assert_never(card)
