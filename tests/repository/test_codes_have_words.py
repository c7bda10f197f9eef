"""Every code that hub or kiosk can answer with has words in both languages; a new one is decided here first."""

import ast
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

import pytest

from kiosk.domain.accounts import AccountAct, AccountRefusal, AccountState
from kiosk.domain.announcements import AnnouncementKind
from kiosk.domain.card_accounts import CardRefusal, CardState
from kiosk.domain.devices import CardTrouble, PrinterState, ReaderState, ScannerState
from kiosk.domain.health import Level as HealthLevel
from kiosk.domain.health import Subject
from kiosk.domain.health import Why as HealthWhy
from kiosk.domain.language import Language
from kiosk.domain.operations import OperationClass
from kiosk.domain.outcomes import LossEffect, NotSavedReason, PinRefusal, Unreached
from kiosk.domain.phone_sign_in import SignInEnd, SignInStep
from kiosk.domain.self_tests import Part as Tried
from kiosk.domain.self_tests import Verdict
from kiosk.domain.ticket_views import Act
from kiosk.domain.tickets import TicketState, TicketType
from kiosk.domain.top_ups import OrderState
from kiosk.domain.upkeep import ClosedFor, UpkeepAct
from kiosk.hub.checked import Level
from kiosk.hub.ports import Told
from kiosk.hub.services.letters import Why
from kiosk.hub.services.quarantine import State as LateState
from kiosk.hub.services.quarantine import Why as WhyLate
from kiosk.hub.services.staff_sign_in import NotIn
from kiosk.words import table
from tests.repository.tree import ROOT

