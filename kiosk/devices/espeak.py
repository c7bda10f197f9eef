"""espeak-ng: words in, sound out. And aplay, which needs no sound daemon: sound in, heard.

Sound is PCM: 22050 Hz, one channel, 16 bits, little-endian, as espeak-ng makes it.
"""

import struct
from collections.abc import Callable

from kiosk.devices.sound_program import DidNotRun, Ran, Run, run
from kiosk.domain.language import Language
from kiosk.domain.speech import Hearing, Piece

RATE = 22050
#: How long making the sound of one sentence may take, seconds: a tenth of a second is usual.
ENGINE_SECONDS = 10.0
#: How much longer than the sound itself playing it may take, seconds.
PLAYER_SECONDS = 5.0
VOICES = {Language.ZH: "cmn", Language.EN: "en-gb"}
#: Words a minute, by the step of speed; loudness 0 to 200, by the step of loudness.
WORDS_A_MINUTE = {-1: 130, 0: 165, 1: 220, 2: 290}
AMPLITUDE = {-2: 35, -1: 60, 0: 100, 1: 150, 2: 200}


class Espeak:
    """``program`` is looked for as the shell does."""

    def __init__(self, program: str = "espeak-ng", seconds: float = ENGINE_SECONDS) -> None:
        self._program, self._seconds = program, seconds

    def sound(self, piece: Piece, hearing: Hearing, wanted: Callable[[], bool]) -> Run:
        """``Ran`` with the piece's sound."""
        command = [
            self._program,
            *("-v", VOICES[piece.language]),
            *("-s", str(WORDS_A_MINUTE[hearing.speed])),
            *("-a", str(AMPLITUDE[hearing.loudness])),
            *("-b", "1", "--stdin", "--stdout"),
        ]
        ran = run(command, piece.text.encode(errors="replace"), self._seconds, wanted)
        if not isinstance(ran, Ran):
            return ran
        sound = pcm(ran.output)
        return Ran(sound) if sound else DidNotRun(f"{self._program}: no sound")


class Aplay:
    """``device`` is ALSA's name of the sound card's socket, such as ``default`` or ``plughw:1,0``."""

    def __init__(self, device: str, program: str = "aplay") -> None:
        self._device, self._program = device, program

    def play(self, sound: bytes, wanted: Callable[[], bool]) -> Run:
        command = [self._program, "-q", "-D", self._device, "-t", "raw", "-f", "S16_LE", "-r", str(RATE), "-c", "1"]
        return run(command, sound, len(sound) / (2 * RATE) + PLAYER_SECONDS, wanted)


def pcm(wav: bytes) -> bytes:
    """The samples of a WAV (RIFF), also one that is streamed, whose lengths nobody knew yet; empty where it is none."""
    if wav[:4] != b"RIFF" or wav[8:12] != b"WAVE":
        return b""
    at = 12
    while at + 8 <= len(wav):
        name, length = struct.unpack_from("<4sI", wav, at)
        if name == b"data":
            samples = wav[at + 8 : at + 8 + length]
            return samples[: len(samples) // 2 * 2]
        at += 8 + length + length % 2
    return b""
