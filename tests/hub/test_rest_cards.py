"""The template adapter for card systems with a REST interface, over real HTTPS: it keeps the contract, and whatever
becomes of line, server and certificate nothing is done twice and nothing is said that is not known."""

import socket
import ssl
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from kiosk.domain.card_accounts import (
    Balance,
    CardLimits,
    CardOverview,
    CardRefusal,
    CardRefused,
    CardState,
    CardSystemSilent,
    Frozen,
    MovementList,
    Thawed,
    TopUpPosted,
)
from kiosk.domain.card_capabilities import (
    CardCapabilities,
    Freezing,
    Limiting,
    LimitRange,
    Pinning,
    Replacing,
    ToppingUp,
    Transactions,
)
from kiosk.domain.language import Language
from kiosk.hub import tls
from kiosk.hub.campus.rest_cards import RestCardSystem
from kiosk.hub.card_settings import RestCards
from kiosk.hub.card_systems import Freeze, TopUp, Unfreeze
from kiosk.hub.checked import Level
from kiosk.hub.cli import main
from kiosk.hub.secret_value import Secret
from kiosk.hub.services.people import resolve
from kiosk.wire.tickets import CardClaimed
from kiosk.words import say
from tests.hub.card_contract import Check, checks_for
from tests.hub.conftest import BEGIN, World
from tests.hub.outside_world import HOLDER_NUMBER, outside
from tests.patience import PATIENCE
from tests.real.card_server import TOKEN, Account, CardServer, card_server
from tests.real.fault_proxy import Fault, FaultProxy

CAN = CardCapabilities(
    balance=True,
    transactions=Transactions(6),
    freeze=Freezing(600),
    unfreeze=True,
    replace=Replacing(1500),
    pin=Pinning(),
    limits=Limiting(LimitRange(2000, 50000, 1000), LimitRange(1000, 20000, 1000)),
    top_up=ToppingUp((5000,), 1000, 50000),
)
NOON = int((BEGIN - timedelta(hours=2)).timestamp())
HOSTILE = "食堂 🍜 *)(uid=* '; -- <img src=x>"
SILENT = CardSystemSilent()
SHORT = 1.0


def moves() -> list[dict[str, object]]:
    far = {"id": "old", "dateTime": NOON - 400 * 86400, "amount": -1, "type": "meal"}
    ahead = {"id": "ahead", "dateTime": NOON + 86400, "amount": -1, "type": "meal"}
    meal = {"id": "2", "dateTime": NOON, "amount": -12.3, "type": "meal", "merchant": HOSTILE}
    paid = {"id": "1", "dateTime": NOON - 60, "amount": "100", "type": "something new"}
    return [far, paid, meal, ahead]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[CardServer]:
    accounts = {HOLDER_NUMBER: Account(movements=moves()), "20230115302": Account()}
    with card_server(tmp_path / "cards", accounts, int(BEGIN.timestamp())) as running:
        yield running


def settings(tmp_path: Path, port: int, within: float = 60.0) -> RestCards:
    """With time for anything that is not a fault, on a machine however busy."""
    return RestCards(f"https://127.0.0.1:{port}/api", tmp_path / "cards" / "ca.pem", Secret(TOKEN), CAN, within)


@pytest.fixture
def system(tmp_path: Path, server: CardServer) -> RestCardSystem:
    return RestCardSystem(settings(tmp_path, server.port))


@pytest.fixture
def proxy(server: CardServer) -> Iterator[FaultProxy]:
    standing = FaultProxy(server.port)
    yield standing
    standing.stop()


def through(tmp_path: Path, proxy: FaultProxy, within: float = 60.0) -> RestCardSystem:
    return RestCardSystem(settings(tmp_path, int(proxy.url.rpartition(":")[2]), within))


def top_up(system: RestCardSystem, op: str, amount: int = 5000) -> object:
    return system.change(op, HOLDER_NUMBER, TopUp(amount), BEGIN)


@pytest.mark.parametrize("check", checks_for(CAN), ids=lambda check: check.__name__)
def test_the_template_keeps_the_contract_of_card_systems(world: World, system: RestCardSystem, check: Check) -> None:
    check(outside(world, system))


def test_a_lost_card_opens_nothing_and_an_answer_kept_here_is_not_asked_for_again(
    world: World, server: CardServer, system: RestCardSystem
) -> None:
    under, op, card = outside(world, system), str(uuid4()), "04A1B2C3D4E580"
    with under.transaction() as db:
        frozen = under.cards.freeze(db, op, under.holder, under.now)
        assert isinstance(frozen, Frozen)
        assert frozen.effective_by == frozen.since + timedelta(seconds=600)
        assert resolve(db, CardClaimed(card, 0), under.now) is None
        under.cards.unfreeze(db, str(uuid4()), under.holder, under.now)
        asked = len(server.asked)
        assert under.cards.freeze(db, op, under.holder, under.now + timedelta(minutes=1)) == frozen
        assert resolve(db, CardClaimed(card, 0), under.now) is not None, "a stored answer marks nothing"
    assert len(server.asked) == asked


