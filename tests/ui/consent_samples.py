"""Hand-made views of a request that waits for a consent, and of a complaint from its subject to its lead."""

from msgspec.structs import replace

from kiosk.domain.language import Language
from kiosk.services import views as v
from kiosk.words import Speaker


def consent_pages(
    language: Language, speak: Speaker, details: v.DetailsPage, done: v.DonePage, tickets: v.TicketsPage
) -> dict[str, v.Page]:
    def pick(zh: str, en: str) -> str:
        return zh if language is Language.ZH else en

    who, head = (
        pick("业务系统审批人", "the systems approver"),
        pick("网络负责人", "the head of network services"),
    )
    by, since = pick("周五 11月20日 16:30", "Fri 20 Nov, 16:30"), pick("今天 14:26", "today 14:26")
    needs = speak("report.approver")
    waits = v.TimelineStep(
        speak("done.step_approval", who=who),
        speak("done.since", when=since),
        speak("done.step_remind", when=by),
        v.StepState.NOW,
    )
    received = v.TimelineStep(speak("done.step_received"), since, "", v.StepState.DONE)
    wish = pick("要开系统权限", "I need a permission")
    kinds = (
        ("lock-key", pick("账号登录不了", "I cannot sign in"), ""),
        ("shield-check", wish, needs),
        ("envelope-simple", pick("要公共邮箱", "I need a shared mailbox"), needs),
        ("globe-hemisphere-west", pick("要开校外访问 VPN", "I need VPN access"), ""),
    )
    subjects = (
        ("wifi-high", pick("网络和 Wi-Fi", "Wi-Fi and network")),
        ("desktop", pick("电脑和打印", "Computers and printing")),
        ("projector-screen", pick("教室设备", "Classroom equipment")),
        ("identification-card", pick("门禁和刷卡机", "Doors and card readers")),
        ("package", pick("软件和授权", "Software and licences")),
        ("key", pick("权限和开通", "Accounts and permissions")),
        ("share-network", pick("网口和设备", "Network ports and devices")),
        ("question", speak("report.subject_other")),
    )
    wrongs = (
        ("hourglass-medium", pick("一直没有人处理", "Nobody takes care of it")),
        ("x-circle", pick("没有办好", "It was not done right")),
        ("smiley-sad", pick("对人的态度", "How I was treated")),
        ("user", pick("投诉负责人本人", "About the head of the service")),
    )
    subject = speak("report.subject", service=subjects[0][1])
    lead = v.TimelineStep(
        speak("done.step_lead", who=head),
        speak("done.step_reply_by", when=by),
        speak("done.step_lead_text"),
        v.StepState.NOW,
    )
    after = v.TimelineStep(speak("tickets.after_approval"), "", speak("tickets.after_approval_text"), v.StepState.AHEAD)
    assert tickets.detail is not None
    asked = replace(tickets.rows[0], title=wish, chip=speak("state.waiting_for_approval"), chip_kind="warn")
    return {
        "subject": v.SubjectPage(
            title=speak("report.subject_title"),
            groups=(
                v.Group(
                    speak("report.subject_goes"),
                    "shield-check",
                    tuple(v.Row(str(i), title, icon=icon) for i, (icon, title) in enumerate(subjects)),
                ),
            ),
        ),
        "details_consent": replace(
            details,
            title=pick("权限和开通：需要什么？", "Accounts and permissions: What do you need?"),
            symptoms=tuple(v.Row(str(i), title, hint, icon) for i, (icon, title, hint) in enumerate(kinds)),
            place=None,
            submit=speak("report.submit_request"),
        ),
        "details_complaint": replace(
            details,
            title=pick("投诉：哪里不满意？", "Complaint: What went wrong?"),
            symptoms=tuple(v.Row(str(i), title, icon=icon) for i, (icon, title) in enumerate(wrongs)),
            impacts=(),
            impact_title="",
            place=v.Row("subject", subject, speak("report.place_chosen"), "tag"),
            submit=speak("report.submit_complaint"),
        ),
        "done_approval": replace(
            done,
            headline=speak("done.received_request"),
            promise=speak("done.approval", who=who),
            slip_text=speak("done.slip_below", what=speak("done.slip_text_saved")),
            lines=(wish,),
            steps=(received, waits, v.TimelineStep(speak("done.step_confirm_other"), "", speak("done.step_on_file"))),
        ),
        "done_complaint": replace(
            done,
            headline=speak("done.received_complaint"),
            lines=(wrongs[0][1], subject),
            steps=(received, lead, v.TimelineStep(speak("done.step_confirm_other"), "", speak("done.step_on_file"))),
        ),
        "tickets_approval": replace(
            tickets,
            rows=(asked, *tickets.rows[1:]),
            detail=replace(tickets.detail, title=wish, steps=(received, waits, after)),
            ways=tuple(v.Row(act, speak(f"tickets.act_{act}")) for act in ("disown", "withdraw", "comment")),
        ),
    }
