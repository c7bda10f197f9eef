"""The page *acts*: who did what in the console, and at the hub's machine, when."""

from kiosk.domain.language import Language
from kiosk.domain.release import Document
from kiosk.hub.console.door import Visit
from kiosk.hub.parts import Parts
from kiosk.hub.services.staff_acts import COMMAND, MOST_SHOWN, Line, latest
from kiosk.words import table


class Acts:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def show(self, visit: Visit) -> dict[str, object]:
        say = visit.say
        with self._parts.store.read() as db:
            lines = latest(db)

        def who(line: Line) -> str:
            if line.name:
                return line.latin_name if say.language is Language.EN and line.latin_name else line.name
            return say("acts.by_command" if line.by == COMMAND else "acts.by_nobody")

        def what(line: Line) -> str:
            key = f"what_{line.what}"
            return say(f"acts.{key}") if key in table(say.language, "acts") else line.what

        def why(line: Line) -> str:
            for name, key in (
                ("letters", f"reason_{line.why}"),
                ("late", f"reason_{line.why}"),
                ("maintenance", f"why_{line.why}"),
                ("kiosks", f"ended_{line.why}"),
                ("release", f"no_{line.why}"),
                ("release", f"for_{line.why}"),
            ):
                if key in table(say.language, name):
                    return say(f"{name}.{key}")
            kinds = line.why.split()
            if kinds and set(kinds) <= set(Document):
                return say("release.list").join(say(f"release.seen_{kind}") for kind in kinds)
            return line.why

        return {"lines": lines, "by": who, "what": what, "why": why, "most": MOST_SHOWN}
