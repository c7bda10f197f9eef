"""What the people of a simulated campus were told last: their phones and mailboxes, for the drawer and the tour."""

import json
from pathlib import Path

#: Most messages that are shown, the newest last.
SHOWN = 4
#: As much of the file's end is read, bytes.
_TAIL = 8192


def last_messages(file: Path) -> list[str]:
    """``zhang-ming · phone: 123456 …``; empty where nobody was told anything."""
    try:
        with file.open("rb") as stream:
            stream.seek(0, 2)
            stream.seek(max(0, stream.tell() - _TAIL))
            lines = stream.read().splitlines()
    except FileNotFoundError:
        return []
    found = []
    for line in lines[-SHOWN:]:
        try:
            told = json.loads(line)
        except ValueError:  # the first line read may be half a line
            continue
        found.append(f"{told['person']} · {told['channel']}: {told['text']}")
    return found