def test_a_card_that_another_desk_has_found_is_found_here_too(world: World, system: RestCardSystem) -> None:
    under, card = outside(world, system), "04A1B2C3D4E580"
    with under.transaction() as db:
        assert isinstance(under.cards.freeze(db, str(uuid4()), under.holder, under.now), Frozen)
    assert isinstance(system.change(str(uuid4()), HOLDER_NUMBER, Unfreeze(), under.now), Thawed)
    with under.transaction() as db:
        seen = under.cards.overview(db, under.holder)
        assert isinstance(seen, CardOverview)
        assert seen.state is CardState.LOST, "a tap still says so"
        assert isinstance(under.cards.unfreeze(db, str(uuid4()), under.holder, under.now), Thawed)
        assert resolve(db, CardClaimed(card, 0), under.now) is not None


def test_money_is_exact_and_what_others_write_stays_text(system: RestCardSystem) -> None:
    assert system.balance(HOLDER_NUMBER) == Balance(12345)
    assert system.overview(HOLDER_NUMBER) == CardOverview(CardState.ACTIVE, None, CardLimits(10000, 5000))
    found = system.movements(HOLDER_NUMBER, BEGIN - timedelta(days=180), BEGIN)
    assert isinstance(found, MovementList)
    assert [(move.id, move.kind, move.amount, move.merchant.zh) for move in found.movements] == [
        ("2", "meal", -1230, HOSTILE),
        ("1", "other", 10000, ""),
    ]


@pytest.mark.parametrize(
    "number", ["*)(uid=*", "张三", "😀", "", f"x&code={HOLDER_NUMBER}", "../20230115302", "%00", "a b\r\nX: y"]
)
def test_nobodys_number_finds_nobody(server: CardServer, system: RestCardSystem, number: str) -> None:
    assert system.balance(number) == CardRefused(CardRefusal.NO_CARD)
    assert system.change(str(uuid4()), number, Freeze(), BEGIN) == CardRefused(CardRefusal.NO_CARD)
    assert {account.status for account in server.accounts.values()} == {"normal"}


def test_a_card_system_that_ignores_whom_it_was_asked_about_tells_of_nobody(
    server: CardServer, system: RestCardSystem
) -> None:
    server.ignores_code = True
    assert system.overview("20230115302") == CardRefused(CardRefusal.NO_CARD)
    assert system.movements("20230115302", BEGIN - timedelta(days=9), BEGIN) == MovementList(
        BEGIN - timedelta(days=9), ()
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b'{"errno": 0}x',
        b'{"entities": []}',
        b'{"errno": "no"}',
        b'{"errno": 7}',
        b'{"errno": 0, "entities": [{}]}',
        b'{"errno": 0, "entities": [{"user": {"code": "20230114287"}, "cardBalance": "NaN", "status": "normal"}]}',
        b'{"errno": 0, "entities": [{"user": {"code": "20230114287"}, "cardBalance": 1e999, "status": "normal"}]}',
        b'{"errno": 0, "entities": [{"user": {"code": "20230114287"}, "cardBalance": 1, "status": "\xff"}]}',
    ],
)
def test_what_is_not_understood_is_no_answer(server: CardServer, system: RestCardSystem, body: bytes) -> None:
    server.body = body
    assert system.balance(HOLDER_NUMBER) == SILENT
    assert top_up(system, str(uuid4())) == SILENT


def test_a_time_that_is_none_and_an_unknown_state_open_nothing(server: CardServer, system: RestCardSystem) -> None:
    server.accounts[HOLDER_NUMBER].status = "something new"
    seen = system.overview(HOLDER_NUMBER)
    assert isinstance(seen, CardOverview)
    assert seen.state is CardState.LOST
    server.accounts[HOLDER_NUMBER].status_time = 10**17
    assert system.overview(HOLDER_NUMBER) == SILENT


def test_a_lost_answer_to_a_change_is_asked_for_and_it_takes_effect_once(
    server: CardServer, system: RestCardSystem
) -> None:
    server.lose = 1
    assert top_up(system, op := str(uuid4())) == TopUpPosted(17345)
    assert server.asked == [f"PUT /api/v1/card/operations/{op}", f"GET /api/v1/card/operations/{op}"]
    assert top_up(system, op) == TopUpPosted(17345)
    assert system.balance(HOLDER_NUMBER) == Balance(17345)


