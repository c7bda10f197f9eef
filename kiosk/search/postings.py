"""Which documents hold a term, those first where it weighs most, so that a reader can stop at any place.

A list is kept in blocks of 65,536 documents: a head says how many documents stand on each step of weight, their numbers
within the block follow, two bytes each. What a query may touch is bounded (``SPENT``), however common its terms are; on
small collections that is all of them.
"""

import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import groupby
from math import log
from typing import Any

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

TABLES = (
    """CREATE TABLE postings (term TEXT NOT NULL, block INTEGER NOT NULL, documents INTEGER NOT NULL,
    list BLOB NOT NULL, PRIMARY KEY (term, block)) WITHOUT ROWID""",
)
_ADD = "INSERT INTO postings VALUES (?, ?, ?, ?)"
#: Where the step stands in a number that holds both: numbers in order are the heaviest first.
_STEP_AT = 28
_NUMBER = (1 << _STEP_AT) - 1


class Writer:
    """Takes documents in the order of their numbers, then writes all lists at once, in bounded memory."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._run: dict[str, array[int]] = {}
        self._runs = 0
        self._in_run = 0

    def add(self, number: int, steps: Iterable[tuple[str, int]]) -> None:
        """``steps``: each term of the document ``number`` (from 0) with its step of weight."""
        run = self._run
        for term, step in steps:
            code = step << _STEP_AT | number
            try:
                run[term].append(code)
            except KeyError:
                run[term] = array("I", (code,))
        self._in_run += 1
        if self._in_run >= RUN:
            self._put_away()

    def write(self) -> None:
        if not self._runs:
            self._connection.executemany(_ADD, _rows((term, [self._run[term]]) for term in sorted(self._run)))
            return
        self._put_away()
        found = self._connection.execute("SELECT term, codes FROM runs ORDER BY term")
        merged = ((term, [_numbers(codes) for _, codes in of_term]) for term, of_term in groupby(found, lambda r: r[0]))
        self._connection.executemany(_ADD, _rows(merged))
        self._connection.execute("DROP TABLE runs")

    def _put_away(self) -> None:
        if not self._runs:
            self._connection.execute("CREATE TEMP TABLE runs (term TEXT NOT NULL, codes BLOB NOT NULL)")
        rows = ((term, self._run[term].tobytes()) for term in sorted(self._run))
        self._connection.executemany("INSERT INTO runs VALUES (?, ?)", rows)
        self._run = {}
        self._in_run = 0
        self._runs += 1


def _numbers(raw: bytes) -> "array[int]":
    numbers = array("I")
    numbers.frombytes(raw)
    return numbers


def _rows(lists: Iterable[tuple[str, Sequence["array[int]"]]]) -> Iterator[tuple[str, int, int, bytes]]:
    for term, runs in lists:
        if len(runs) == len(runs[0]) == 1:  # most terms stand in one document
            code = runs[0][0]
            number = code & _NUMBER
            yield term, number // BLOCK, 1, bytes((1, code >> _STEP_AT, 1, 0, number & 255, number >> 8 & 255))
            continue
        blocks: dict[int, list[int]] = {}
        for run in runs:
            for code in run:
                blocks.setdefault((code & _NUMBER) // BLOCK, []).append(code)
        for block, codes in blocks.items():
            yield term, block, len(codes), _packed(codes)


def _packed(codes: list[int]) -> bytes:
    codes.sort()
    kept = codes[:MOST_KEPT]
    head = bytearray((0,))
    for step, on_step in groupby(kept, lambda code: code >> _STEP_AT):
        many = sum(1 for _ in on_step)
        head += bytes((step, many & 255, many >> 8))
        head[0] += 1
    return bytes(head) + _little(array("H", [code & 0xFFFF for code in kept])).tobytes()


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
