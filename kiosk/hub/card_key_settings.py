"""[card_keys] of hub.toml: how the campus's DESFire cards are opened. The keys themselves stand in files."""

import re
from pathlib import Path
from typing import Any

from kiosk.domain.card_numbers import MOST_BYTES, Encoding
from kiosk.domain.hidden import SecretBytes
from kiosk.hub.services.card_keys import CardKeys, NumberFile, SessionKind
from kiosk.hub.services.desfire_crypto import MOST_INPUT
from kiosk.hub.services.desfire_talk import UID_BYTES
from kiosk.hub.table_reader import Fail, TableReader

_PREFIX = "card_keys"
_KNOWN = (
    *("application", "session", "key_file", "key_env", "key_number", "diversify_with"),
    *("uid_key_file", "uid_key_env", "uid_key_number", "file", "offset", "length", "encoding"),
)
_KEY_BYTES = 16
_APPLICATION_BYTES = 3
_MOST_KEYS, _MOST_FILE, _MOST_OFFSET = 13, 31, 0xFFFFFF


def read_card_keys(table: Any, folder: Path, fail: Fail) -> CardKeys | None:
    """``None`` without the table: then no card proves anything."""
    if table is None:
        return None
    read = TableReader(_PREFIX, table, folder, fail)
    read.only(*_KNOWN)
    session = read.choice("session", SessionKind.EV1)
    has_uid_key = "uid_key_file" in table or "uid_key_env" in table
    return CardKeys(
        application=_hex(read, "application", _APPLICATION_BYTES, _APPLICATION_BYTES, fail),
        key=_key(read, "key"),
        key_number=read.whole("key_number", 0, 0, _MOST_KEYS),
        rest=_hex(read, "diversify_with", 0, MOST_INPUT - UID_BYTES, fail),
        session=session,
        uid_key=_key(read, "uid_key") if has_uid_key else None,
        uid_key_number=read.whole("uid_key_number", 0, 0, _MOST_KEYS),
        number=_file(read) if "file" in table else None,
    )


def _key(read: TableReader, name: str) -> SecretBytes:
    digits = read.secret(name).reveal()
    if not re.fullmatch(rf"[0-9A-Fa-f]{{{2 * _KEY_BYTES}}}", digits):
        known = next(key for key in (f"{name}_file", f"{name}_env") if key in read.values)
        read.wrong(known, f"must hold the key alone: {2 * _KEY_BYTES} hex digits")
    return SecretBytes(bytes.fromhex(digits))


def _hex(read: TableReader, name: str, least: int, most: int, fail: Fail) -> bytes:
    text = read.values.get(name, "")
    size = f"{least}" if least == most else f"at most {most}"
    if not isinstance(text, str) or not re.fullmatch(rf"(?:[0-9A-Fa-f]{{2}}){{{least},{most}}}", text):
        fail(f"{_PREFIX}.{name}" if name in read.values else _PREFIX, f"{name} must be {size} bytes in hex")
    return bytes.fromhex(text)


def _file(read: TableReader) -> NumberFile:
    encoding = read.choice("encoding", Encoding.ASCII)
    return NumberFile(
        read.whole("file", 0, 0, _MOST_FILE),
        read.whole("offset", 0, 0, _MOST_OFFSET),
        read.whole("length", 1, 1, MOST_BYTES[encoding]),
        encoding,
    )
