"""Nothing is claimed that no value backs (journeys 6): a text of a slip or done page is a label or names its value."""

import ast
import importlib
from dataclasses import fields, is_dataclass

from kiosk.domain.language import Language
from kiosk.words import table
from tests.repository.tree import ROOT

#: Where slips and done pages are made.
MODULES = (
    *("done_page", "slips", "card_done", "account_done", "top_up_pages"),
    *("movement_slip", "article_page", "act_pages", "slip_part"),
    "slip_look",
    "card_pin_pages",
)
#: Keys that are put together there, by how they begin.
FAMILIES = ("done.received_", "done.slip_", "card_refused.", "account_done.", "movements.slip_")
#: What stands behind each claim: a field of a value, in kiosk/domain (or kiosk/services: results).
CLAIMS = {
    "outcomes:TicketAccepted.approval": (
        "done.approval done.since done.step_approval done.step_remind slip.approval slip.line_approval"
    ),
    "outcomes:TicketAccepted.goes_to": ("done.step_lead done.step_lead_text slip.goes_to"),
    "desk:Desk.bring": ("card_new.bring"),
    "outcomes:TicketAccepted.respond_by": (
        "done.reply_by done.opens_reply_by done.step_reply_by done.slip_text done.no_promise slip.reply_by "
        "slip.line_received"
    ),
    "outcomes:TicketAccepted.respond_about": ("when.about"),
    "outcomes:TicketAccepted.received_at": (
        "done.step_received done.step_desk done.step_reply done.received_incident done.received_request "
        "done.received_question done.received_complaint"
    ),
    "outcomes:TicketAccepted.reference": (
        "done.number_label done.slip_text_saved card_lost.slip_has slip.line_received_plain slip.body_any "
        "done.step_look"
    ),
    "outcomes:TicketAccepted.page_url": ("done.qr done.qr_keep done.keep_number_qr slip.qr slip.qr_text"),
    "outcomes:Saved.reference": (
        "done.saved done.saved_promise done.step_saved done.step_send done.step_send_text done.chip_waiting "
        "done.number_label_saved slip.saved slip.body_saved slip.line_saved card_lost.waiting "
        "card_lost.not_blocked card_lost.offline_text card_lost.slip_waiting card_lost.step_blocked "
        "card_lost.step_check ticket_act.queued_step_text"
    ),
    "outcomes:Saved.on_paper": ("slip.carries slip.carries_text"),
    "outcomes:NotSaved.reason": ("done.not_saved done.not_saved_promise card_lost.not_saved"),
    "outcomes:Printed": ("done.slip_printing done.slip_printed article.printing article.printed"),
    "outcomes:NoPaper": ("done.no_paper"),
    "outcomes:NoPrinter": ("done.no_printer"),
    "outcomes:PrintUnknown": ("done.unknown_print"),
    "outcomes:PaperKept": ("done.paper_kept"),
    "outcomes:LossTaken.effect": (
        "card_lost.done card_lost.not_done card_lost.already card_lost.already_text card_lost.not_proven "
        "card_lost.nobody card_lost.no_card card_lost.step_desk card_lost.line"
    ),
    "outcomes:LossTaken.effective_by": ("card_lost.now card_lost.by card_lost.plain"),
    "card_life:LossCancelled.at": ("card_restore.done card_restore.done_text card_restore.slip_has"),
    "card_accounts:ReplacementOrdered.fee": ("card_new.done_text card_new.paid card_new.ordered"),
    "card_accounts:ReplacementOrdered.ready_at": ("card_new.ready"),
    "card_accounts:CardPinSet.first": (
        "card_pin.is_set card_pin.is_set_text card_pin.changed card_pin.changed_text card_pin.message"
    ),
    "card_capabilities:Replacing.fee": ("card_lost.step_new card_lost.step_new_text"),
    "card_capabilities:CardCapabilities.unfreeze": ("card_lost.step_found card_lost.step_found_text"),
    "card_accounts:CardRefused.why": (
        "card_refused.not_offered card_refused.no_card card_refused.not_lost card_refused.already_replaced "
        "card_refused.too_little_money card_refused.out_of_range card_refused.other_operation "
        "card_refused.fee_changed card_refused.unknown card_refused.wrong_pin card_refused.pin_held "
        "card_refused.pin_refused card_pin.refused"
    ),
    "accounts:AccountDone.act": (
        "account_done.reset account_done.change account_done.activate account_done.unlock "
        "account_done.reset_line account_done.change_line account_done.activate_line account_done.unlock_line "
        "account_done.same_password"
    ),
    "accounts:AccountDone.signed_out": ("account_done.old_gone"),
    "accounts:AccountSeen.opens": ("account_done.opens"),
    "ticket_views:Acted.state": (
        "ticket_act.comment_headline ticket_act.comment_promise ticket_act.comment_done_step "
        "ticket_act.reopen_headline ticket_act.reopen_promise ticket_act.reopen_done_step "
        "ticket_act.confirm_headline ticket_act.confirm_promise ticket_act.confirm_done_step "
        "ticket_act.withdraw_headline ticket_act.withdraw_promise ticket_act.withdraw_done_step "
        "ticket_act.disown_headline ticket_act.disown_promise ticket_act.disown_done_step "
        "ticket_act.next_look"
    ),
    "ticket_views:TicketView.state": ("ticket_act.same_title"),
    "top_ups:TopUpOrder.state": (
        "top_up.arriving top_up.done top_up.done_text top_up.line_done top_up.unknown top_up.chip_unknown "
        "top_up.line_unknown top_up.nothing top_up.nothing_text top_up.expired top_up.expired_text "
        "top_up.not_begun top_up.not_begun_text"
    ),
    "top_ups:TopUpOrder.amount": ("top_up.line_amount top_up.submit"),
    "top_ups:TopUpOrder.expires_at": ("top_up.left"),
    "top_ups:TopUpOrder.number": ("top_up.slip_what top_up.line_to"),
    "card_capabilities:ToppingUp.lowest": ("top_up.range"),
    "card_capabilities:PaymentTerms.ways": ("top_up.pay_with top_up.scan"),
    "card_accounts:MovementList.movements": (
        "movements.slip_first movements.slip_all movements.slip_spent movements.slip_paid_in "
        "movements.slip_in movements.slip_out movements.slip_line"
    ),
    "articles:Article.reviewed": ("article.reviewed when.year_month"),
    "articles:Article.minutes": ("article.minutes"),
    "desk:Desk.phone": ("done.help_text done.check_text slip.body_help account_done.help card_done.not_you"),
    "desk:Desk.place": ("slip.body_place card_new.collect"),
    "campus:Service.type": ("done.step_confirm done.step_confirm_other"),
    "outcomes:TicketAccepted.named": ("done.unnamed done.unnamed_text"),
    "drafts:ContactOnFile": ("done.step_on_file"),
    "drafts:ContactTyped": ("done.step_typed"),
    "results:Kept.reference": ("done.kept_promise"),
}
#: Labels, questions, buttons and what to do: they claim nothing. By table of the catalogue.
WORDS = {
    "account": ("name relocked_line relocked_places"),
    "account_done": ("and no_slip order places slip_what step step_text"),
    "article": ("gone print slip_qr slip_qr_text solved stuck take take_text"),
    "card_lost": ("card holder slip_body"),
    "card_new": ("bring_join collect_plain title"),
    "card_restore": ("act no_slip was_done"),
    "card": ("office_way"),
    "card_pin": ("change forgotten hint present set step_present storing title"),
    "done": ("again again_try check end end_noted end_saved help keep_number next slip_below slip_left slip_right"),
    "knowledge": ("report"),
    "none": ("phone"),
    "note": ("hint"),
    "question": ("warning_end"),
    "report": ("subject"),
    "slip": ("impact matter number place subject terminal time"),
    "slip_look": ("done more note title"),
    "ticket_act": ("next_look_text reopen_hint same_not same_yes to_tickets"),
    "tickets": ("sending"),
    "top_up": (
        "amount ask_again beginning by_itself cancel change checking help number other payee qr stays "
        "stays_text step_amount step_pay text tile title to"
    ),
}


