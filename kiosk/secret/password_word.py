"""One typed word in one preallocated, wiped buffer, and whether it holds a personal one so far."""

from collections.abc import Iterator

from kiosk.domain.password_rules import LONGEST_PASSWORD, PersonalDigests, personal_digest


class Word:
    """``personal`` digests are looked for at the end of the word after each key: what was found stays found until the
    key that completed it is taken back."""

    def __init__(self, personal: PersonalDigests) -> None:
        self.count = 0
        self._codes = bytearray(LONGEST_PASSWORD)
        self._held = bytearray(LONGEST_PASSWORD)  # 1 where the first n characters hold a personal word
        self._salt, self._digests = personal.salt, personal.words

    def add(self, code: int) -> None:
        if self.count == LONGEST_PASSWORD:
            return
        self._codes[self.count] = code
        self.count += 1
        before = self.count > 1 and self._held[self.count - 2]
        self._held[self.count - 1] = 1 if before or self._ends_personal() else 0

    def remove(self) -> None:
        if self.count:
            self.count -= 1
            self._codes[self.count] = self._held[self.count] = 0

    def wipe(self) -> None:
        for index in range(LONGEST_PASSWORD):
            self._codes[index] = self._held[index] = 0
        self.count = 0

    @property
    def personal(self) -> bool:
        return self.count > 0 and bool(self._held[self.count - 1])

    def codes(self) -> Iterator[int]:
        return (self._codes[index] for index in range(self.count))

    def begins_like(self, other: "Word") -> bool:
        """Whether this is ``other`` as far as it goes."""
        if self.count > other.count:
            return False
        return all(self._codes[index] == other._codes[index] for index in range(self.count))

    def put_into(self, payload: bytearray, at: int) -> None:
        for index in range(self.count):
            payload[at + index] = self._codes[index]

    def _ends_personal(self) -> bool:
        for length, digest in self._digests:
            if length <= self.count:
                end = bytes(self._codes[self.count - length : self.count]).lower()
                if personal_digest(end, self._salt) == digest:
                    return True
        return False
