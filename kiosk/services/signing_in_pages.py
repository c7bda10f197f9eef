"""What the page of a sign-in by phone says: the code, where the phone is, the number, or what became of it."""

from kiosk.domain.phone_sign_in import SignInEnd, SignInShown, SignInStep
from kiosk.services.chrome import minutes
from kiosk.services.session import Session
from kiosk.services.views import Notice, NoticeKind, Row, SignInPage

_STEPS = tuple(SignInStep)
#: The row of a new code, while a phone has this one.
AGAIN = "again"


def page(
    session: Session, shown: SignInShown | None, over: SignInEnd | None, left: float, other_ways: tuple[Row, ...]
) -> SignInPage:
    """``left``: seconds until the step ends."""
    speak, campus = session.speak, session.campus
    anew = (Row(AGAIN, speak("sign_in.again"), icon="qr-code"),) if is_taken(shown) else ()
    none = Row("none", speak("identify.none" if session.claim is None else "pin.no_way"), icon="headset")
    ways = (*anew, *other_ways, none)
    if over is not None:
        return SignInPage(
            title=speak("sign_in.not_done"),
            notice=Notice(NoticeKind.WARN, speak(f"sign_in.{over}"), speak(f"sign_in.{over}_text")),
            again=speak("sign_in.again"),
            other_ways=ways,
        )
    if shown is None:
        return SignInPage(title=speak("sign_in.title"), wait=speak("sign_in.opening"), other_ways=ways)
    step, here = shown.step, campus.kiosk if campus else None
    at = _STEPS.index(step) + 1
    place = f"{here.title.of(session.visit.language)} · {here.code}" if here else ""
    return SignInPage(
        step=speak(f"sign_in.step_{step}", step=at, steps=len(_STEPS)),
        at=at,
        title=speak("sign_in.title"),
        text=speak(f"sign_in.{step}_text"),
        place=Row("place", place, speak("sign_in.place"), "map-pin") if place else None,
        qr=shown.url if left > 0 else "",
        qr_name=speak("sign_in.qr"),
        number=shown.number if left > 0 else "",
        number_name=speak("sign_in.number", number=" ".join(shown.number)) if shown.number else "",
        wait=speak(f"sign_in.{step}_wait", left=minutes(left)) if left > 0 else speak("sign_in.asking"),
        other_ways=ways,
    )


def is_taken(shown: SignInShown | None) -> bool:
    """A phone has the code: perhaps not the one of whoever stands here."""
    return shown is not None and shown.step is not SignInStep.SCAN
