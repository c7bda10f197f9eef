"""The simulated campus's sign-in page, as values."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from kiosk.domain.language import Language
from kiosk.hub.services.phone_sign_in import PHONE_BACK
from kiosk.wire import routes
from kiosk.words import Speaker

__all__ = ["CAMPUS_PAGE", "PHONE_BACK", "CampusSide", "SimulatedPage", "simulated_page"]

#: Where it is, below the public address.
CAMPUS_PAGE = routes.PHONE_CAMPUS


@runtime_checkable
class CampusSide(Protocol):
    """A sign-in whose page the hub serves."""

    def signed_in(self, state: str, number: str, *, silent: bool = False) -> str: ...


@dataclass(frozen=True, slots=True)
class SimulatedPage:
    lang: str
    headline: str
    note: str
    label: str
    button: str
    decline: str
    silent: str


def simulated_page(language: Language) -> SimulatedPage:
    say = Speaker(language)
    words = ("campus", "campus_text", "campus_number", "campus_sign_in", "campus_decline", "campus_silent")
    return SimulatedPage(language.value, *(say(f"phone.{word}") for word in words))
