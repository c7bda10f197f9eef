"""Hand-made announcements and promises, as the worker would send them."""

from kiosk.domain.language import Language
from kiosk.services import views as v
from kiosk.words import Speaker

_ANNOUNCED = (
    ("warning", "danger", "outage", "图书馆 Wi-Fi 打不开网页", "Library Wi-Fi opens no pages"),
    ("wrench", "warn", "planned", "统一身份认证维护，登录不了", "Sign-in maintenance: no log-in"),
    ("check-circle", "ok", "changed", "你说了：自助打印机老缺墨", "You said: printers run out of toner"),
    (
        "megaphone",
        "info",
        "news",
        "出国交流前，先在校内连一次 eduroam",
        "Connect eduroam here before you go",
    ),
)
_TEXT = {
    Language.ZH: "能连上，但认证页不出来。工程师正在更换认证网关。\n今天 13:50 起，正在修。今天 15:30 前再更新。",
    Language.EN: "It connects, but sign-in stays away.\nSince today 13:50, being fixed. Next update by today 15:30.",
}


def announcing_pages(language: Language, speak: Speaker) -> dict[str, v.Page]:
    rows = tuple(
        v.Row(
            kind,
            zh if language is Language.ZH else en,
            _TEXT[language],
            icon,
            speak(f"notices.{kind}"),
            chip,
        )
        for icon, chip, kind, zh, en in _ANNOUNCED
    )
    notices = v.NoticesPage(speak("notices.title"), rows, "", speak("notices.promise"), speak("privacy.done"))
    times = speak("promise.times", respond=speak("when.min_many", count=15), resolve=speak("when.d_many", count=5))
    targets = tuple(
        v.Row(p, speak(f"promise.{p}"), speak("promise.line", hours=speak("promise.working"), times=times), "clock")
        for p in ("p0", "p1", "p2", "p3")
    )
    channels = (
        v.Row("desk", "图书馆一层 IT 服务台", speak("none.today", hours="8:00–18:00"), "headset"),
        v.Row("phone", "8231 0000", speak("promise.phone"), "phone"),
        v.Row("mail", "it@yunlu.example", speak("promise.mail"), "envelope-simple"),
    )
    outage = v.OutagePage(
        title=rows[0].title,
        text="能连上，但认证页不出来。" if language is Language.ZH else "It connects, but the sign-in page stays away.",
        chips=(
            v.Row("fixing", speak("outage.fixing"), icon="wrench", chip_kind="warn"),
            v.Row("library", "图书馆" if language is Language.ZH else "Library", icon="map-pin"),
        ),
        steps=(
            v.TimelineStep(speak("outage.noticed"), speak("when.today", clock="13:50"), "", v.StepState.DONE),
            v.TimelineStep(speak("outage.being_fixed"), "", "", v.StepState.NOW),
            v.TimelineStep(speak("notices.update", when=speak("when.today", clock="15:30"))),
        ),
        ask_title=speak("outage.ask"),
        ask_text=speak("outage.ask_text"),
        facts=(
            v.Row("told", speak("outage.told"), speak("outage.told_text"), "bell-ringing"),
            v.Row("counted", speak("outage.counted"), speak("outage.many_text", count=14), "users-three"),
        ),
        skip=speak("outage.skip"),
        not_mine=speak("outage.not_mine"),
        me_too=speak("outage.me_too"),
    )
    return {
        "outage": outage,
        "notices": notices,
        "notices_empty": v.NoticesPage(
            speak("notices.title"), (), speak("notices.empty"), speak("notices.promise"), speak("privacy.done")
        ),
        "promise": v.PromisePage(
            speak("promise.title"),
            speak("promise.text"),
            targets,
            speak("promise.channels"),
            channels,
            "https://it.yunlu.example",
            speak("promise.portal"),
            speak("home.report"),
            speak("privacy.done"),
        ),
    }


def known_outage(language: Language, speak: Speaker) -> dict[str, object]:
    """What a report's page shows of it."""
    return {
        "known": v.Row(
            "outage",
            _ANNOUNCED[0][3] if language is Language.ZH else _ANNOUNCED[0][4],
            "\n".join(
                speak(f"notices.{key}", when=speak("when.today", clock=clock))
                for key, clock in (("since", "13:50"), ("update", "15:30"))
            ),
            "warning",
        ),
        "known_title": speak("outage.same"),
        "me_too": speak("outage.me_too"),
    }
