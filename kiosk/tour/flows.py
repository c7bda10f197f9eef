"""The table of flows, in the order they are walked."""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.tour import (
    account_flows,
    announcing_flows,
    card_flows,
    card_life_flows,
    card_pin_flows,
    code_flows,
    consent_flows,
    ear_flows,
    identity_flows,
    knowledge_flows,
    pin_flows,
    report_flows,
    scan_flows,
    sign_in_flows,
    ticket_flows,
    trouble_flows,
    typing_flows,
)
from kiosk.tour.walker import Walker


@dataclass(frozen=True, slots=True)
class Flow:
    """``touches``, ``seconds``: the budget where there is one."""

    name: str
    walk: Callable[[Walker], None]
    touches: int | None = None
    seconds: float | None = None


FLOWS = (
    Flow("report", report_flows.report, touches=4, seconds=20.0),
    Flow("account_reset", account_flows.reset, touches=50, seconds=90.0),
    Flow("account_first", account_flows.first),
    Flow("account_unlock", account_flows.unlock),
    Flow("account_change", account_flows.change),
    Flow("account_refused", account_flows.refused),
    Flow("account_protected", account_flows.protected),
    Flow("account_offline", account_flows.offline),
    Flow("report_nobody", report_flows.report_nobody),
    Flow("report_number", report_flows.report_number),
    Flow("report_by_ear", ear_flows.report_by_ear),
    Flow("report_offline", report_flows.report_offline, touches=4, seconds=20.0),
    Flow("report_no_paper", report_flows.report_no_paper, touches=4, seconds=20.0),
    Flow("report_printer_off", report_flows.report_printer_off, touches=4, seconds=20.0),
    Flow("me_too", announcing_flows.me_too),
    Flow("notices", announcing_flows.notices),
    Flow("place", report_flows.place),
    Flow("language", report_flows.language),
    Flow("note_pinyin", typing_flows.note_pinyin),
    Flow("note_left", typing_flows.note_left),
    Flow("contact", typing_flows.contact),
    Flow("find_wifi", knowledge_flows.find_wifi, touches=7, seconds=20.0),
    Flow("article_solved", knowledge_flows.article_solved),
    Flow("article_stuck", knowledge_flows.article_stuck),
    Flow("nothing_found", knowledge_flows.nothing_found),
    Flow("search_action", knowledge_flows.search_action),
    Flow("search_offline", knowledge_flows.search_offline),
    Flow("my_tickets", identity_flows.my_tickets),
    Flow("ticket_answer", ticket_flows.ticket_answer),
    Flow("ticket_comment", ticket_flows.ticket_comment),
    Flow("ticket_reopen", ticket_flows.ticket_reopen),
    Flow("ticket_withdraw", ticket_flows.ticket_withdraw),
    Flow("ticket_waiting", ticket_flows.ticket_waiting),
    Flow("ticket_disown", ticket_flows.ticket_disown),
    Flow("scan_slip", scan_flows.scan_slip),
    Flow("scan_number", scan_flows.scan_number),
    Flow("consent_declined", consent_flows.consent_declined),
    Flow("complaint", consent_flows.complaint),
    Flow("same_ticket", consent_flows.same_ticket),
    Flow("feedback", ticket_flows.feedback),
    Flow("feedback_offline", ticket_flows.feedback_offline),
    Flow("pin_again", identity_flows.pin_again),
    Flow("wrong_pin", identity_flows.wrong_pin),
    Flow("too_many_pins", identity_flows.too_many_pins),
    Flow("no_pin", identity_flows.no_pin),
    Flow("code", code_flows.code),
    Flow("code_troubles", code_flows.code_troubles),
    Flow("sign_in", sign_in_flows.sign_in),
    Flow("sign_in_expired", sign_in_flows.sign_in_expired),
    Flow("sign_in_wrong_number", sign_in_flows.sign_in_wrong_number),
    Flow("sign_in_other_person", sign_in_flows.sign_in_other_person),
    Flow("sign_in_declined", sign_in_flows.sign_in_declined),
    Flow("first_pin", code_flows.first_pin),
    Flow("default_pin", pin_flows.default_pin),
    Flow("forgotten_pin", pin_flows.forgotten_pin),
    Flow("change_pin", pin_flows.change_pin),
    Flow("change_pin_offline", pin_flows.change_pin_offline),
    Flow("lost_phone", pin_flows.lost_phone),
    Flow("nothing_at_hand", pin_flows.nothing_at_hand),
    Flow("call_me", pin_flows.call_me),
    Flow("unknown_card", identity_flows.unknown_card),
    Flow("offline_tickets", identity_flows.offline_tickets),
    Flow("different_card", identity_flows.different_card),
    Flow("card", card_flows.card),
    Flow("movements", card_flows.movements),
    Flow("limits", card_flows.limits),
    Flow("card_pin", card_pin_flows.card_pin),
    Flow("card_pin_wrong", card_pin_flows.card_pin_wrong),
    Flow("card_pin_offline", card_pin_flows.card_pin_offline),
    Flow("top_up", card_flows.top_up),
    Flow("top_up_cancelled", card_flows.top_up_cancelled),
    Flow("top_up_expired", card_flows.top_up_expired),
    Flow("top_up_unknown", card_flows.top_up_unknown),
    Flow("card_read_only", card_flows.card_read_only),
    Flow("card_nothing", card_flows.card_nothing),
    Flow("lost_card", card_life_flows.lost_card, touches=20, seconds=45.0),
    Flow("lost_no_paper", card_life_flows.lost_no_paper),
    Flow("lost_not_sure", card_life_flows.lost_not_sure),
    Flow("lost_offline", card_life_flows.lost_offline),
    Flow("lost_offline_wrong", card_life_flows.lost_offline_wrong),
    Flow("lost_and_found", card_life_flows.lost_and_found),
    Flow("found_from_home", card_life_flows.found_from_home),
    Flow("new_card", card_life_flows.new_card),
    Flow("hub_down", trouble_flows.hub_down),
    Flow("timeout", trouble_flows.timeout),
    Flow("privacy", trouble_flows.privacy),
)
#: English costs one touch more where the house speaks Chinese; four keys may be pressed this many times as often.
ENGLISH_TOUCHES = 1
KEYS_FACTOR = 2.5
