"""Sounds without words. Every one has a visible twin; the keys of a secret all sound alike."""

import math
import struct
from functools import cache

from kiosk.devices.espeak import AMPLITUDE, RATE
from kiosk.domain.speech import Hearing, Tone

#: Of each tone: frequency in hertz and length in seconds, one after the other.
_NOTES: dict[Tone, tuple[tuple[float, float], ...]] = {
    Tone.KEY: ((1100.0, 0.04),),
    Tone.DONE: ((660.0, 0.12), (990.0, 0.2)),
    Tone.WRONG: ((330.0, 0.16), (220.0, 0.24)),
}
#: Of the full range, at the middle loudness: about as loud as a voice.
_LEVEL = 0.18
#: Rise and fall of each note, seconds: without them it clicks.
_EDGE = 0.008


@cache
def sound(tone: Tone, hearing: Hearing) -> bytes:
    """PCM as espeak-ng's."""
    level = 32767 * _LEVEL * AMPLITUDE[hearing.loudness] / AMPLITUDE[0]
    samples: list[int] = []
    for frequency, seconds in _NOTES[tone]:
        count = int(seconds * RATE)
        edge = _EDGE * RATE
        samples += (
            int(level * min(1.0, at / edge, (count - at) / edge) * math.sin(2 * math.pi * frequency * at / RATE))
            for at in range(count)
        )
    return struct.pack(f"<{len(samples)}h", *samples)
