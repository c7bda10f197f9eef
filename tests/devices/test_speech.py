"""Speech without a sound card: its turn, its end, and what is said about an engine or a card that is not there."""

import os
import queue
import stat
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.devices import headphone_jack, tones
from kiosk.devices.espeak import RATE, Aplay, Espeak, pcm
from kiosk.devices.sound_program import Cut, DidNotRun, Ran, Run, run
from kiosk.devices.speech import SENTENCE, SpeechThread, sentences
from kiosk.domain.language import Language
from kiosk.domain.speech import LOUDNESS, SPEED, HeadphonesChanged, Hearing, Piece, SpeechState, Tone, Utterance
from tests.patience import PATIENCE

HELLO = Piece(Language.EN, "Hello.")


def program(folder: Path, source: str) -> str:
    """A program of ours in the place of the engine or the player."""
    file = folder / f"program{len(list(folder.iterdir()))}"
    file.write_text(f"#!{sys.executable}\nimport os, sys, time\n{source}\n", encoding="utf-8")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return str(file)


def always() -> bool:
    return True


# -- one program ----------------------------------------------------------------------------------------------------
def test_a_program_gets_what_is_said_by_its_pipe_and_never_as_an_argument(tmp_path: Path) -> None:
    echo = program(tmp_path, "sys.stdout.write('RIFF....WAVE' + repr(sys.argv[1:]) + sys.stdin.read())")
    ran = run([echo, "-q"], b"-f /etc/passwd", PATIENCE, always)
    assert ran == Ran(b"RIFF....WAVE['-q']-f /etc/passwd")


def test_a_stuck_program_is_killed_by_its_deadline_and_leaves_nothing(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    stuck = program(tmp_path, f"open({str(pid)!r}, 'w').write(str(os.getpid()))\ntime.sleep(3600)")
    end = time.monotonic() + PATIENCE
    ran: Run = DidNotRun("")
    while not pid.exists() and time.monotonic() < end:  # it must have been running, not starting
        ran = run([stuck], b"words", 1.0, always)
    assert isinstance(ran, DidNotRun)
    assert "no end" in ran.why
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)


def test_a_program_that_fails_or_is_not_there_is_a_value(tmp_path: Path) -> None:
    assert run([program(tmp_path, "sys.exit(3)")], b"", PATIENCE, always) == DidNotRun(
        f"{tmp_path}/program0: exit status 3"
    )
    assert isinstance(run([str(tmp_path / "nowhere")], b"", PATIENCE, always), DidNotRun)


def test_nobody_listens_any_more_and_the_program_is_killed(tmp_path: Path) -> None:
    asked: list[None] = []

    def wanted() -> bool:
        asked.append(None)
        return len(asked) < 3

    assert run([program(tmp_path, "time.sleep(3600)")], b"", PATIENCE, wanted) == Cut()


def test_a_program_without_end_of_sound_is_stopped(tmp_path: Path) -> None:
    flood = program(tmp_path, "while True: os.write(1, bytes(1 << 20))")
    ran = run([flood], b"", PATIENCE, always)
    assert isinstance(ran, DidNotRun)
    assert "too much" in ran.why


# -- engine and player ----------------------------------------------------------------------------------------------
def test_a_stuck_engine_is_no_engine(tmp_path: Path) -> None:
    engine = Espeak(program(tmp_path, "time.sleep(3600)"), seconds=0.3)
    assert isinstance(engine.sound(HELLO, Hearing(), always), DidNotRun)


@pytest.mark.parametrize("wav", [b"", b"RIFF", b"no sound at all", b"RIFF\0\0\0\0WAVEfmt \xff\xff\xff\x7f"])
def test_what_is_no_sound_is_none(wav: bytes) -> None:
    assert pcm(wav) == b""


def test_a_streamed_wav_is_read_to_its_end() -> None:
    head = b"RIFF\xff\xff\xff\x7fWAVEfmt \x10\0\0\0" + bytes(16) + b"data\xff\xff\xff\x7f"
    assert pcm(head + b"\1\2\3\4\5") == b"\1\2\3\4"


