"""Says aloud: one thread that makes sound sentence by sentence and plays it, and stops when the person goes on."""

import logging
import re
import threading
from collections import deque
from collections.abc import Callable, Iterator
from typing import Protocol

from kiosk.devices import tones
from kiosk.devices.sound_program import Cut, DidNotRun, Ran, Run
from kiosk.domain.language import Language
from kiosk.domain.speech import Hearing, Piece, SpeechChanged, SpeechState, Tone, Utterance

#: Most utterances that wait their turn; the oldest goes.
MOST_WAITING = 4
#: Most characters whose sound is made at once: the first is heard early, and none is made for nobody.
SENTENCE = 160
#: Between two looks for an engine or a sound card that is not there, seconds.
RETRY_SECONDS = 60.0
STOP_SECONDS = 2.0  # how long stop() waits for the thread
#: What is said, to nobody, to find out whether the engine speaks.
_TRIAL = (Piece(Language.ZH, "好"), Piece(Language.EN, "yes"))
_ENDS = re.compile(r"[^。！？；.!?;]*[。！？；.!?;]*\s*")

log = logging.getLogger(__name__)


class Engine(Protocol):
    def sound(self, piece: Piece, hearing: Hearing, wanted: Callable[[], bool]) -> Run: ...


class Player(Protocol):
    def play(self, sound: bytes, wanted: Callable[[], bool]) -> Run: ...


class SpeechThread:
    """``post`` is called on its own thread and must return at once."""

    def __init__(
        self, engine: Engine, player: Player, post: Callable[[SpeechChanged], None], *, retry: float = RETRY_SECONDS
    ) -> None:
        self._engine, self._player, self._post, self._retry = engine, player, post, retry
        self._lock = threading.Condition()
        self._waiting: deque[Utterance] = deque(maxlen=MOST_WAITING)
        self._turn = 0  # counts what ended what was being said
        self._stopping = False
        self._said: SpeechState | None = None
        self._thread = threading.Thread(target=self._run, name="speech", daemon=True)

    def start(self) -> None:
        """Returns at once. The first event says whether there is an engine and a sound card."""
        self._thread.start()

    def stop(self) -> None:
        with self._lock:
            self._stopping = True
            self._turn += 1
            self._lock.notify()
        self._thread.join(STOP_SECONDS)

    def say(self, utterance: Utterance) -> None:
        with self._lock:
            if not utterance.waits:
                self._waiting.clear()
                self._turn += 1
            self._waiting.append(utterance)
            self._lock.notify()

    def hush(self) -> None:
        with self._lock:
            self._waiting.clear()
            self._turn += 1

    def _run(self) -> None:
        self._try()
        while True:
            with self._lock:
                if not self._waiting and not self._stopping:
                    self._lock.wait(None if self._said is SpeechState.READY else self._retry)
                if self._stopping:
                    return
                utterance = self._waiting.popleft() if self._waiting else None
                turn = self._turn
            if utterance is not None:
                self._utter(utterance, turn)
            elif self._said is not SpeechState.READY:
                self._try()

    def _try(self) -> None:
        """Whether the engine speaks both languages and the sound card takes sound: said aloud to nobody."""
        for piece in _TRIAL:
            made = self._engine.sound(piece, Hearing(), self._lives)
            if not isinstance(made, Ran):
                self._tell(SpeechState.NO_ENGINE, made)
                return
        played = self._player.play(bytes(len(tones.sound(Tone.KEY, Hearing()))), self._lives)
        self._tell(SpeechState.READY if isinstance(played, Ran) else SpeechState.NO_SOUND, played)

    def _utter(self, utterance: Utterance, turn: int) -> None:
        def wanted() -> bool:
            return self._turn == turn

        if utterance.tone is not None and not self._play(tones.sound(utterance.tone, utterance.hearing), wanted):
            return
        for piece in utterance.pieces:
            for sentence in sentences(piece):
                made = self._engine.sound(sentence, utterance.hearing, wanted)
                if isinstance(made, DidNotRun):
                    self._tell(SpeechState.NO_ENGINE, made)
                if not isinstance(made, Ran) or not self._play(made.output, wanted):
                    return

    def _play(self, sound: bytes, wanted: Callable[[], bool]) -> bool:
        played = self._player.play(sound, wanted)
        if not isinstance(played, Cut):
            self._tell(SpeechState.READY if isinstance(played, Ran) else SpeechState.NO_SOUND, played)
        return isinstance(played, Ran)

    def _lives(self) -> bool:
        return not self._stopping

    def _tell(self, state: SpeechState, ran: Run) -> None:
        if state is self._said or self._stopping:
            return
        self._said = state
        why = ran.why if isinstance(ran, DidNotRun) else ""
        log.info("speech %s %s", state.value, why)
        self._post(SpeechChanged(state, why))


def sentences(piece: Piece) -> Iterator[Piece]:
    """The same words in parts of at most ``SENTENCE`` characters, cut where one breathes if there is such a place."""
    part = ""
    for found in _ENDS.findall(piece.text):
        for at in range(0, len(found), SENTENCE):
            bit = found[at : at + SENTENCE]
            if len(part) + len(bit) > SENTENCE:
                yield Piece(piece.language, part)
                part = ""
            part += bit
    if part.strip():
        yield Piece(piece.language, part)