NOT_SAVED = "done.not_saved done.not_saved_promise"
LOCKED = "pin.locked pin.locked_text pin.locked_text_plain"
WORDS: dict[type[StrEnum], dict[str, str]] = {
    NotSavedReason: dict.fromkeys(NotSavedReason, NOT_SAVED),
    Unreached: dict.fromkeys(Unreached, "strip.offline done.saved done.saved_promise"),
    PinRefusal: {
        PinRefusal.WRONG: "pin.wrong pin.wrong_text pin.tries_left code.wrong",
        PinRefusal.LOCKED: LOCKED,
        PinRefusal.NO_PIN: "pin.none pin.none_text",
        PinRefusal.EXPIRED: "code.expired code.expired_text",
    },
    AccountRefusal: {
        **dict.fromkeys(AccountRefusal, "account.failed account.failed_text"),
        AccountRefusal.BROKEN_RULES: "password.broken password.broken_text",
        AccountRefusal.IN_HISTORY: "password.in_history password.in_history_text",
        AccountRefusal.WRONG_OLD: "password.wrong_old password.wrong_old_text",
        AccountRefusal.HELD: "password.held password.held_text",
        AccountRefusal.NOT_LOCKED: "account.not_locked account.not_locked_text",
        AccountRefusal.PROTECTED: "account_protected.failed account_protected.failed_text",
        AccountRefusal.DISABLED: "account_disabled.failed account_disabled.failed_text",
        AccountRefusal.EXPIRED: "account_expired.failed account_expired.failed_text",
    },
    CardRefusal: {refusal: f"card_refused.{refusal}" for refusal in CardRefusal},
    LossEffect: {
        LossEffect.BLOCKED: "card_lost.done",
        LossEffect.ALREADY_LOST: "card_lost.already",
        LossEffect.NOT_PROVEN: "card_lost.not_proven card_lost.not_done",
        LossEffect.NOBODY: "card_lost.nobody",
        LossEffect.NO_CARD: "card_lost.no_card",
    },
    OrderState: {
        OrderState.OPEN: "top_up.left",
        OrderState.PAID: "top_up.arriving",
        OrderState.POSTED: "top_up.done",
        OrderState.CANCELLED: "top_up.nothing top_up.nothing_text",
        OrderState.EXPIRED: "top_up.expired top_up.expired_text",
        OrderState.UNKNOWN: "top_up.unknown top_up.chip_unknown top_up.line_unknown",
    },
    CardTrouble: {
        CardTrouble.UNREADABLE: "identify.read_again identify.read_again_text identify.read_failed",
        CardTrouble.NOT_A_CAMPUS_CARD: "identify.not_ours identify.not_ours_text",
        CardTrouble.NO_NETWORK: "identify.no_network identify.no_network_text strip.card_no_network",
        CardTrouble.MUTE: "identify.take_away identify.take_away_text",
    },
    ReaderState: {**dict.fromkeys(ReaderState, "strip.reader"), ReaderState.READY: ""},
    ScannerState: {**dict.fromkeys(ScannerState, ""), ScannerState.READY: "home.tickets_hint_scan identify.text_scan"},
    PrinterState: {
        **dict.fromkeys(PrinterState, "strip.printer"),
        PrinterState.NO_PAPER: "strip.paper",
        PrinterState.PAPER_LOW: "",
        PrinterState.READY: "",
    },
    TicketState: {state: f"state.{state} follow.next_{state}" for state in TicketState},
    TicketType: {kind: f"done.received_{kind} report.submit_{kind}" for kind in TicketType},
    SignInStep: {
        step: f"sign_in.step_{step} sign_in.{step}_text sign_in.{step}_wait phone.{step}" for step in SignInStep
    },
    SignInEnd: {why: f"sign_in.{why} sign_in.{why}_text phone.{why} phone.{why}_text" for why in SignInEnd},
    Act: {act: f"ticket_act.{act}_headline ticket_act.{act}_promise ticket_act.{act}_done_step" for act in Act},
    AccountAct: {act: f"account.{act} account_done.{act}" for act in AccountAct},
    AccountState: {
        **dict.fromkeys(AccountState, "account.title"),
        AccountState.PROTECTED: "account_protected.failed",
        AccountState.DISABLED: "account_disabled.failed",
        AccountState.EXPIRED: "account_expired.failed",
    },
    CardState: {state: f"card.state_{state}" for state in CardState},
    AnnouncementKind: {kind: f"notices.{kind}" for kind in AnnouncementKind},
    Told: {told: f"told.{told} letters.kind_{told}" for told in Told},
    Why: {why: f"letters.reason_{why}" for why in Why},
    WhyLate: {why: f"late.reason_{why}" for why in WhyLate},
    LateState: dict.fromkeys(LateState, ""),  # what is decided is not shown any more
    Level: {level: f"connections.level_{level} hub_commands.check_{level}" for level in Level},
    Subject: {subject: f"health.{subject}" for subject in Subject},
    HealthWhy: {why: f"health_why.{why} health_do.{why}" for why in HealthWhy},
    HealthLevel: {level: f"health.{level}" for level in HealthLevel},
    UpkeepAct: {act: f"acts.what_kiosk_{act}" for act in UpkeepAct},
    ClosedFor: {why: f"maintenance.why_{why}" for why in ClosedFor},
    Tried: {part: f"maintenance.test_{part} maintenance.test_{part}_do" for part in Tried},
    Verdict: {verdict: f"maintenance.verdict_{verdict}" for verdict in Verdict},
    OperationClass: {kind: f"maintenance.kind_{kind}" for kind in OperationClass},
    NotIn: {why: f"console_in.{why}" for why in NotIn},
}

