"""What the API's handlers are made with; the composition root puts it together once."""

from dataclasses import dataclass, field
from pathlib import Path

from kiosk.hub.check_lines import Look, nothing
from kiosk.hub.clock import Clock
from kiosk.hub.config import Settings
from kiosk.hub.keys import HubKeys
from kiosk.hub.ports import CardAccounts, Directory, Notices, Payments
from kiosk.hub.rules import policy_of
from kiosk.hub.services.article_finder import ArticleFinder
from kiosk.hub.services.doing import House
from kiosk.hub.services.pin_hashing import PinHasher
from kiosk.hub.services.release_codes import Desk as ReleaseDesk
from kiosk.hub.sign_in_port import CampusSignIn
from kiosk.hub.store.database import Store


@dataclass(frozen=True, slots=True)
class Parts:
    """``public_url`` without a slash at the end, '' for none; ``photos`` the folder of pictures people added;
    ``look`` at the connections to the campus's systems; ``authority``: PEM of the one the hub's certificate is from."""

    settings: Settings
    store: Store
    hasher: PinHasher
    keys: HubKeys
    clock: Clock
    public_url: str
    version: str
    cards: CardAccounts
    directory: Directory
    notices: Notices
    payments: Payments | None = None
    photos: Path = Path("photos")
    look: Look = nothing
    sign_in: CampusSignIn | None = None
    finder: ArticleFinder = field(default_factory=ArticleFinder)
    authority: str = ""


def house_of(parts: Parts) -> House:
    return House(parts.keys, policy_of(parts.settings.rules), parts.cards, parts.notices, parts.public_url)


def release_desk(parts: Parts) -> ReleaseDesk:
    return ReleaseDesk(parts.store, parts.directory, parts.keys, parts.notices, parts.clock, parts.public_url)
