"""Where a key stands in a TOML text, for error messages: tomllib itself keeps no positions of keys."""

import re

_HEADER = re.compile(r"\s*\[(\[?)\s*([A-Za-z0-9_.-]+)\s*\]?\]")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")


def line_of(text: str, key: str) -> int:
    """Line (from 1) of ``key``, ``table.key`` or ``tables#index``; 1 where it is not found."""
    table, seen = "", dict[str, int]()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = header[2]
            if header[1]:
                index = seen.get(table, 0)
                seen[table] = index + 1
                table = f"{table}#{index}"
            if table == key:
                return number
        elif (found := _KEY.match(line)) and f"{table}.{found[1]}".lstrip(".") == key:
            return number
    return 1