@pytest.mark.parametrize("fault", [Fault.RESET, Fault.CUT_RESPONSE, Fault.HANG_RESPONSE])
@pytest.mark.parametrize("keep", [0, 30])
def test_where_nobody_knows_nothing_is_said_and_the_same_change_asked_again_is_made_once(
    tmp_path: Path, server: CardServer, proxy: FaultProxy, fault: Fault, keep: int
) -> None:
    op = str(uuid4())
    proxy.fault, proxy.keep = fault, keep
    within = SHORT if fault is Fault.HANG_RESPONSE else 60.0
    assert top_up(through(tmp_path, proxy, within), op) == SILENT
    if fault is Fault.CUT_RESPONSE:
        assert f"PUT /api/v1/card/operations/{op}" in server.asked, "it was made, and its answer was lost"
    assert through(tmp_path, proxy, within).balance(HOLDER_NUMBER) == SILENT
    proxy.fault = Fault.NONE
    assert top_up(through(tmp_path, proxy), op) == TopUpPosted(17345)
    assert server.accounts[HOLDER_NUMBER].balance * 100 == 17345


def test_down_and_slow_are_no_answer_and_give_the_caller_back(tmp_path: Path, server: CardServer) -> None:
    server.hold = threading.Event()  # thirty seconds or for ever: it answers when the test is over
    assert RestCardSystem(settings(tmp_path, server.port, SHORT)).balance(HOLDER_NUMBER) == SILENT
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    assert RestCardSystem(settings(tmp_path, port, SHORT)).balance(HOLDER_NUMBER) == SILENT


def test_an_answer_that_drips_is_no_answer(tmp_path: Path) -> None:
    """A byte now and then meets every time-out of a socket; the whole is over in its time."""
    context = tls.prepare(tmp_path / "cards")
    over = threading.Event()

    def drip(listening: socket.socket) -> None:
        with listening.accept()[0] as line, context.wrap_socket(line, server_side=True) as safe:
            safe.recv(4096)
            try:
                while not over.wait(0.05):
                    safe.send(b"H")
            except (OSError, ssl.SSLError):
                return

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=drip, args=(listening,), daemon=True)
        thread.start()
        found = RestCardSystem(settings(tmp_path, listening.getsockname()[1], SHORT)).balance(HOLDER_NUMBER)
        over.set()
        thread.join(PATIENCE)
    assert found == SILENT


def test_another_authoritys_server_is_told_nothing(tmp_path: Path, server: CardServer) -> None:
    tls.prepare(tmp_path / "other")
    wrong = replace(settings(tmp_path, server.port), ca=tmp_path / "other" / "ca.pem")
    assert RestCardSystem(wrong).balance(HOLDER_NUMBER) == SILENT
    assert top_up(RestCardSystem(wrong), str(uuid4())) == SILENT
    assert server.asked == []
    (finding,) = RestCardSystem(wrong).check(BEGIN)
    assert (finding.level, finding.words, finding.at) == (Level.BAD, "rest_certificate", "ca")


def test_a_thousand_requests_of_fifty_threads_get_their_own_answers(server: CardServer, system: RestCardSystem) -> None:
    op = str(uuid4())

    def one(number: int) -> object:
        if number % 100 == 0:
            return top_up(system, op)
        return system.balance((HOLDER_NUMBER, "20230115302")[number % 2])

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(one, range(1000)))
    assert [answers[number] for number in range(0, 1000, 100)] == [TopUpPosted(17345)] * 10
    assert Counter(answers[1::2]) == {Balance(12345): 500}
    assert set(answers[2::2]) - {TopUpPosted(17345)} <= {Balance(12345), Balance(17345)}
    assert server.accounts[HOLDER_NUMBER].balance * 100 == 17345


def test_the_check_says_what_is_wrong_with_file_and_line_and_never_the_token(
    tmp_path: Path, server: CardServer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    file, secret = tmp_path / "hub.toml", tmp_path / "cards.secret"

    def check(token: str = TOKEN, port: int = server.port) -> tuple[int, str]:
        secret.write_text(token)
        secret.chmod(0o600)
        file.write_text(
            f'[cards]\nkind = "rest"\nurl = "https://127.0.0.1:{port}/api"\nca = "cards/ca.pem"\n'
            'secret_file = "cards.secret"\ncan = { balance = true, transactions = { months = 6 } }\n'
        )
        status = main(["check", "--config", str(file)])
        captured = capsys.readouterr()
        assert token not in captured.err + captured.out
        return status, captured.err

    good, bad = (say(Language.EN, f"hub_commands.check_{level}") for level in ("good", "bad"))
    status, said = check()
    assert status == 0
    assert f"{good} {say(Language.EN, 'connections.cards')}: {say(Language.EN, 'cards_check.rest_good')}\n" in said
    status, said = check(token="another token")
    assert (status, "HTTP 401" in said) == (1, True)
    server.body = b"<html>"
    status, said = check()
    assert (status, f"{bad} {file}:3: cards.url: " in said) == (1, True)
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    status, said = check(port=port)
    assert (status, "cannot be reached" in said) == (1, True)


def test_time_of_the_answer_is_the_hubs_where_the_card_system_says_none(
    server: CardServer, system: RestCardSystem
) -> None:
    frozen = system.change(str(uuid4()), HOLDER_NUMBER, Freeze(), BEGIN)
    assert frozen == Frozen(datetime.fromtimestamp(server.at, UTC), datetime.fromtimestamp(server.at + 600, UTC))
