"""What the hub asks an LDAP helper process, and what comes back: msgpack frames, four bytes of length before each."""

from enum import StrEnum

import msgspec

#: A frame the hub sends fits a pipe's buffer, so that writing one never waits for a helper that hangs, bytes.
MAX_FRAME = 60_000
#: An answer is at most this large, bytes.
MAX_ANSWER = 4_000_000


class Line(msgspec.Struct, frozen=True):
    """One server and the account the hub has there. ``start_tls``: TLS on the plain port, before anything is said.

    The first frame a helper gets.
    """

    url: str
    start_tls: bool
    ca: str
    user: str
    password: str

    def __repr__(self) -> str:
        return f"Line({self.url})"


class Query(msgspec.Struct, frozen=True):
    """Entries for which each of ``equal`` (attribute, value) holds and each of ``present`` has a value. Values are
    text from anywhere. ``below``: the whole subtree, else ``base`` alone; ``most`` of them, 0 for all."""

    base: str
    attributes: tuple[str, ...]
    equal: tuple[tuple[str, str], ...] = ()
    present: tuple[str, ...] = ()
    below: bool = False
    most: int = 0


class Search(msgspec.Struct, frozen=True, tag="search"):
    queries: tuple[Query, ...]


class Change(msgspec.Struct, frozen=True):
    """``how``: replace, delete, add."""

    attribute: str
    how: str
    values: tuple[bytes, ...] = ()

    def __repr__(self) -> str:
        return f"Change({self.attribute}, {self.how})"


class Modify(msgspec.Struct, frozen=True, tag="modify"):
    dn: str
    changes: tuple[Change, ...]


class SetPassword(msgspec.Struct, frozen=True, tag="set_password"):
    """RFC 3062, by the hub's own account."""

    dn: str
    new: str

    def __repr__(self) -> str:
        return "SetPassword()"


class ChangePassword(msgspec.Struct, frozen=True, tag="change_password"):
    """RFC 3062, by the person: on a connection of its own, bound with the old password."""

    dn: str
    old: str
    new: str

    def __repr__(self) -> str:
        return "ChangePassword()"


class Bind(msgspec.Struct, frozen=True, tag="bind"):
    """Whether ``password`` is ``user``'s: a connection of its own, closed at once."""

    user: str
    password: str

    def __repr__(self) -> str:
        return "Bind()"


Ask = Search | Modify | SetPassword | ChangePassword | Bind


class Asked(msgspec.Struct, frozen=True):
    """``within`` seconds there is an answer, whatever it is."""

    what: Ask
    within: float


class Entry(msgspec.Struct, frozen=True):
    """``values`` by the attribute's name in lower case."""

    dn: str
    values: dict[str, tuple[bytes, ...]]

    def first(self, attribute: str) -> str:
        """'' where there is none."""
        values = self.values.get(attribute.lower(), ())
        return values[0].decode("utf-8", "replace") if values else ""


class Found(msgspec.Struct, frozen=True, tag="found"):
    """One list for each query."""

    entries: tuple[tuple[Entry, ...], ...]


class Done(msgspec.Struct, frozen=True, tag="done"):
    pass


class Trouble(StrEnum):
    """Why not. The first four are about the way to the directory, the others are its answers."""

    DOWN = "down"  # no connection: nothing of what was asked has reached it
    LOST = "lost"  # the connection broke or took too long after it was asked: what it did is not known
    BUSY = "busy"  # all connections were in use for as long as could be waited
    NOT_LET_IN = "not_let_in"  # the hub's own account is refused
    WRONG_PASSWORD = "wrong_password"
    LOCKED = "locked"
    EXPIRED_PASSWORD = "expired_password"
    MUST_CHANGE = "must_change"
    IN_HISTORY = "in_history"
    TOO_SHORT = "too_short"
    QUALITY = "quality"
    TOO_YOUNG = "too_young"
    NOT_ALLOWED = "not_allowed"  # the policy lets nobody change it
    OLD_NEEDED = "old_needed"
    RIGHTS = "rights"  # the hub's account may not do this to this entry
    MISSING = "missing"
    NO_SUCH_ATTRIBUTE = "no_such_attribute"
    REFUSED = "refused"  # anything else; ``code`` is its LDAP result code


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """``text``: the library's and the server's own words, for admins; never a value that was sent."""

    why: Trouble
    text: str = ""
    code: int = 0


Reply = Found | Done | Failed