def test_a_sentence_is_cut_where_one_breathes_and_nothing_is_lost() -> None:
    long = "网络不通。" * 100 + "a" * 10_000
    parts = [part.text for part in sentences(Piece(Language.ZH, long))]
    assert "".join(parts) == long
    assert max(map(len, parts)) <= SENTENCE
    assert all(part.endswith("。") for part in parts[:2])


def test_tones_differ_and_get_louder() -> None:
    middle = {tone: tones.sound(tone, Hearing()) for tone in Tone}
    assert len(set(middle.values())) == len(Tone)
    loud = [max(memoryview(tones.sound(Tone.KEY, Hearing(step))).cast("h")) for step in LOUDNESS]
    assert loud == sorted(set(loud))


def test_speeds_go_round_and_end_in_silence() -> None:
    hearing, seen = Hearing(), [0]
    while (hearing_next := hearing.faster()) is not None:
        hearing = hearing_next
        seen.append(hearing.speed)
    assert sorted(seen) == sorted(SPEED)


# -- the thread -----------------------------------------------------------------------------------------------------
class Mouth:
    """Engine and player at once; ``hold`` keeps it playing until it is cut."""

    def __init__(self, engine: bool = True, card: bool = True) -> None:
        self.engine, self.card, self.hold = engine, card, False
        self.played: list[bytes] = []
        self.cut = threading.Event()
        self.playing = threading.Event()

    def sound(self, piece: Piece, hearing: Hearing, wanted: Callable[[], bool]) -> Run:  # noqa: ARG002
        return Ran(piece.text.encode()) if self.engine else DidNotRun("no such program")

    def play(self, sound: bytes, wanted: Callable[[], bool]) -> Run:
        if not self.card:
            return DidNotRun("no such card")
        self.played.append(sound)
        if self.hold and sound.strip(b"\0"):
            self.playing.set()
            while wanted():
                time.sleep(0.002)
            self.cut.set()
            return Cut()
        return Ran(b"")

    def said(self) -> list[str]:
        return [sound.decode() for sound in self.played if sound.strip(b"\0")]


@pytest.fixture
def mouth() -> Mouth:
    return Mouth()


@pytest.fixture
def changes() -> "queue.Queue[SpeechState]":
    return queue.Queue()


@pytest.fixture
def speech(mouth: Mouth, changes: "queue.Queue[SpeechState]") -> Iterator[SpeechThread]:
    made = SpeechThread(mouth, mouth, lambda changed: changes.put(changed.state), retry=0.05)
    yield made
    made.stop()


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)


def utterance(*texts: str, waits: bool = False) -> Utterance:
    return Utterance(tuple(Piece(Language.EN, text) for text in texts), waits=waits)


def test_what_waits_is_said_after_and_everything_else_at_once(
    speech: SpeechThread, mouth: Mouth, changes: "queue.Queue[SpeechState]"
) -> None:
    speech.start()
    assert changes.get(timeout=PATIENCE) is SpeechState.READY
    speech.say(utterance("one", "two"))
    speech.say(utterance("three", waits=True))
    until(lambda: mouth.said()[-1:] == ["three"])
    mouth.hold = True
    speech.say(utterance("a page", "that is long"))
    assert mouth.playing.wait(PATIENCE)
    mouth.hold = False
    speech.say(utterance("where one is now"))
    assert mouth.cut.wait(PATIENCE)
    until(lambda: mouth.said()[-1:] == ["where one is now"])
    assert "that is long" not in mouth.said()


def test_hushed_it_says_nothing_more(speech: SpeechThread, mouth: Mouth) -> None:
    speech.start()
    mouth.hold = True
    speech.say(utterance("about a person", "still about a person"))
    assert mouth.playing.wait(PATIENCE)
    speech.hush()
    assert mouth.cut.wait(PATIENCE)
    mouth.hold = False
    speech.say(utterance("the next one"))
    until(lambda: mouth.said()[-1:] == ["the next one"])
    assert "still about a person" not in mouth.said()


