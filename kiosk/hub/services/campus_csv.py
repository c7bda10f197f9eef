"""CSV as a campus's systems export it: headings in Chinese or English, commas, semicolons or tabs, UTF-8 or GB18030."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.domain.plain_text import clean

#: Bytes; 200,000 people need about 30 MB.
LARGEST_FILE = 64 * 1024 * 1024
#: Characters of a field.
LONGEST_FIELD = 200


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why nothing of a file is read. ``line`` from 1, 0 where the whole file is meant; ``why``: too_large, encoding,
    no_column, two_columns or not_csv, with ``detail``."""

    line: int
    why: str
    detail: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class CsvRow:
    """``values`` cleaned, by column; ``fields`` how many the line has beside ``headings``; ``too_long``: the first
    column with more than LONGEST_FIELD characters, '' for none."""

    line: int
    values: dict[str, str]
    fields: int
    headings: int
    too_long: str


def read_rows(
    file: Path, headings: Mapping[str, Sequence[str]], needed: Sequence[str], each: Callable[[CsvRow], None]
) -> Unreadable | None:
    """``each`` with every line that has something in it, in order; ``headings``: what a column may be called. Raises
    OSError."""
    if file.stat().st_size > LARGEST_FILE:
        return Unreadable(0, "too_large", str(LARGEST_FILE // 2**20))
    return read_body(file.read_bytes(), headings, needed, each)


def read_body(
    body: bytes, headings: Mapping[str, Sequence[str]], needed: Sequence[str], each: Callable[[CsvRow], None]
) -> Unreadable | None:
    """As ``read_rows``, of a file that is not on this disk."""
    text = _decoded(body)
    if text is None:
        return Unreadable(0, "encoding")
    column = {heading: name for name, all_headings in headings.items() for heading in all_headings}
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = [column.get(heading.strip().lower(), "") for heading in next(rows, [])]
        if missing := [name for name in needed if name not in columns]:
            return Unreadable(1, "no_column", ", ".join(missing))
        if twice := sorted({name for name in columns if name and columns.count(name) > 1}):
            return Unreadable(1, "two_columns", ", ".join(twice))
        for row in rows:
            if any(field.strip() for field in row):
                each(_row(rows.line_num, row, columns))
    except csv.Error as error:
        return Unreadable(rows.line_num, "not_csv", str(error))
    return None


def _row(line: int, row: list[str], columns: list[str]) -> CsvRow:
    raw = {name: field for name, field in zip(columns, row, strict=False) if name}
    values = {name: clean(field, LONGEST_FIELD, lines=False) for name, field in raw.items()}
    too_long = next((name for name, field in raw.items() if len(field) > LONGEST_FIELD), "")
    return CsvRow(line, values, len(row), len(columns), too_long)


def _decoded(body: bytes) -> str | None:
    """``None`` for what is neither UTF-8 nor GB18030."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
