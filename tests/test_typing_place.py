"""What a visitor typed is gone with the kiosk, however that ended."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from kiosk.typing_place import make_typing_place

TYPES = """
import sys, time
from pathlib import Path
from kiosk.typing_place import make_typing_place
(make_typing_place(Path(sys.argv[1])) / "learned.dat").write_text("what somebody typed")
print("typed", flush=True)
time.sleep(600)
"""


def test_what_a_killed_kiosk_left_is_gone_once_the_next_one_starts(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", TYPES, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    with process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "typed\n"
            beside = make_typing_place(tmp_path)
            assert len(list(tmp_path.rglob("learned.dat"))) == 1, "of a kiosk that runs nothing is taken"
        finally:
            process.send_signal(signal.SIGKILL)
    mine = make_typing_place(tmp_path)
    assert list(tmp_path.rglob("learned.dat")) == []
    assert set(tmp_path.iterdir()) == {beside, mine}


def test_nothing_but_such_a_folder_is_taken_and_no_link_is_followed(tmp_path: Path) -> None:
    place, kept = tmp_path / "memory", tmp_path / "kept"
    place.mkdir()
    kept.mkdir()
    (kept / "file").touch()
    names = ("kiosk-typing", "kiosk-typing-notes", "kiosk-typing-0x1-0123456789abcdef", "other")
    for name in names:
        (place / name).mkdir()
    nobody = 2**22 + 1  # above the largest process id of Linux
    (place / f"kiosk-typing-{nobody}-0123456789abcdef").symlink_to(kept)
    made = make_typing_place(place)
    assert made.stat().st_mode & 0o777 == 0o700
    assert os.listdir(made) == []
    assert [name for name in names if not (place / name).is_dir()] == []
    assert (kept / "file").exists()


def test_without_such_a_place_it_is_a_folder_all_the_same(tmp_path: Path) -> None:
    made = make_typing_place(tmp_path / "none")
    assert made.is_dir()
    made.rmdir()
