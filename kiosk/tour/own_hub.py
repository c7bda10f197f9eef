"""``--hub-config FILE``: the tour on a hub.toml that names a campus's own directory or helpdesk, and what cannot be
walked then.

The systems are for tests: the directory has the accounts of the sample campus's people, as accounts.toml lists them.
"""

from dataclasses import dataclass
from pathlib import Path

from kiosk import toml_settings
from kiosk.toml_settings import BadSettings

#: What may stand in FILE. The tour plays cards, payments, messages and the nightly list itself, on a database of its
#: own.
MAY_STAND = ("pin", "policy", "directory", "helpdesk")
_OTHER_CARDS = "starts the hub with another card system, and FILE's settings are not the tour's to change"
#: Flows that are not walked with FILE, each with the reason.
LEFT_OUT = {
    "card_read_only": _OTHER_CARDS,
    "card_nothing": _OTHER_CARDS,
}


@dataclass(frozen=True, slots=True)
class OwnHub:
    """``helpdesk``: FILE names one, which is told of every ticket."""

    file: Path
    helpdesk: bool


def read_own_hub(file: Path) -> OwnHub | BadSettings:
    """Whether the rest of it is sound the hub says when it starts."""
    toml = toml_settings.read(file)
    if isinstance(toml, BadSettings):
        return toml
    for key in toml.tables:
        if key not in MAY_STAND:
            problem = f"{key}: the tour has its own; only these may stand here: {', '.join(MAY_STAND)}"
            return BadSettings(file, toml_settings.line_of(toml.text, [key]), problem)
    helpdesk = toml.tables.get("helpdesk")
    named = isinstance(helpdesk, dict) and helpdesk.get("kind", "builtin") != "builtin"
    return OwnHub(file.absolute(), named)
