"""Views in which every text is another one: what hub and people could send."""

from collections.abc import Callable
from enum import Enum
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

T = TypeVar("T", bound=Struct)
#: Fields whose words are our own code's: kinds, positions, states, names of ways.
OURS = frozenset(
    {"kind", "position", "slip_position", "reader_position", "chip_kind", "slip", "state", "act_icon", "submit_icon"}
    | {"balance_icon", "who_icon", "look", "screen"}
)


def poisoned(value: T, text: Callable[[str], str], keep: frozenset[str] = OURS) -> T:
    """``value`` with every text that is not empty replaced by ``text(its field's name)``."""

    def poison(part: object, name: str) -> object:
        if name in keep or isinstance(part, Enum):
            return part
        if isinstance(part, str):
            return text(name) if part else part
        if isinstance(part, tuple):
            return tuple(poison(one, name) for one in part)
        if isinstance(part, Struct):
            return replace(part, **{key: poison(getattr(part, key), key) for key in part.__struct_fields__})
        return part

    done = poison(value, "")
    assert isinstance(done, type(value))
    return done
