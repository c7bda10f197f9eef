"""Where the keys of a PIN go: to the secret helper, never into a request, a property or a string of ours."""

from typing import Protocol

BACKSPACE = 8  # the key code that takes the last digit back


class SecretKeys(Protocol):
    """The near end of the secret helper's pipe. Both return at once."""

    def key(self, code: int) -> None:
        """One key: the code point of a digit (48-57), or ``BACKSPACE``."""
        ...

    def letter(self, code: int) -> None:
        """One key of a password: the code point of a printable ASCII character, or ``BACKSPACE``."""
        ...

    def clear(self) -> None:
        """Forget everything typed so far."""
        ...
