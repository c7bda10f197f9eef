"""The newest part of this kiosk's log, for staff, with everything hidden that could be somebody's.

Nothing personal is written into the log (logs.py); this is the second line, for what a library says, and for mistakes.
What cannot be told from a word, such as a Latin name of one word or in capitals, is not seen here.
"""

import re
from pathlib import Path

import msgspec

#: Bytes of the newest file and the one before it that are looked at, and most bytes of what is sent, packed.
READ_BYTES = 512 * 1024
MOST_BYTES = 40_000
#: Characters of one message; a longer one is none of ours, and would keep the filter busy.
LONGEST = 4000
#: Instead of what is hidden.
HIDDEN = "…"
_PERSONAL = re.compile(
    r"""[^\x20-\x7e]+                              # names, notes: Chinese, and whatever else is no plain letter
    |\S*@\S*                                        # addresses
    |[A-Z][a-z]+(?:[\ -][A-Z][a-z]+)+                # Latin names
    |'[^']*'|"[^"]*"                                # what somebody said
    |\b[\dA-Fa-f]{2}(?:[ :-][\dA-Fa-f]{2}){3,}\b    # cards, byte by byte
    |\b(?=[\w-]*\d)[\w-]{8,}\b                      # cards, codes, tokens, operation ids
    |\+?\d[\d ()-]{6,}\d|\d{5,}                     # telephones, numbers
    """,
    re.VERBOSE,
)
_PART = re.compile(r"[a-z_.]{1,60}")


class _Line(msgspec.Struct):
    at: str
    level: str
    part: str
    what: str


_LINE = msgspec.json.Decoder(_Line)
_AT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]{8,15}\+00:00")
_LEVELS = frozenset({"debug", "info", "warning", "error", "critical"})


def filtered(line: str) -> str | None:
    """The line as it may leave; ``None`` for what is none of our log's lines."""
    try:
        said = _LINE.decode(line)
    except msgspec.DecodeError:
        return None
    if not _AT.fullmatch(said.at) or said.level not in _LEVELS or not _PART.fullmatch(said.part):
        return None
    if len(said.what) > LONGEST:
        return None
    what = _PERSONAL.sub(HIDDEN, said.what)
    return msgspec.json.encode(msgspec.structs.replace(said, what=what)).decode()


def packed(folder: Path) -> bytes:
    """JSON lines, gzip; the newest of them that fit, oldest first; none where there is no log."""
    import gzip

    lines = [kept for line in _newest(folder) if (kept := filtered(line)) is not None]
    body = gzip.compress("\n".join(lines).encode())
    while len(body) > MOST_BYTES:
        del lines[: len(lines) // 4 + 1]
        body = gzip.compress("\n".join(lines).encode())
    return body


def _newest(folder: Path) -> list[str]:
    text = b"".join(_tail(folder / name) for name in ("kiosk.log.1", "kiosk.log"))
    return text.decode("utf-8", "replace").splitlines()


def _tail(file: Path) -> bytes:
    try:
        with file.open("rb") as log:
            size = log.seek(0, 2)
            log.seek(max(0, size - READ_BYTES))
            return log.read(READ_BYTES)
    except OSError:
        return b""
