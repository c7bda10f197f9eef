"""The real engine and the real player: sound of plausible length in both languages, and text that is only text."""

import struct
from pathlib import Path

import pytest

from kiosk.devices.espeak import RATE, Aplay, Espeak
from kiosk.devices.sound_program import DidNotRun, Ran
from kiosk.devices.speech import SpeechThread, sentences
from kiosk.domain.language import Language
from kiosk.domain.speech import Hearing, Piece, SpeechChanged, SpeechState, Utterance
from kiosk.services.spoken import spoken
from tests.whole.waiting import until

ENGINE = Espeak()
MIDDLE = Hearing()
SENTENCES = {Language.ZH: "网络恢复了，可以继续办理。", Language.EN: "The network is back. You can carry on."}


def always() -> bool:
    return True


def sound(text: str, language: Language, hearing: Hearing = MIDDLE) -> bytes:
    ran = ENGINE.sound(Piece(language, text), hearing, always)
    assert isinstance(ran, Ran), ran
    return ran.output


def seconds(pcm: bytes) -> float:
    return len(pcm) / (2 * RATE)


def loudest(pcm: bytes) -> int:
    return max(abs(int(sample)) for sample in struct.unpack(f"<{len(pcm) // 2}h", pcm))


@pytest.mark.parametrize("language", Language)
def test_a_sentence_is_sound_of_a_sentences_length(language: Language) -> None:
    made = sound(SENTENCES[language], language)
    assert 1.0 < seconds(made) < 8.0
    assert loudest(made) > 2000
    twice = sound(SENTENCES[language] * 2, language)
    assert 1.6 < seconds(twice) / seconds(made) < 2.4


@pytest.mark.parametrize("language", Language)
def test_faster_is_shorter_and_louder_is_louder(language: Language) -> None:
    lengths = [seconds(sound(SENTENCES[language], language, Hearing(speed=step))) for step in (-1, 0, 1, 2)]
    assert lengths == sorted(lengths, reverse=True)
    levels = [loudest(sound(SENTENCES[language], language, Hearing(step))) for step in (-2, -1, 0)]
    assert levels == sorted(set(levels))


@pytest.mark.parametrize(
    "text",
    [
        "-f /etc/passwd",
        "--help",
        "-w FILE",
        "<speak><audio src='/etc/passwd'>x</audio></speak>",
        "[[h@'loU]] words",
        "\x01200S words",
    ],
)
def test_hostile_text_is_only_words(text: str, tmp_path: Path) -> None:
    """As long as its own letters take, not as long as the file's it names, and no file is written."""
    said = spoken(text.replace("FILE", str(tmp_path / "written.wav")), Language.EN)
    made = [ENGINE.sound(piece, Hearing(), always) for piece in said]
    assert all(isinstance(ran, Ran) for ran in made)
    assert sum(seconds(ran.output) for ran in made if isinstance(ran, Ran)) < 15.0
    assert list(tmp_path.iterdir()) == []


def test_ten_thousand_letters_are_made_part_by_part() -> None:
    said = spoken("a" * 10_000, Language.EN)
    first = next(part for piece in said for part in sentences(piece))
    assert isinstance(ENGINE.sound(first, Hearing(), always), Ran)


def test_the_player_needs_no_sound_daemon(tmp_path: Path) -> None:
    """ALSA's own file in the place of a card: what would be heard stands in it."""
    heard = tmp_path / "heard.raw"
    made = sound(SENTENCES[Language.EN], Language.EN)
    assert Aplay(f"file:FILE={heard},FORMAT=raw").play(made, always) == Ran(b"")
    assert heard.read_bytes().startswith(made[: len(made) // 2])


def test_without_a_sound_card_it_says_so_and_nothing_fails() -> None:
    assert isinstance(Aplay("plughw:31,7").play(bytes(200), always), DidNotRun)
    told: list[SpeechChanged] = []
    speech = SpeechThread(ENGINE, Aplay("plughw:31,7"), told.append)
    speech.start()
    try:
        until(lambda: told, "the state of speech")
        assert told[0].state is SpeechState.NO_SOUND
    finally:
        speech.stop()


def test_both_languages_are_played_in_their_order(tmp_path: Path) -> None:
    heard, told = tmp_path / "heard.raw", list[SpeechChanged]()
    speech = SpeechThread(ENGINE, Aplay(f"file:FILE={heard},FORMAT=raw"), told.append)
    speech.start()
    try:
        until(lambda: told, "the state of speech")
        assert told[0].state is SpeechState.READY
        speech.say(Utterance(spoken("连不上 Wi-Fi", Language.ZH)))
        last = sound("Wi-Fi", Language.EN)
        until(lambda: heard.exists() and heard.read_bytes()[: len(last)] == last, "the last piece")
    finally:
        speech.stop()