def keys_used() -> set[str]:
    """The catalogue's keys that stand in these modules, whole or as a family."""
    words = {f"{name}.{key}" for name in tables() for key in table(Language.ZH, name)}
    found = {key for key in words if key.startswith(FAMILIES)}
    for module in MODULES:
        found |= keys_in((ROOT / "kiosk" / "services" / f"{module}.py").read_text(encoding="utf-8")) & words
    return found


def keys_in(source: str) -> set[str]:
    return {
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.count(".") == 1
    }


def tables() -> set[str]:
    return {key.partition(".")[0] for keys in CLAIMS.values() for key in keys.split()} | WORDS.keys() | {"note"}


def claimed() -> dict[str, str]:
    return {key: value for value, keys in CLAIMS.items() for key in keys.split()}


def labels() -> set[str]:
    return {f"{name}.{key}" for name, keys in WORDS.items() for key in keys.split()}


def test_every_text_of_a_slip_or_done_page_is_a_label_or_names_its_value() -> None:
    assert keys_used() - claimed().keys() - labels() == set(), "a new text: does it claim anything?"
    assert claimed().keys() & labels() == set()


def test_every_value_behind_a_claim_exists() -> None:
    assert [value for value in CLAIMS if not exists(value)] == []


def test_what_stands_in_the_table_is_said() -> None:
    zh = {f"{name}.{key}" for name in tables() for key in table(Language.ZH, name)}
    assert (claimed().keys() | labels()) - zh == set()


def exists(value: str) -> bool:
    """``module:Class.field`` or ``module:Class``; a field may be a property."""
    module, _, path = value.partition(":")
    name, _, field = path.partition(".")
    folder = "services" if module == "results" else "domain"
    kind = getattr(importlib.import_module(f"kiosk.{folder}.{module}"), name, None)
    if kind is None or not field:
        return kind is not None
    return (is_dataclass(kind) and field in {each.name for each in fields(kind)}) or hasattr(kind, field)


def test_the_guard_sees_a_planted_claim() -> None:
    planted = keys_in('speak("done.back_in_minutes")')
    assert planted - claimed().keys() - labels() == {"done.back_in_minutes"}
    assert not exists("outcomes:TicketAccepted.no_such_field")
    assert exists("outcomes:TicketAccepted.respond_by")
