"""One line of ``kiosk hub check``, for whoever shows it: the command in a terminal, the console in a page."""

from collections.abc import Callable, Iterator

import msgspec

from kiosk.hub.checked import Level
from kiosk.words import Speaker


class CheckLine(msgspec.Struct, frozen=True):
    """``name``: a key of the catalogue for the connection it is about, ``which`` of several; ``words`` a key,
    ``values`` in it; ``where``: file, line and setting of hub.toml to look at, '' for none."""

    level: Level
    name: str
    words: str
    values: dict[str, str] = {}
    where: str = ""
    which: str = ""

    def named(self, say: Speaker) -> str:
        return say(self.name, which=self.which)

    def said(self, say: Speaker) -> str:
        return say(self.words, **self.values)


#: Looks at everything and says what it finds as it finds it; may take as long as the systems it asks.
Look = Callable[[], Iterator[CheckLine]]


def nothing() -> Iterator[CheckLine]:
    """A hub without connections to look at."""
    return iter(())
