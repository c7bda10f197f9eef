"""How a kiosk is, in words: for the maintenance page and ``kiosk doctor`` alike."""

from dataclasses import dataclass

from kiosk.domain.health import Health, Subject, why
from kiosk.words import Speaker

#: Figures that say nothing by themselves get a word around them (table health: ``disk_measured`` …).
_MEASURED = (
    Subject.PROGRAM,
    Subject.DISK,
    Subject.MEMORY,
    Subject.CLOCK,
    Subject.QUEUE,
    Subject.NUMBERS,
    Subject.CERTIFICATE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """``title``: 打印机; ``state``: 正常 or 纸快用完; ``detail``: the figure in words or '' ; ``do``: what somebody has
    to do about it, '' where all is well."""

    title: str
    state: str
    detail: str
    do: str


def told(subject: Subject, health: Health, measured: str, speak: Speaker) -> Told:
    reason = why(health)
    return Told(
        title=speak(f"health.{subject}"),
        state=speak(f"health_why.{reason}") if reason else speak("health.ready"),
        detail=speak(f"health.{subject}_measured", value=measured) if measured and subject in _MEASURED else measured,
        do=speak(f"health_do.{reason}") if reason else "",
    )
