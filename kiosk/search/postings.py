"""Which documents hold a term, those first where it weighs most, so that a reader can stop at any place.

A list is kept in blocks of 65,536 documents, in rows: a head says how many documents stand on each step of weight, then
come their numbers within the block, two bytes each. What a query may touch is bounded (``SPENT``), however common its
terms are; on small collections that is all of them.
"""

import marshal
import sys
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from heapq import merge, nlargest
from itertools import groupby
from math import log
from operator import itemgetter
from tempfile import TemporaryFile
from typing import IO, Any

#: Documents of one block.
BLOCK = 1 << 16
#: Steps of a term's weight in a document, the heaviest 0.
STEPS = 8
#: Documents kept for one term and block, and numbers a query may touch: what is common says little.
MOST_KEPT = 6000
SPENT = 4000
#: How much more a rare term is worth than BM25 has it.
RARER = 1.4
#: Documents whose terms are held in memory while an index is built.
RUN = 8192

#: Numbers of one row: SQLite would put a row of more than a kilobyte on pages of its own.
OF_ROW = 440
TABLES = (
    """CREATE TABLE postings (term TEXT NOT NULL, block INTEGER NOT NULL, part INTEGER NOT NULL,
    documents INTEGER NOT NULL, list BLOB NOT NULL, PRIMARY KEY (term, block, part)) WITHOUT ROWID""",
)
_ADD = "INSERT INTO postings VALUES (?, ?, ?, ?, ?)"
#: Where the step stands in a number that holds both: numbers in order are the heaviest first.
_STEP_AT = 28
_NUMBER = (1 << _STEP_AT) - 1


class Writer:
    """Takes documents in the order of their numbers, then writes all lists at once, in bounded memory."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._run = _no_lists()
        self._runs: list[IO[bytes]] = []
        self._in_run = 0
        self._characters: Counter[str] = Counter()

    def add(
        self,
        number: int,
        characters: Iterable[str],
        counted: Mapping[str, int],
        steps: Sequence[int],
        others: Mapping[str, int],
    ) -> None:
        """The document ``number`` (from 0) holds the terms of ``counted`` so many times, which puts each on the step
        that stands there in ``steps`` (the last for all further times), ``others`` on the steps they name, and
        ``characters``, which are counted as held whether they lead to it or not."""
        run = self._run
        codes = [step << _STEP_AT | number for step in steps]
        last = len(codes) - 1
        for term, times in counted.items():
            run[term].append(codes[times if times < last else last])
        for term, step in others.items():
            run[term].append(step << _STEP_AT | number)
        self._characters.update(characters)
        self._in_run += 1
        if self._in_run >= RUN:
            self._put_away()

    def write(self) -> None:
        if not self._runs:
            self._write((term, [self._run[term]]) for term in sorted(self._run))
            return
        self._put_away()
        merged = merge(*map(_rows_of, self._runs), key=itemgetter(0))
        self._write((term, [codes for _, codes in of_term]) for term, of_term in groupby(merged, itemgetter(0)))
        for file in self._runs:
            file.close()

    def _put_away(self) -> None:
        """Into a file that nobody else sees, read once all are written and gone with this process."""
        file = TemporaryFile()  # noqa: SIM115
        for term in sorted(self._run):
            marshal.dump((term, self._run[term].tobytes()), file)
        self._run = _no_lists()
        self._in_run = 0
        self._runs.append(file)

    def _write(self, lists: Iterable[tuple[str, list["array[int]"]]]) -> None:
        self._connection.executemany(_ADD, self._rows(lists))
        rest = ((character, 0, 0, many, bytes(1)) for character, many in sorted(self._characters.items()))
        self._connection.executemany(_ADD, rest)

    def _rows(self, lists: Iterable[tuple[str, list["array[int]"]]]) -> Iterator[tuple[str, int, int, int, bytes]]:
        """Each run lies within one block: its size divides that of a block."""
        for term, runs in lists:
            held = self._characters.pop(term, 0)
            if len(runs) == len(runs[0]) == 1:  # most terms stand in one document
                code = runs[0][0]
                number = code & _NUMBER
                packed = bytes((1, code >> _STEP_AT, 1, 0, number & 255, number >> 8 & 255))
                yield term, number // BLOCK, 0, held or 1, packed
                continue
            blocks: dict[int, array[int]] = {}
            for run in runs:
                block = (run[0] & _NUMBER) // BLOCK
                blocks[block] = blocks[block] + run if block in blocks else run
            held = held or sum(map(len, runs))
            for block, codes in blocks.items():
                kept = sorted(codes)[:MOST_KEPT]
                for part, begin in enumerate(range(0, len(kept), OF_ROW)):
                    yield term, block, part, held, _packed(kept[begin : begin + OF_ROW])
                    held = 0


def _rows_of(run: IO[bytes]) -> Iterator[tuple[str, "array[int]"]]:
    run.seek(0)
    with suppress(EOFError):
        while True:
            term, raw = marshal.load(run)
            numbers = array("I")
            numbers.frombytes(raw)
            yield term, numbers


def _no_lists() -> "defaultdict[str, array[int]]":
    return defaultdict(lambda: array("I"))


def _packed(codes: list[int]) -> bytes:
    kept = _little(array("I", codes))
    head = bytearray((0,))
    begin = 0
    while begin < len(kept):
        step = kept[begin] >> _STEP_AT
        end = bisect_left(kept, step + 1 << _STEP_AT, begin)
        head += bytes((step, (end - begin) & 255, end - begin >> 8))
        head[0] += 1
        begin = end
    whole = kept.tobytes()
    numbers = bytearray(2 * len(kept))
    numbers[0::2], numbers[1::2] = whole[0::4], whole[1::4]
    return bytes(head + numbers)


def _little(numbers: "array[int]") -> "array[int]":
    """A file is the same on every machine."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


