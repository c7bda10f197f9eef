"""Samples of signing in by phone: the page itself, and the pages that lead to it."""

from msgspec.structs import replace

from kiosk.domain.language import Language
from kiosk.domain.phone_sign_in import SignInEnd
from kiosk.services import views as v
from kiosk.words import Speaker


def sign_in_pages(language: Language) -> dict[str, v.Page]:
    speak = Speaker(language)
    place = "图书馆一层 · A12" if language is Language.ZH else "Library, floor 1 · A12"
    by_phone = v.Row("by_phone", speak("sign_in.by_phone"), icon="qr-code")
    none = v.Row("none", speak("pin.no_way"), icon="headset")
    claimed = (
        v.Row("by_pin", speak("code.by_pin"), icon="dots-nine"),
        none,
    )
    unclaimed = (
        v.Row("by_claim", speak("sign_in.by_claim"), icon="identification-card"),
        v.Row("none", speak("identify.none"), icon="headset"),
    )
    anew = v.Row("again", speak("sign_in.again"), icon="qr-code")
    scan = v.SignInPage(
        step=speak("sign_in.step_scan", step=1, steps=3),
        at=1,
        title=speak("sign_in.title"),
        text=speak("sign_in.scan_text"),
        place=v.Row("place", place, speak("sign_in.place"), "map-pin"),
        qr="https://it.yunlu.example/s/7QK2M9XW4D8R",
        qr_name=speak("sign_in.qr"),
        wait=speak("sign_in.scan_wait", left="0:52"),
        other_ways=unclaimed,
    )
    away = replace(
        scan,
        step=speak("sign_in.step_away", step=2, steps=3),
        at=2,
        text=speak("sign_in.away_text"),
        qr="",
        wait=speak("sign_in.away_wait", left="2:41"),
        other_ways=(anew, *claimed),
    )
    number = replace(
        away,
        step=speak("sign_in.step_number", step=3, steps=3),
        at=3,
        text=speak("sign_in.number_text"),
        number="47",
        number_name=speak("sign_in.number", number="4 7"),
        wait=speak("sign_in.number_wait", left="0:38"),
    )
    return {
        "sign_in": scan,
        "sign_in_claimed": replace(scan, other_ways=claimed),
        "sign_in_away": away,
        "sign_in_away_unclaimed": replace(away, other_ways=(anew, *unclaimed)),
        "sign_in_number": number,
        "sign_in_number_unclaimed": replace(number, other_ways=(anew, *unclaimed)),
        "sign_in_opening": v.SignInPage(
            title=speak("sign_in.title"), wait=speak("sign_in.opening"), other_ways=unclaimed
        ),
        "sign_in_nobody": _over(speak, SignInEnd.NOBODY, claimed),
        "sign_in_expired": _over(speak, SignInEnd.EXPIRED, unclaimed),
        "identify_phone": v.IdentifyPage(
            speak("home.tickets"),
            "clipboard-text",
            v.ReaderHint("below_right", speak("identify.title"), speak("identify.text")),
            None,
            (
                v.Row("number", speak("identify.by_number"), icon="keyboard"),
                by_phone,
                v.Row("none", speak("identify.none"), icon="question"),
                v.Row("privacy", speak("screen.privacy_link"), icon="eye"),
            ),
        ),
        "identify_phone_no_reader": v.IdentifyPage(
            speak("home.tickets"),
            "clipboard-text",
            v.ReaderHint(),
            v.Notice(v.NoticeKind.WARN, speak("strip.reader")),
            (
                v.Row("number", speak("identify.by_number"), icon="keyboard"),
                by_phone,
                v.Row("none", speak("identify.none"), icon="question"),
                v.Row("privacy", speak("screen.privacy_link"), icon="eye"),
            ),
        ),
        "pin_phone": v.PinPage(
            filled=4,
            notice=v.Notice(v.NoticeKind.DANGER, speak("pin.wrong"), speak("pin.tries_left", count=3)),
            other_ways=(
                v.Row("pin_forgotten", speak("pin.forgotten"), icon="question"),
                v.Row("by_code", speak("pin.by_code"), icon="device-mobile"),
                by_phone,
                none,
            ),
        ),
        "code_phone": v.CodePage(
            digits="4815",
            text=speak("code.sent_phone"),
            notice=v.Notice(v.NoticeKind.INFO, speak("code.secret"), speak("code.secret_text")),
            resend=speak("code.resend_in", left="0:42"),
            other_ways=(
                v.Row("email", speak("code.to_email"), icon="envelope-simple"),
                by_phone,
                v.Row("none", speak("code.none"), icon="headset"),
            ),
        ),
    }


def _over(speak: Speaker, why: SignInEnd, ways: tuple[v.Row, ...]) -> v.SignInPage:
    return v.SignInPage(
        title=speak("sign_in.not_done"),
        notice=v.Notice(v.NoticeKind.WARN, speak(f"sign_in.{why}"), speak(f"sign_in.{why}_text")),
        again=speak("sign_in.again"),
        other_ways=ways,
    )
