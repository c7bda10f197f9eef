"""Why something was not taken, for whoever wrote it: said in their language where it is shown."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Why:
    """``words``: a key below the table of words of whatever it is about, ``values`` in it. ``of``: the part that is
    meant, such as a picture's name, '' for the whole."""

    words: str
    values: tuple[tuple[str, str], ...] = ()
    of: str = ""


def why(words: str, of: str = "", **values: object) -> Why:
    return Why(words, tuple((name, str(value)) for name, value in values.items()), of)