class Reader:
    def __init__(self, connection: Any, documents: int) -> None:
        self._connection = connection
        self._documents = documents

    def counts(self, terms: Sequence[str]) -> dict[str, int]:
        """In how many documents each of them stands; those that stand in none are missing."""
        marks = ", ".join("?" * len(terms))
        wanted = f"SELECT term, sum(documents) FROM postings WHERE term IN ({marks}) GROUP BY term"
        return dict(self._connection.execute(wanted, terms))

    def begun(self, beginning: str, most: int) -> dict[str, int]:
        """Terms that begin so, at most ``most``, each with its count."""
        wanted = "SELECT term, sum(documents) FROM postings WHERE term >= ? AND term < ? GROUP BY term LIMIT ?"
        return dict(self._connection.execute(wanted, (beginning, beginning + "\U0010ffff", most)))

    def rarity(self, count: int) -> float:
        """Of a term that stands in ``count`` documents: BM25's, and a little more for the rare."""
        count = min(count, self._documents)
        return float(log(1 + (self._documents - count + 0.5) / (count + 0.5)) ** RARER)

    def best(self, weights: Mapping[str, float], most: int) -> dict[int, float]:
        """The ``most`` documents with the largest sums of their terms' weights, roughly; number -> sum."""
        terms = list(weights)
        steps: list[tuple[float, int, array[int]]] = []
        marks = ", ".join("?" * len(terms))
        wanted = f"SELECT term, block, list FROM postings WHERE term IN ({marks})"
        for term, block, packed in self._connection.execute(wanted, terms):
            weight = weights[term]
            at = 1 + 3 * packed[0]
            numbers = array("H")
            numbers.frombytes(packed[at:])
            _little(numbers)
            first = 0
            for head in range(1, at, 3):
                many = packed[head + 1] | packed[head + 2] << 8
                steps.append((weight * (STEPS - packed[head]) / STEPS, block, numbers[first : first + many]))
                first += many
        steps.sort(key=lambda step: -step[0])
        sums: dict[int, dict[int, float]] = {}
        spent = 0
        for worth, block, numbers in steps:
            found = sums.setdefault(block, {})
            known = found.get
            for number in numbers:
                found[number] = known(number, 0.0) + worth
            spent += len(numbers)
            if spent > SPENT:
                break
        best: dict[int, float] = {}
        for block, found in sums.items():
            first = block * BLOCK
            best.update((first + number, found[number]) for number in nlargest(most, found, found.__getitem__))
        return {number: best[number] for number in nlargest(most, best, best.__getitem__)}
