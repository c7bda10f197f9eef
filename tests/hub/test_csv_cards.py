"""Files of a card office: shown with their age, never written, never half taken."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from kiosk.domain.card_accounts import (
    Balance,
    CardLimits,
    CardOverview,
    CardRefusal,
    CardRefused,
    CardState,
    CardSystemSilent,
    MovementList,
)
from kiosk.domain.card_capabilities import CardCapabilities, Transactions
from kiosk.domain.language import Language
from kiosk.hub.campus import csv_cards
from kiosk.hub.campus.csv_cards import MONTHS, CsvCardSystem
from kiosk.hub.card_settings import CsvCards
from kiosk.hub.card_systems import Freeze
from kiosk.hub.checked import Level
from kiosk.hub.cli import main
from kiosk.hub.services.asking import ask_within
from kiosk.words import say
from tests.hub.card_contract import (
    Check,
    a_thousand_questions_from_fifty_threads_get_their_own_answers,
    checks_for,
)
from tests.hub.conftest import BEGIN, World
from tests.hub.outside_world import HOLDER_NUMBER, outside
from tests.patience import PATIENCE

CAN = CardCapabilities(balance=True, transactions=Transactions(MONTHS))
CARDS = f"""学号,状态,余额,每日限额,单笔限额,挂失时间
{HOLDER_NUMBER},正常,"¥1,234.50",100,50,
20230115302,挂失,-0.5,,,2026-11-15 08:30
*)(uid=*,active,0,,,
"""
MOVES = f"""number,time,kind,amount,merchant
{HOLDER_NUMBER},2026-11-15 12:03:00,就餐,-12.50,食堂 🍜 *)(uid=*
{HOLDER_NUMBER},2026-11-15T08:00:00+08:00,top_up,100,
{HOLDER_NUMBER},2026-11-16 18:00:00,shop,-3,还没到
{HOLDER_NUMBER},2025-01-01 09:00:00,shop,-1,太久
"""
SHANGHAI = ZoneInfo("Asia/Shanghai")
DROPPED = datetime(2026, 11, 15, 22, 10, tzinfo=UTC)


class Office:
    """Drops files; ``system`` reads them."""

    def __init__(self, folder: Path) -> None:
        self.settings = CsvCards(folder / "cards.csv", folder / "movements.csv")
        self.system = CsvCardSystem(self.settings, lambda: SHANGHAI)

    def drop(self, cards: str | bytes | None = CARDS, moves: str | None = MOVES, at: datetime = DROPPED) -> None:
        for file, text in ((self.settings.file, cards), (self.settings.movements, moves)):
            if text is not None and file is not None:
                file.write_bytes(text if isinstance(text, bytes) else text.encode())
                os.utime(file, (at.timestamp(), at.timestamp()))

    def balance(self, number: str = HOLDER_NUMBER) -> object:
        return self.system.balance(number)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.mark.parametrize("check", checks_for(CAN), ids=lambda check: check.__name__)
def test_files_keep_the_contract_of_card_systems(world: World, office: Office, check: Check) -> None:
    office.drop()
    assert office.system.capabilities() == CAN
    check(outside(world, office.system))


def test_a_thousand_questions_from_fifty_threads_get_their_own_answers(world: World, office: Office) -> None:
    office.drop()
    under = replace(outside(world, office.system), reading=lambda: reading(world))
    a_thousand_questions_from_fifty_threads_get_their_own_answers(under)


@contextmanager
def reading(world: World) -> Iterator[Session]:
    with world.store.read() as db:
        yield ask_within(db)


@pytest.mark.parametrize(
    "encode", [str.encode, lambda text: text.encode("gb18030"), lambda text: text.encode("utf-8-sig")]
)
def test_what_stands_there_is_told_with_its_age(office: Office, encode: Callable[[str], bytes]) -> None:
    office.drop(encode(CARDS))
    limits = CardLimits(10000, 5000)
    assert office.system.overview(HOLDER_NUMBER) == CardOverview(CardState.ACTIVE, None, limits, as_of=DROPPED)
    since = datetime(2026, 11, 15, 0, 30, tzinfo=UTC)
    assert office.system.overview("20230115302") == CardOverview(CardState.LOST, since, as_of=DROPPED)
    assert office.balance() == Balance(123450, DROPPED)
    assert office.balance("20230115302") == Balance(-50, DROPPED)
    assert office.balance("*)(uid=*") == Balance(0, DROPPED)
    assert office.balance("20230115302,") == CardRefused(CardRefusal.NO_CARD)


def test_movements_are_those_of_the_span_in_the_campuss_time_and_as_they_were_written(office: Office) -> None:
    office.drop()
    since = BEGIN - timedelta(days=180)
    found = office.system.movements(HOLDER_NUMBER, since, BEGIN)
    assert isinstance(found, MovementList)
    assert (found.since, found.as_of) == (since, DROPPED)
    assert [(move.at.hour, move.kind, move.amount, move.merchant.zh) for move in found.movements] == [
        (4, "meal", -1250, "食堂 🍜 *)(uid=*"),
        (0, "top_up", 10000, ""),
    ]
    assert office.system.movements("20230115302", since, BEGIN) == MovementList(since, (), DROPPED)


def test_a_new_file_is_taken_by_itself_and_a_bad_one_never(office: Office) -> None:
    office.drop()
    assert office.balance() == Balance(123450, DROPPED)
    later = DROPPED + timedelta(days=1)
    office.drop(CARDS.replace('"¥1,234.50"', "7"), at=later)
    assert office.balance() == Balance(700, later)
    for bad in ("", "学号,状态\n", "\x00", b"\xff\xfe\xff", CARDS.replace("-0.5", "viel"), 'number,balance\n"1,2'):
        office.drop(bad, at=later + timedelta(days=1))
        assert office.balance() == Balance(700, later), bad
    office.settings.file.unlink()
    assert office.balance() == Balance(700, later)


def test_a_line_that_is_not_sound_is_left_out_and_the_others_count(office: Office) -> None:
    many = "".join(f"2099{n:07},正常,1.00,,,\n" for n in range(40))
    office.drop(CARDS + many + "20230115303,正常,1.005,,,\n")
    assert office.balance("20230115303") == CardRefused(CardRefusal.NO_CARD)
    assert office.balance() == Balance(123450, DROPPED)


def test_never_as_databases_write_it_is_no_time_and_a_replaced_card_does_not_hide_the_one_in_use(
    office: Office,
) -> None:
    office.drop(
        "学号,状态,余额,挂失时间\n"
        "20230115303,作废,0.00,0001-01-01 00:00:00\n"
        "20230115303,正常,123.45,0001-01-01 00:00:00\n"
    )
    seen = office.system.overview("20230115303")
    assert isinstance(seen, CardOverview)
    assert (seen.state, seen.since) == (CardState.ACTIVE, None)
    assert office.balance("20230115303") == Balance(12345, DROPPED)
    later = DROPPED + timedelta(days=1)
    office.drop("学号,状态,余额,挂失时间\n20230115303,挂失,1,9999-12-31T23:00:00-12:00\n", at=later)
    assert office.balance("20230115303") == Balance(12345, DROPPED), "a time no zone has is a bad line, not the end"


def test_nobody_waits_for_a_large_file(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.drop()
    assert office.balance() == Balance(123450, DROPPED)
    go, kept = threading.Event(), office.system._cards
    read = kept.read
    monkeypatch.setattr(csv_cards, "READ_WITHIN", 0.01)
    monkeypatch.setattr(kept, "read", lambda file: go.wait(PATIENCE) and read(file))
    later = DROPPED + timedelta(days=1)
    office.drop(CARDS.replace('"¥1,234.50"', "7"), at=later)
    assert office.balance() == office.balance() == Balance(123450, DROPPED), "the old one meanwhile"
    go.set()
    assert kept._idle.wait(PATIENCE)
    assert office.balance() == Balance(700, later)


def test_a_reader_that_fails_leaves_what_was_taken(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.drop()
    assert office.balance() == Balance(123450, DROPPED)

    def broken(_file: Path) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(office.system._cards, "read", broken)
    office.drop(at=DROPPED + timedelta(days=1))
    assert office.balance() == Balance(123450, DROPPED)


def test_without_any_file_nobody_is_said_to_have_no_card(office: Office) -> None:
    assert office.balance() == CardSystemSilent()
    assert office.system.overview(HOLDER_NUMBER) == CardSystemSilent()
    assert office.system.movements(HOLDER_NUMBER, DROPPED, BEGIN) == CardSystemSilent()
    assert office.system.change("op", HOLDER_NUMBER, Freeze(), BEGIN) == CardRefused(CardRefusal.NOT_OFFERED)


WRONG = {
    "line_number": ",正常,1,,,",
    "line_number_again": f"{HOLDER_NUMBER},正常,1,,,",
    "line_state": "1,weg,1,,,",
    "line_money": "1,正常,1.234,,,",
    "line_time": "1,挂失,1,,,gestern",
    "line_fields": "1,正常,1",
    "line_too_long": f"{'1' * 201},正常,1,,,",
}


def checked(office: Office, *, sound: int = 400) -> dict[str, Level]:
    office.drop(CARDS + "".join(f"2099{n:07},正常,1.00,,,\n" for n in range(sound)) + "\n".join(WRONG.values()) + "\n")
    return {finding.words: finding.level for finding in office.system.check(DROPPED + timedelta(hours=2))}


def test_each_bad_line_is_listed_with_why(office: Office) -> None:
    assert checked(office) == {**dict.fromkeys(WRONG, Level.NOTE), "taken": Level.GOOD}
    assert checked(office, sound=1) == {
        **dict.fromkeys(WRONG, Level.BAD),
        "not_taken": Level.BAD,
        "taken": Level.GOOD,
    }


def test_the_check_says_file_line_and_age_and_nothing_of_anybody(
    tmp_path: Path, office: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    file = tmp_path / "hub.toml"
    file.write_text('[cards]\nkind = "csv"\nfile = "cards.csv"\nmovements = "movements.csv"\n')
    office.drop(at=datetime.now(UTC))
    assert main(["check", "--config", str(file)]) == 0
    said = capsys.readouterr().err
    assert f"{say(Language.EN, 'hub_commands.check_good')} {file}:3: cards.file: cards.csv: of " in said
    office.drop(CARDS + "20230115303,weg,1,,,\n" * 3, at=datetime.now(UTC) - timedelta(hours=37))
    assert main(["check", "--config", str(file)]) == 1
    said = capsys.readouterr().err
    assert "cards.csv:5: state: write one of" in said
    assert "movements.csv is of" in said
    assert "too old" in said
    assert HOLDER_NUMBER not in said
    assert "食堂" not in said
    (tmp_path / "cards.csv").unlink()
    assert main(["check", "--config", str(file)]) == 1
    assert "cards.csv cannot be read" in capsys.readouterr().err
