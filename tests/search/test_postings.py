"""Lists of documents are the same however they were written, and never longer than a query can afford."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.search import postings
from kiosk.search.postings import STEPS, TABLES, Reader, Writer
from kiosk.sqlite import dbapi
from tests.domain.amount import many

TERMS = st.dictionaries(st.sampled_from(["密码", "重置", "wifi", "校", "'con zi"]), st.integers(0, STEPS - 1))


def reader(documents: list[dict[str, int]], characters: str = "", first: int = 0) -> Reader:
    connection = dbapi.connect(":memory:")
    for table in TABLES:
        connection.execute(table)
    writer = Writer(connection)
    for number, terms in enumerate(documents, first):
        writer.add(number, characters, {}, [0], terms)
    writer.write()
    return Reader(connection, len(documents))


@many
@given(st.lists(TERMS, min_size=1, max_size=12))
def test_a_document_is_led_to_by_each_of_its_terms(documents: list[dict[str, int]]) -> None:
    found = reader(documents)
    for term in {term for terms in documents for term in terms}:
        holders = {number: terms[term] for number, terms in enumerate(documents) if term in terms}
        assert found.counts([term]) == {term: len(holders)}
        best = found.best({term: 1.0}, len(documents))
        assert set(best) == set(holders)
        steps = [holders[number] for number in sorted(best, key=lambda number: -best[number])]
        assert steps == sorted(steps), "the heaviest first"


@given(st.lists(TERMS, min_size=1, max_size=12), st.sampled_from([1, 2, 4]))
def test_lists_put_away_in_runs_and_blocks_are_those_of_one_run(documents: list[dict[str, int]], run: int) -> None:
    at_once = reader(documents)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "RUN", run)
        patch.setattr(postings, "OF_ROW", 3)
        first = postings.BLOCK - 4  # the fifth stands in the next block
        put_away = reader(documents, first=first)
    weights = dict.fromkeys(["密码", "重置", "wifi", "校"], 1.0)
    assert put_away.counts(list(weights)) == at_once.counts(list(weights))
    best = {number - first: worth for number, worth in put_away.best(weights, 20).items()}
    assert best == pytest.approx(at_once.best(weights, 20))


def test_a_character_is_counted_where_it_does_not_lead() -> None:
    found = reader([{"校": 0}, {}, {}], "校园")
    assert found.counts(["校", "园"]) == {"校": 3, "园": 3}
    assert found.best({"校": 1.0, "园": 1.0}, 5).keys() == {0}


def test_a_common_term_is_cut_where_it_weighs_least(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "MOST_KEPT", 5)
    found = reader([{"卡": number % STEPS} for number in range(40)])
    assert found.counts(["卡"]) == {"卡": 40}
    assert set(found.best({"卡": 1.0}, 40)) == {0, 8, 16, 24, 32}


def test_a_query_touches_no_more_than_it_can_afford(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rare term is worth more, so it is read first and whole."""
    monkeypatch.setattr(postings, "SPENT", 3)
    found = reader([{"卡": 0, **({"密": 0} if number == 30 else {})} for number in range(40)])
    best = found.best({"卡": 1.0, "密": 5.0}, 40)
    assert max(best, key=best.__getitem__) == 30


def test_terms_of_one_beginning_are_found_with_their_counts() -> None:
    found = reader([{"wifi": 0, "windows": 0, "vpn": 0}, {"wifi": 3}])
    assert found.begun("wi", 9) == {"wifi": 2, "windows": 1}
    assert found.begun("wi", 1) == {"wifi": 2}
    assert found.begun("x", 9) == {}
