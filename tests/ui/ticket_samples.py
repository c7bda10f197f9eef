"""Hand-made views of one's tickets in every state and of the pages around an act on one."""

from msgspec.structs import replace

from kiosk.domain.language import Language
from kiosk.services import views as v
from kiosk.services.feedback import ABOUT, FACES, REASONS
from kiosk.words import Speaker

REFERENCE = "A12-0473-K"


def ticket_pages(language: Language, speak: Speaker, tickets: v.TicketsPage) -> dict[str, v.Page]:
    """``tickets`` is the page as it is read; here it is with what can be done."""

    def pick(zh: str, en: str) -> str:
        return zh if language is Language.ZH else en

    def ways(*acts: str) -> tuple[v.Row, ...]:
        icons = {"confirm": "check", "comment": "note-pencil", "reply": "note-pencil", "again": "wrench"}
        return tuple(v.Row(act, speak(f"tickets.act_{act}"), icon=icons.get(act, "arrow-u-up-left")) for act in acts)

    answer = pick(
        "一层的 AP 已经重启。请再连一次，现在能打开网页吗？如果还是不行，请告诉我们是手机还是电脑，在哪个座位附近。",
        "We restarted the access point on the ground floor. Please join the network again. Do pages open now?",
    )
    long_story = (
        v.TimelineStep(speak("tickets.created"), pick("今天 14:26", "today 14:26"), "", v.StepState.DONE),
        *(v.TimelineStep(speak("tickets.answered"), "15:10", f"“{answer}”", v.StepState.DONE) for _ in range(4)),
        v.TimelineStep(speak("tickets.next_confirm"), "", speak("tickets.next_confirm_text"), v.StepState.NOW),
    )
    row = tickets.rows[0]
    assert tickets.detail is not None
    unsent = v.TicketDetail(
        pick("连上了，打不开网页", "Connected, but pages do not open"),
        pick("编号 A12-0473-K · 图书馆 一层", "Number A12-0473-K · Library, ground floor"),
        (
            v.TimelineStep(speak("tickets.saved_here"), pick("今天 14:26", "today 14:26"), "", v.StepState.DONE),
            v.TimelineStep(speak("tickets.sending"), "", "", v.StepState.NOW),
            v.TimelineStep(speak("done.step_desk"), "", speak("tickets.after_sending"), v.StepState.AHEAD),
        ),
    )
    desk = pick("图书馆一层 · 8:00–18:00 · 8231 0000", "Library, ground floor · 8:00–18:00 · 8231 0000")
    unseen = v.Notice(v.NoticeKind.INFO, speak("tickets.unseen"), speak("tickets.unseen_text", desk=desk))

    def before(act: str, *effects: tuple[str, str]) -> v.TicketActPage:
        return v.TicketActPage(
            title=speak(f"ticket_act.{act}_title"),
            ticket=row,
            effects=tuple(
                v.Row(key, speak(f"ticket_act.{key}"), speak(f"ticket_act.{key}_text"), icon) for key, icon in effects
            ),
            safe=speak(f"ticket_act.{act}_not"),
            act=speak(f"ticket_act.{act}_yes"),
            act_icon="arrow-u-up-left",
            danger=True,
        )

    rating = v.FeedbackPage(
        title=speak("feedback.title"),
        text=speak("feedback.anonymous"),
        abouts=tuple(v.Row(about, speak(f"feedback.about_{about}")) for about in ABOUT),
        about="kiosk",
        faces=tuple(v.Row(mark.value, speak(f"feedback.face_{mark}"), icon=icon) for mark, icon in FACES),
        words=v.Row("words", speak("feedback.words"), speak("feedback.words_hint"), "note-pencil"),
        submit=speak("feedback.submit"),
    )
    return {
        "tickets_resolved": replace(tickets, ways=ways("reopen", "confirm")),
        "tickets_story": replace(
            tickets, detail=replace(tickets.detail, steps=long_story), ways=ways("disown", "withdraw", "comment")
        ),
        "tickets_closed": replace(tickets, ways=ways("again")),
        "tickets_busy": replace(tickets, ways=ways("reopen", "confirm"), busy=True, busy_text=speak("report.busy")),
        "tickets_unsent": replace(tickets, detail=unsent, notice=unseen, ways=ways("withdraw", "comment")),
        "tickets_unsent_kept": replace(tickets, detail=unsent, notice=unseen),
        **slip_pages(speak, tickets, long_story),
        "ticket_withdraw": before("withdraw", ("withdraw_stops", "hand-palm"), ("withdraw_keeps", "warning")),
        "ticket_disown": before("disown", ("disown_off", "user-minus"), ("disown_desk", "headset")),
        "ticket_same": v.TicketActPage(
            title=speak("ticket_act.same_title"),
            ticket=row,
            effects=(
                v.Row("next", speak("tickets.next_reply"), pick("周五 11月20日 16:30 前", "by Fri 20 Nov"), "clock"),
            ),
            safe=speak("ticket_act.same_not"),
            act=speak("ticket_act.same_yes"),
            act_icon="note-pencil",
        ),
        "feedback": rating,
        "feedback_rated": replace(
            rating,
            face="good",
            reasons_title=speak("feedback.what_good"),
            reasons_hint=speak("feedback.several"),
            reasons=tuple(v.Row(reason, speak(f"feedback.{reason}")) for reason in REASONS["kiosk", True]),
            chosen=("fast", "steps_clear"),
            can_submit=True,
        ),
        "write": v.WritePage(
            title=speak("ticket_act.reopen_title"),
            hint=speak("ticket_act.reopen_hint"),
            limit=200,
            done=speak("ticket_act.reopen_done"),
        ),
    }


def slip_pages(speak: Speaker, tickets: v.TicketsPage, long_story: tuple[v.TimelineStep, ...]) -> dict[str, v.Page]:
    """What a scanned slip leads to."""
    assert tickets.detail is not None
    loading = v.SlipPage(
        title=speak("slip_look.title"), loading=True, more=speak("slip_look.more"), done=speak("slip_look.done")
    )
    seen = replace(
        loading,
        loading=False,
        chips=(v.Row("new", speak("state.new"), chip_kind="info"),),
        detail=replace(
            tickets.detail,
            line=speak("tickets.number", reference=REFERENCE),
            steps=tuple(replace(step, text="") for step in tickets.detail.steps),
        ),
        note=speak("slip_look.note"),
    )
    bare = tuple(replace(step, text="") for step in long_story[:-1])
    return {
        "slip_loading": loading,
        "slip": seen,
        "slip_story": replace(seen, detail=replace(tickets.detail, steps=(*bare, *bare, long_story[-1]))),
    }
