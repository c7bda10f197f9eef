"""Who this kiosk is at its hub. A file of its own beside the database: a broken database must not cost the name."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from kiosk.offline import durable_file
from kiosk.wire.envelope import HubKey


class KioskIdentity(msgspec.Struct, frozen=True):
    """``kiosk`` id at the hub; ``hub`` its address (https://…); ``ca`` PEM of the one CA this kiosk trusts;
    ``hub_keys`` first the one to seal to."""

    kiosk: str
    hub: str
    ca: str
    hub_keys: list[HubKey]


def named(kiosk: str, hub: str, ca: str, hub_keys: Iterable[tuple[str, bytes]]) -> KioskIdentity:
    """``hub_keys``: id and raw public half of each."""
    return KioskIdentity(kiosk, hub, ca, [HubKey(id, public) for id, public in hub_keys])


def load(path: Path) -> KioskIdentity | None:
    """``None`` where the kiosk is not enrolled or the file is damaged. Raises OSError where it cannot be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=KioskIdentity)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def keep(path: Path, identity: KioskIdentity) -> None:
    durable_file.write(path, msgspec.json.format(msgspec.json.encode(identity), indent=2))
