"""A DESFire card from the reader to the hub: real PC/SC service, real hub process, a card that computes for itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import algorithms
from cryptography.hazmat.primitives.cmac import CMAC

from kiosk.devices.card_profiles import UidProfile
from kiosk.devices.card_reader import CardReader
from kiosk.devices.desfire_card import DesfireProfile
from kiosk.domain.devices import CardRead, CardReading, CardRemoved, CardTrouble, ReaderChanged, ReaderState
from kiosk.domain.identity import CardClaim, CardProof
from kiosk.domain.people import CardUid
from kiosk.services.hub_clock import HubClock
from kiosk.uplink.card_relay import CardRelay
from kiosk.uplink.hub_client import HubClient
from kiosk.wire import routes
from tests.patience import PATIENCE

from ..devices.card_log import CardLog, SlowClock, assert_order, failed, read
from ..devices.desfire_card import APPLICATION, DESFIRE_ATR, MASTER, REST, DesfireCard
from .hub_process import RunningHub, config_file, load_sample, start_hub
from .pcsc.service import PcscService
from .pcsc.virtual_card import Answer, VirtualCard
from .plain_kiosk import PlainKiosk, card
from .test_card_kinds import Pulled

NOBODY_LISTENS = "https://127.0.0.1:1"
ZHANG, ZHANG_PIN = "04A1B2C3D4E580", "739154"
SHARED = bytes.fromhex("F0E1D2C3B4A5968778695A4B3C2D1E0F")
#: Select, UID, select, challenge, proof, UID: what a reading takes.
COMMANDS = 6
PROVEN = CardRead(CardClaim(CardUid(ZHANG), CardProof.C3_HUB_MUTUAL))


def own_key(uid: str) -> bytes:
    """By AN10922, for itself."""
    cmac = CMAC(algorithms.AES(MASTER))  # more than one block, where AN10922 and the standard agree
    cmac.update(b"\x01" + bytes.fromhex(uid) + REST)
    return cmac.finalize()


def genuine(uid: str = ZHANG, *, random_uid: bool = False) -> DesfireCard:
    return DesfireCard(bytes.fromhex(uid), {0: own_key(uid), 1: SHARED}, random_uid=random_uid)


@pytest.fixture(scope="module")
def campus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hub's data folder with the sample campus and the card keys beside it."""
    folder: Path = tmp_path_factory.mktemp("hub")
    for name, key in (("card.key", MASTER), ("uid.key", SHARED)):
        (folder / name).write_text(key.hex())
        (folder / name).chmod(0o600)
    config_file(folder)
    load_sample(folder)
    return folder


@pytest.fixture(scope="module", params=["ev1", "ev2"])
def hub(request: pytest.FixtureRequest, campus: Path) -> Iterator[RunningHub]:
    tables = (
        f'[card_keys]\napplication = "{APPLICATION.hex()}"\nkey_file = "card.key"\nsession = "{request.param}"\n'
        f'diversify_with = "{REST.hex()}"\nuid_key_file = "uid.key"\nuid_key_number = 1\n'
    )
    config_file(campus, tables=tables)
    running = start_hub(campus)
    yield running
    running.kill()
    assert running.process.stdout is not None
    running.process.stdout.close()


@pytest.fixture(scope="module")
def kiosk(hub: RunningHub) -> PlainKiosk:
    return PlainKiosk(hub.url, hub.ca).enrol(hub.code())


@pytest.fixture
def service() -> Iterator[PcscService]:
    made = PcscService()
    made.start()
    yield made
    made.kill()


@pytest.fixture
def log(service: PcscService, hub: RunningHub, kiosk: PlainKiosk) -> Iterator[CardLog]:
    def client() -> HubClient:
        return HubClient.of(kiosk.id, kiosk.key, hub.url, hub.ca.read_text(), HubClock(), PATIENCE)

    log = CardLog()
    profiles = (DesfireProfile(APPLICATION, CardRelay(client)), UidProfile())
    reader = CardReader(log.post, profiles=profiles, clock=SlowClock())
    reader.start()
    log.until(ReaderChanged(ReaderState.READY, f"{service.reader} 00 00"))
    yield log
    reader.stop()
    assert_order(log.events)


