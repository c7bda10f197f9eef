"""SIGKILL on the way to other articles: while they come, are built and take their place, at every step of it."""

import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.counts import count

#: Kills at a step, spread over all of them; half as many again at a moment of their own.
KILLS = count(ci=40, full=6_000)
#: Articles of the old set.
ARTICLES = 8


def test_a_kiosk_killed_on_the_way_to_other_articles_has_the_old_ones_or_the_new_ones_whole(
    tmp_path: Path, say_figure: Callable[[str], None]
) -> None:
    seed = int(os.environ.get("KILL_SEED") or random.randrange(1_000_000))
    line = [sys.executable, "-m", "tests.offline.articles_drill", tmp_path, ARTICLES, KILLS, seed]
    run = subprocess.run(list(map(str, line)), capture_output=True, text=True, check=False)
    assert run.returncode == 0, (seed, run.stderr[-2000:])
    first, *lines = [json.loads(text) for text in run.stdout.splitlines()]
    whole = Counter(left["whole"] for left in lines)
    assert set(whole) <= {"old", "new"}, (seed, [left for left in lines if left["whole"] not in ("old", "new")][:3])
    killed = sum(left["ended"] == "killed" for left in lines)
    assert killed >= KILLS // 2, (seed, Counter(left["ended"] for left in lines))
    assert whole["old"], "killed before the swap"
    assert whole["new"], "killed after it"
    assert any(left["kept"] > 0 for left in lines if left["whole"] == "old"), "what had come was not asked for again"
    kept = sum(left["kept"] for left in lines if left["whole"] == "old")
    say_figure(
        f"kill test of the articles: {killed} kills over {first['steps']} steps, {whole['old']} whole old sets, "
        f"{whole['new']} whole new ones, none in between; {kept} "
        f"texts that had come were not asked for again, seed {seed}"
    )
