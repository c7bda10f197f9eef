"""``kiosk card probe``: what was seen, in words or as JSON."""

from typing import Any

from kiosk.card_settings import CardSettings
from kiosk.devices.card_probe import Probed
from kiosk.devices.card_profiles import Found
from kiosk.domain.devices import CardTrouble
from kiosk.domain.identity import CardClaim, CardProof
from kiosk.words import Speaker

UID_KIND = "uid"
DESFIRE_KIND = "desfire"


def kinds_of(cards: tuple[CardSettings, ...]) -> tuple[str, ...]:
    """The kind of each profile, as it stands in the settings; without any, every card counts by its UID."""
    return tuple(str(card.__struct_config__.tag) for card in cards) or (UID_KIND,)


def as_json(seen: Probed, kinds: tuple[str, ...]) -> dict[str, Any]:
    """``table`` counts [[card]] from 1; ``fits``: the card is of that kind; ``says``: as it stands in the list of
    people, '' where nothing usable is on the card."""
    profiles = [
        {"table": number, "kind": kind, "fits": found is not None, "says": _says(found), "proof": _proof(found)}
        for number, (kind, found) in enumerate(zip(kinds, seen.found, strict=True), 1)
    ]
    return {
        "reader": seen.reader,
        "atr": seen.atr.hex().upper(),
        "card": seen.name,
        "uid": seen.uid.hex().upper(),
        "random_uid": seen.has_random_uid,
        "profiles": profiles,
        "counts": None if seen.counts is None else seen.counts + 1,
    }


def in_words(seen: Probed, kinds: tuple[str, ...], speak: Speaker) -> list[str]:
    lines = [
        speak("card_probe.reader", reader=seen.reader),
        speak("card_probe.card", card=seen.name or speak("card_probe.unknown")),
        speak("card_probe.atr", atr=seen.atr.hex().upper()),
    ]
    if seen.uid:
        word = "random_uid" if seen.has_random_uid else "uid"
        lines.append(speak(f"card_probe.{word}", uid=seen.uid.hex().upper()))
    for number, (kind, found) in enumerate(zip(kinds, seen.found, strict=True), 1):
        lines.append(speak("card_probe.profile", number=number, kind=kind, what=_what(kind, found, speak)))
    if seen.counts is None:
        lines.append(speak("card_probe.none_counts"))
    else:
        lines.append(speak("card_probe.counts", number=seen.counts + 1))
    return lines


def _what(kind: str, found: Found, speak: Speaker) -> str:
    if kind == DESFIRE_KIND and (isinstance(found, CardClaim) or found is CardTrouble.NO_NETWORK):
        return speak("card_probe.hub", proof=f"C{CardProof.C3_HUB_MUTUAL.value}")
    match found:
        case CardClaim():
            return speak("card_probe.says", says=_says(found), proof=_proof(found))
        case CardTrouble.NOT_A_CAMPUS_CARD:
            return speak("card_probe.empty")
        case CardTrouble():
            return speak("card_probe.broken")
        case None:
            return speak("card_probe.other")


def _says(found: Found) -> str:
    return found.uid.reveal() if isinstance(found, CardClaim) else ""


def _proof(found: Found) -> str:
    return f"C{found.proof.value}" if isinstance(found, CardClaim) else ""