def lay(service: PcscService, card: Answer) -> VirtualCard:
    return VirtualCard(service.port, card, DESFIRE_ATR)


def shown(log: CardLog) -> str:
    event = log.events[-1]
    assert isinstance(event, CardRead)
    return event.claim.shown


@pytest.mark.parametrize("random_uid", [False, True])
def test_a_genuine_card_and_its_owner_s_pin_prove_c3_to_the_hub_once(
    service: PcscService, log: CardLog, kiosk: PlainKiosk, random_uid: bool
) -> None:
    with lay(service, genuine(random_uid=random_uid)):
        log.expect(CardReading(), PROVEN)
        token = shown(log)
    assert pin_with(kiosk, token) >= {"pin", "card:3"}
    assert "card:3" not in pin_with(kiosk, token)


def pin_with(kiosk: PlainKiosk, token: str) -> set[str]:
    attempt = kiosk.attempt(card(ZHANG), ZHANG_PIN)
    answer = kiosk.post(routes.PIN, attempt, **{routes.CARD_HEADER: token})
    assert answer.status_code == 200, answer.text
    return set(answer.json()["proofs"])


def test_copies_and_cards_of_other_campuses_prove_nothing(service: PcscService, log: CardLog) -> None:
    copied = DesfireCard(bytes.fromhex(ZHANG), {0: bytes(16), 1: SHARED})
    hidden = DesfireCard(bytes.fromhex(ZHANG), {0: SHARED, 1: SHARED}, random_uid=True)
    foreign = DesfireCard(bytes.fromhex(ZHANG), application=b"\x01\x02\x03")
    for laid, wanted in (
        (copied, failed(CardTrouble.NOT_A_CAMPUS_CARD)),
        (hidden, failed(CardTrouble.NOT_A_CAMPUS_CARD)),
        (foreign, read(ZHANG)),
        (genuine("04FFEEDDCCBB80"), CardRead(CardClaim(CardUid("04FFEEDDCCBB80"), CardProof.C3_HUB_MUTUAL))),
    ):
        with lay(service, laid):
            log.expect(CardReading(), wanted)
        log.expect(CardRemoved())


def test_a_card_pulled_at_any_command_is_nobody_and_the_next_one_is_read(service: PcscService, log: CardLog) -> None:
    for at in range(COMMANDS):
        pulled = Pulled(service, genuine(), DESFIRE_ATR, at)
        log.expect(CardReading(), failed(CardTrouble.UNREADABLE), CardRemoved())
        pulled.card.remove()
    with lay(service, genuine()):
        log.expect(CardReading(), PROVEN)


def test_a_card_swapped_in_the_middle_of_its_talk_is_never_the_one_before(service: PcscService, log: CardLog) -> None:
    first = Pulled(service, genuine("04FFEEDDCCBB80"), DESFIRE_ATR, COMMANDS - 1)
    log.until(CardReading)
    with lay(service, genuine()):
        log.until(CardRead)
    first.card.remove()
    assert log.uids() == [ZHANG]


def test_without_the_hub_a_uid_is_a_claim_that_proves_nothing(
    service: PcscService, hub: RunningHub, kiosk: PlainKiosk
) -> None:
    log = CardLog()

    def client() -> HubClient:
        return HubClient.of(kiosk.id, kiosk.key, NOBODY_LISTENS, hub.ca.read_text(), HubClock(), PATIENCE)

    reader = CardReader(log.post, profiles=(DesfireProfile(APPLICATION, CardRelay(client)),), clock=SlowClock())
    reader.start()
    log.until(ReaderChanged(ReaderState.READY, f"{service.reader} 00 00"))
    try:
        with lay(service, genuine()):
            log.expect(CardReading(), read(ZHANG))
        log.expect(CardRemoved())
        with lay(service, genuine(random_uid=True)):
            log.expect(CardReading(), failed(CardTrouble.NO_NETWORK))
    finally:
        reader.stop()