#: Said to the visitor for what the hub refuses while somebody waits.
CARD, ACCOUNT, TICKETS = (
    "card_refused.unknown",
    "account.failed account.failed_text",
    "tickets.failed tickets.failed_text",
)
#: Refused at delivery: the kiosk keeps it, and a person looks at it.
KEPT = "done.kept_promise"
#: Not known whether it worked: asked again with the same operation, and said as no network.
AGAIN = "done.saved_promise tickets.unavailable tickets.unavailable_text"
#: Only staff see these: at enrolment, in a command, on a phone's page that says what changed.
STAFF = ""
HUB: dict[str, str] = {
    **dict.fromkeys(("malformed", "signature", "unknown_kind", "unknown_reference", "reference_taken"), KEPT),
    **dict.fromkeys(("other_content", "expired", "too_long", "not_yours", "quarantined", "dropped"), KEPT),
    **dict.fromkeys(("busy", "broken", "too_slow", "too_large", "no_campus", "no_place", "refused"), AGAIN),
    "quarantine_full": AGAIN,
    "too_late": "duty.chip_refused",
    "no_one": "duty.no_one duty.no_one_text duty.missing_no_one",
    "no_more": "duty.missing_no_more",
    "no_reason": "duty.list_reason",
    **dict.fromkeys(("not_trusted", "revoked", "numbers_used_up", "card_system_silent", "provider_silent"), AGAIN),
    **dict.fromkeys(("no_visit", "more_needed", "not_now", "nothing", "too_many"), TICKETS),
    **dict.fromkeys(("no_directory", "no_account", "other_visit", "other_claim", "already_used"), ACCOUNT),
    **dict.fromkeys(("not_offered", "out_of_range", "unknown_order"), CARD),
    "unknown_sign_in": "sign_in.expired sign_in.expired_text",
    "no_such_slip": "slip_gone.failed slip_gone.failed_text",
    "too_often": "slip_look.unavailable slip_look.unavailable_text",
    "fee_changed": "card_refused.fee_changed",
    "locked": LOCKED,
    **dict.fromkeys(
        ("announcement", "bad_key", "bad_nonce", "wrong_code", "code_used", "too_many_guesses", "unknown_place"), STAFF
    ),
    **dict.fromkeys(("over", "unknown", "not_suspected", "complained_of", "unknown_person", "no_approval"), STAFF),
    "too_many_waiting": "enrol.refused enrol.refused_text",
    "other_authority": "enrol.wrong_certificate enrol.wrong_certificate_text",
    "waits_for_approval": STAFF,
    "not_staff": STAFF,
    "decided": "approval.said_nothing",
    "two_states": STAFF,
    "unknown_link": "approval.gone",
}


def missing(keys: Iterable[str]) -> list[str]:
    """Keys that one of the languages lacks."""
    found = []
    for key in keys:
        where, _, name = key.partition(".")
        for language in Language:
            try:
                if not table(language, where).get(name):
                    found.append(f"{key} ({language})")
            except KeyError:
                found.append(f"{where} ({language})")
    return found


@pytest.mark.parametrize("codes", WORDS, ids=lambda codes: codes.__name__)
def test_every_outcome_has_words_in_both_languages(codes: type[StrEnum]) -> None:
    assert set(WORDS[codes]) == set(codes), "a new outcome: decide what is said"
    assert missing(key for keys in WORDS[codes].values() for key in keys.split()) == []


def test_every_code_of_the_hub_leads_to_words_in_both_languages() -> None:
    assert hub_codes() - HUB.keys() == set(), "a new code: decide what is said"
    assert missing(key for keys in HUB.values() for key in keys.split()) == []


def hub_codes() -> set[str]:
    """What stands as a code in ``No(status, "code", …)`` and in the answers made outside the services."""
    found: set[str] = set()
    for path in (ROOT / "kiosk" / "hub").rglob("*.py"):
        found |= codes_in(path)
    return found


def codes_in(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        if isinstance(node, ast.Call) and name in ("No", "Problem", "_answer"):
            said = [
                each.value for each in node.args[:3] if isinstance(each, ast.Constant) and isinstance(each.value, str)
            ]
            found |= {code for code in said if code.replace("_", "").isalpha() and code}
    return found


def test_the_guard_sees_a_planted_code(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text('def f():\n    return No(422, "brand_new", "and why")')
    assert codes_in(planted) == {"brand_new"}
    assert missing(["done.no_such_word"]) == ["done.no_such_word (zh)", "done.no_such_word (en)"]
