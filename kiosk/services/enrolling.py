"""A kiosk nobody knows yet: shows its code and four words in both languages, and asks until it is approved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kiosk.domain.language import Language
from kiosk.domain.outcomes import Refused, Unreachable, Unreached
from kiosk.domain.references import NumberBlock
from kiosk.services.views import EnrolPage, NoticeKind, Row, View
from kiosk.words import Speaker

#: Letters between two gaps of a code.
_GROUP = 4
LETTERS = 8
#: Where an administrator approves it, at the hub.
PAGE = "/console/kiosks?code="
_SPEAKERS = (Speaker(Language.ZH), Speaker(Language.EN))


@dataclass(frozen=True, slots=True)
class CodeGiven:
    """``code`` to show, good for ``seconds`` more; asked again after ``again``. ``words``: places in the lists."""

    code: str
    seconds: int
    again: int
    words: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Approved:
    """``kiosk`` is its name at the hub; ``hub_keys`` id and raw public half, the first to seal to; ``ca`` PEM of the
    authority that is trusted from now on."""

    kiosk: str
    block: NumberBlock
    hub_keys: tuple[tuple[str, bytes], ...]
    ca: str = field(repr=False)


Asked = CodeGiven | Approved | Refused | Unreachable


@dataclass(frozen=True, slots=True)
class EnrolmentTold:
    """A command: how asking went."""

    outcome: Asked


class Enrolling:
    """On the worker's thread. ``show`` gets a view whenever it says something else."""

    def __init__(self, hub: str, monotonic: Callable[[], float], show: Callable[[View], None]) -> None:
        self._hub, self._monotonic, self._show = hub, monotonic, show
        self._given: CodeGiven | None = None
        self._good_until = 0.0
        self._outcome: Asked | None = None
        self._shown: EnrolPage | None = None

    def told(self, outcome: Asked) -> None:
        self._outcome = outcome
        if isinstance(outcome, CodeGiven):
            self._given, self._good_until = outcome, self._monotonic() + outcome.seconds
        self.beat()

    def beat(self) -> None:
        page = self._page()
        if page != self._shown:
            self._shown = page
            self._show(View(page))

    def _page(self) -> EnrolPage:
        left = int(self._good_until - self._monotonic())
        given = self._given if left > 0 and not isinstance(self._outcome, Approved) else None
        texts = {f"{key}_{speak.language}": speak(f"enrol.{key}", letters=LETTERS) for key in ("title", "text", "same")
                 for speak in _SPEAKERS}  # fmt: skip
        kind, lines = self._state()
        page = EnrolPage(**texts, kind=kind, state=lines, hub=self._hub)
        if given is None:
            return page
        words = [_in_words(given.words, speak.language) for speak in _SPEAKERS]
        until = f"{left // 60}:{left % 60:02}"
        return EnrolPage(
            **texts,
            kind=kind,
            state=lines,
            hub=self._hub,
            code=" ".join(given.code[at : at + _GROUP] for at in range(0, len(given.code), _GROUP)),
            qr=f"{self._hub}{PAGE}{given.code}",
            words_zh=words[0],
            words_en=words[1],
            left_zh=_SPEAKERS[0]("enrol.left", left=until),
            left_en=_SPEAKERS[1]("enrol.left", left=until),
        )

    def _state(self) -> tuple[NoticeKind, tuple[Row, ...]]:
        """How it stands, a row in each language."""
        key, why = _key(self._outcome)
        kind = {"waiting": NoticeKind.OK, "approved": NoticeKind.OK, "connecting": NoticeKind.INFO}.get(
            key, NoticeKind.DANGER if key == "wrong_certificate" else NoticeKind.WARN
        )

        def row(speak: Speaker) -> Row:
            if key in ("connecting", "approved"):
                return Row(speak.language.value, speak(f"enrol.{key}"), "")
            return Row(speak.language.value, speak(f"enrol.{key}"), speak(f"enrol.{key}_text", why=why))

        return kind, tuple(row(speak) for speak in _SPEAKERS)


def _key(outcome: Asked | None) -> tuple[str, str]:
    """Key below ``enrol``, and the hub's own reason."""
    match outcome:
        case None:
            return "connecting", ""
        case CodeGiven():
            return "waiting", ""
        case Approved():
            return "approved", ""
        case Refused(reason, _):
            return ("wrong_certificate" if reason == "other_authority" else "refused"), reason
        case Unreachable(Unreached.WRONG_CERTIFICATE):
            return "wrong_certificate", ""
        case Unreachable(Unreached.NOT_THE_HUB):
            return "not_the_hub", ""
        case _:
            return "unreached", ""


def _in_words(places: Sequence[int], language: Language) -> str:
    words = Speaker(language)("fingerprint.words").split()
    return " · ".join(words[place] for place in places)
