"""What became of a kiosk's memory: opened by the real boot code, checked row by row, and delivered to the end."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.offline import kiosk_key
from kiosk.offline.outbox_reading import Verification, listing, verify
from kiosk.sqlite import dbapi
from tests.crash.campus import Campus
from tests.crash.kiosk import Kiosk, OutOfOrder
from tests.crash.scenarios import IDENTITIES
from tests.crash.stage import Stage
from tests.crash.told import Aside, Line, Refused, Reply, Saved

#: Somebody reports this to the kiosk that came back.
AFTERWARDS = "afterwards"


@dataclass
class Damage:
    """``lost``: told "saved" and did not arrive. ``half``: rows or numbers that do not fit together. ``doubled``: one
    report or one number twice, or one that a person was told is not saved. ``unopenable``: no kiosk came back."""

    lost: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unopenable: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.lost or self.half or self.doubled or self.unopenable)

    def add(self, other: "Damage", where: str) -> None:
        for mine, theirs in zip(self._kinds(), other._kinds(), strict=True):
            mine += [f"{where}: {what}" for what in theirs]

    def _kinds(self) -> tuple[list[str], list[str], list[str], list[str]]:
        return self.lost, self.half, self.doubled, self.unopenable

    def __str__(self) -> str:
        lost, half, doubled, unopenable = map(len, self._kinds())
        return f"{lost} lost, {half} half, {doubled} doubled, {unopenable} unopenable"


@dataclass
class _Comeback:
    """The kiosk after its death."""

    stage: Stage
    campus: Campus
    said: list[Line]
    damage: Damage = field(default_factory=Damage)

    def judge(self, folder: Path) -> Damage:
        kiosk = Kiosk(folder, self.hear)
        try:
            kiosk.boot()
        except (OutOfOrder, OSError, dbapi.Error) as error:
            kiosk.leave()
            self.damage.unopenable.append(f"{type(error).__name__}: {error}")
            return self.damage
        try:
            self._rows(kiosk)
            self._small_files(kiosk)
            kiosk.more_numbers()
            kiosk.report(AFTERWARDS)
            kiosk.deliver()
            self._effects(kiosk)
        finally:
            kiosk.close()
        return self.damage

    def hear(self, said: Line) -> Reply | None:
        self.said.append(said)
        return self.campus.hear(said)

    def _rows(self, kiosk: Kiosk) -> None:
        key = kiosk_key.read(kiosk.places.key)
        assert key is not None
        found = verify(kiosk.places.database, key.public)
        problems = found.problems if isinstance(found, Verification) else [str(found)]
        self.damage.half += problems
        numbers, rows, expunged = kiosk.database.execute(
            "SELECT (SELECT coalesce(sum(next - first), 0) FROM number_block),"
            " (SELECT count(*) FROM outbox), (SELECT total FROM expunged)"
        ).fetchone()
        refused = sum(isinstance(said, Refused) for said in self.said) + self.stage.scenario.withdraws
        if not 0 <= numbers - rows - expunged <= refused:
            self.damage.half.append(f"{numbers} numbers used for {rows} rows, {expunged} expunged")

    def _small_files(self, kiosk: Kiosk) -> None:
        """The old one or the new one, whole."""
        identity = kiosk.places.identity
        if self.stage.folder.joinpath(identity.name).exists() and identity.read_bytes() not in IDENTITIES:
            self.damage.half.append(f"{identity.name}: {identity.read_bytes()!r}")

    def _effects(self, kiosk: Kiosk) -> None:
        arrived = [*self.stage.arrived, *self.campus.effects()]
        dead = {row["op_id"] for row in _listing(kiosk.places.database) if row["state"] == "dead"}
        aside = [said for said in self.said if isinstance(said, Aside)]
        if aside and not self.stage.scenario.sets_aside:
            self.damage.lost.append(f"kept aside without need: {aside}")
        if self.stage.scenario.sets_aside and not self._broken_is_kept(kiosk):
            self.damage.lost.append("the broken database is gone")
        for saved in (*self.stage.saved, *self.said):
            if not isinstance(saved, Saved):
                continue
            if saved.note in self.stage.scenario.refuses:
                if saved.op not in dead:
                    self.damage.lost.append(f"{saved.note} {saved.op}: refused, and staff cannot see it")
            elif (saved.note, saved.reference) not in arrived:
                self.damage.lost.append(f"{saved.note} {saved.op}")
        self.damage.doubled += _twice(note for note, _ in arrived)
        self.damage.doubled += _twice(reference for _, reference in arrived)
        if not any(isinstance(said, Saved) and said.note == AFTERWARDS for said in self.said):
            self.damage.lost.append("nothing can be saved any more")
        if kiosk.outbox.fill().unsettled:
            self.damage.lost.append("something stays in the queue")

    def _broken_is_kept(self, kiosk: Kiosk) -> bool:
        """Byte by byte, whatever the name."""
        found = kiosk.places.database
        broken = self.stage.folder.joinpath(found.name).read_bytes()
        return any(path.read_bytes() == broken for path in found.parent.glob(f"{found.name}.broken-*"))


def judge(folder: Path, stage: Stage, campus: Campus, said: Iterable[Line]) -> Damage:
    return _Comeback(stage, campus, list(said)).judge(folder)


def _listing(database: Path) -> list[dict[str, object]]:
    rows = listing(database)
    assert isinstance(rows, list), rows
    return rows


def _twice(words: Iterable[str]) -> list[str]:
    return [f"{word}: {times} times" for word, times in Counter(words).items() if times > 1]
