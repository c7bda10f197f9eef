"""[card_keys] of hub.toml: how the campus's DESFire cards are opened. The keys themselves stand in files."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from kiosk.domain.card_numbers import MOST_BYTES, Encoding
from kiosk.domain.secret_bytes import SecretBytes
from kiosk.hub.secret_value import read_secret
from kiosk.hub.services.card_keys import CardKeys, NumberFile, SessionKind
from kiosk.hub.services.desfire_crypto import MOST_INPUT
from kiosk.hub.services.desfire_talk import UID_BYTES

_PREFIX = "card_keys"
_KNOWN = (
    *("application", "session", "key_file", "key_env", "key_number", "diversify_with"),
    *("uid_key_file", "uid_key_env", "uid_key_number", "file", "offset", "length", "encoding"),
)
_KEY_BYTES = 16
_APPLICATION_BYTES = 3
_MOST_KEYS, _MOST_FILE, _MOST_OFFSET = 13, 31, 0xFFFFFF

Fail = Callable[[str, str], NoReturn]


def read_card_keys(table: Any, folder: Path, fail: Fail) -> CardKeys | None:
    """``None`` without the table: then no card proves anything."""
    if table is None:
        return None
    if not isinstance(table, dict):
        fail(_PREFIX, "write a table: [card_keys]")
    for key in table:
        if key not in _KNOWN:
            fail(f"{_PREFIX}.{key}", f"is not known; known here: {', '.join(_KNOWN)}")
    session = table.get("session", SessionKind.EV1)
    if session not in list(SessionKind):
        fail(f"{_PREFIX}.session", f"must be one of: {', '.join(SessionKind)}")
    has_uid_key = "uid_key_file" in table or "uid_key_env" in table
    return CardKeys(
        application=_hex(table, "application", _APPLICATION_BYTES, _APPLICATION_BYTES, fail),
        key=_key(table, "key", folder, fail),
        key_number=_number(table, "key_number", 0, _MOST_KEYS, fail),
        rest=_hex(table, "diversify_with", 0, MOST_INPUT - UID_BYTES, fail),
        session=SessionKind(session),
        uid_key=_key(table, "uid_key", folder, fail) if has_uid_key else None,
        uid_key_number=_number(table, "uid_key_number", 0, _MOST_KEYS, fail),
        number=_file(table, fail) if "file" in table else None,
    )


def _key(table: dict[str, Any], name: str, folder: Path, fail: Fail) -> SecretBytes:
    digits = read_secret(table, _PREFIX, name, folder, fail).reveal()
    if not re.fullmatch(rf"[0-9A-Fa-f]{{{2 * _KEY_BYTES}}}", digits):
        known = next(key for key in (f"{name}_file", f"{name}_env") if key in table)
        fail(f"{_PREFIX}.{known}", f"must hold the key alone: {2 * _KEY_BYTES} hex digits")
    return SecretBytes(bytes.fromhex(digits))


def _hex(table: dict[str, Any], name: str, least: int, most: int, fail: Fail) -> bytes:
    text = table.get(name, "")
    size = f"{least}" if least == most else f"at most {most}"
    if not isinstance(text, str) or not re.fullmatch(rf"(?:[0-9A-Fa-f]{{2}}){{{least},{most}}}", text):
        fail(f"{_PREFIX}.{name}" if name in table else _PREFIX, f"{name} must be {size} bytes in hex")
    return bytes.fromhex(text)


def _number(table: dict[str, Any], name: str, low: int, high: int, fail: Fail) -> int:
    value = table.get(name, low)
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        fail(f"{_PREFIX}.{name}", f"write a whole number from {low} to {high}")
    return int(value)


def _file(table: dict[str, Any], fail: Fail) -> NumberFile:
    encoding = table.get("encoding", Encoding.ASCII)
    if encoding not in list(Encoding):
        fail(f"{_PREFIX}.encoding", f"must be one of: {', '.join(Encoding)}")
    return NumberFile(
        _number(table, "file", 0, _MOST_FILE, fail),
        _number(table, "offset", 0, _MOST_OFFSET, fail),
        _number(table, "length", 1, MOST_BYTES[Encoding(encoding)], fail),
        Encoding(encoding),
    )
