"""Speech without a sound card, for demonstration, tours and tests: what would be said is kept for a while."""

import threading
from collections import deque
from collections.abc import Callable

from kiosk.domain.speech import HeadphonesChanged, SpeechChanged, SpeechState, Utterance

#: Utterances that are kept.
MOST_KEPT = 200


class SimulatedSpeech:
    """Headphones are plugged in and out by calls, from any thread."""

    def __init__(self, post: Callable[[SpeechChanged | HeadphonesChanged], None]) -> None:
        self._post = post
        self._lock = threading.Lock()
        self._said: deque[Utterance] = deque(maxlen=MOST_KEPT)
        self._count = 0

    def start(self) -> None:
        self._post(SpeechChanged(SpeechState.READY))

    def stop(self) -> None:
        self.hush()

    def say(self, utterance: Utterance) -> None:
        with self._lock:
            self._said.append(utterance)
            self._count += 1

    def hush(self) -> None:
        """What was said is past already."""

    def plug(self, plugged: bool) -> None:
        self._post(HeadphonesChanged(plugged))

    def since(self, count: int) -> tuple[int, list[Utterance]]:
        """How many there have been, and those after the first ``count``, as far as they are kept."""
        with self._lock:
            new = min(self._count - count, len(self._said))
            return self._count, list(self._said)[len(self._said) - new :] if new > 0 else []