@pytest.mark.parametrize(
    ("engine", "card", "state"),
    [(False, True, SpeechState.NO_ENGINE), (True, False, SpeechState.NO_SOUND), (False, False, SpeechState.NO_ENGINE)],
)
def test_what_is_not_there_is_said_once_and_found_when_it_comes(
    speech: SpeechThread,
    mouth: Mouth,
    changes: "queue.Queue[SpeechState]",
    engine: bool,
    card: bool,
    state: SpeechState,
) -> None:
    mouth.engine, mouth.card = engine, card
    speech.start()
    assert changes.get(timeout=PATIENCE) is state
    speech.say(utterance("nobody hears"))
    mouth.engine = mouth.card = True
    assert changes.get(timeout=PATIENCE) is SpeechState.READY
    assert changes.empty()


def test_a_card_pulled_out_while_it_speaks_is_told(
    speech: SpeechThread, mouth: Mouth, changes: "queue.Queue[SpeechState]"
) -> None:
    speech.start()
    assert changes.get(timeout=PATIENCE) is SpeechState.READY
    mouth.card = False
    speech.say(utterance("words"))
    assert changes.get(timeout=PATIENCE) is SpeechState.NO_SOUND


def test_a_player_is_given_alsas_name_and_the_sound(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    tell = f"open({str(out / 'said')!r}, 'wb').write(' '.join(sys.argv[1:]).encode() + sys.stdin.buffer.read())"
    assert Aplay("plughw:1,0", program(tmp_path, tell)).play(b"\1\2", always) == Ran(b"")
    assert (out / "said").read_bytes() == f"-q -D plughw:1,0 -t raw -f S16_LE -r {RATE} -c 1".encode() + b"\1\2"


# -- the socket of the headphones -----------------------------------------------------------------------------------
def test_headphones_are_told_as_they_are_plugged_in_and_pulled_out(tmp_path: Path) -> None:
    """A pipe in the place of the device: the same records, made by us."""
    path, told = tmp_path / "event7", queue.Queue[bool]()
    os.mkfifo(path)
    now = [True]

    def heard(changed: HeadphonesChanged) -> None:
        told.put(changed.plugged)

    jack = headphone_jack.HeadphoneJack(path, heard, now=lambda _: now[0], retry=0.02)
    jack.start()
    try:
        assert told.get(timeout=PATIENCE) is True  # as it was when the kiosk started
        with path.open("wb", buffering=0) as device:
            for kind, code, value in ((0x05, 0x04, 1), (0x05, 0x02, 0), (0, 0, 0), (0x05, 0x02, 1)):
                device.write(headphone_jack.EVENT.pack(0, 0, kind, code, value))
            assert [told.get(timeout=PATIENCE) for _ in range(2)] == [False, True]
            now[0] = False
        path.unlink()  # the cable of the whole sound card
        assert told.get(timeout=PATIENCE) is False
    finally:
        jack.stop()


def test_a_socket_that_is_missing_is_written_into_the_log_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path, looked = tmp_path / "event7", list[int]()
    path.touch()

    def no_switch(device: int) -> bool:
        looked.append(device)
        raise OSError

    jack = headphone_jack.HeadphoneJack(path, lambda _: None, now=no_switch, retry=0.01)
    with caplog.at_level("INFO", headphone_jack.log.name):
        jack.start()
        until(lambda: len(looked) > 3)
        jack.stop()
    assert len(caplog.records) == 1


def test_without_a_socket_no_headphones_are_in(tmp_path: Path) -> None:
    told: list[HeadphonesChanged] = []
    jack = headphone_jack.HeadphoneJack(tmp_path / "none", told.append, retry=0.01)
    jack.start()
    jack.stop()
    assert told == []
