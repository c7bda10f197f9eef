"""What the system says of this machine, from files anybody may read: nothing is started, asked or changed.

``root`` is ``/``; a test puts another machine there.
"""

from collections.abc import Iterator
from pathlib import Path

from kiosk.domain.health import Degraded, Down, Health, Level, Reading, Ready, Subject, Why, level

ROOT = Path("/")
#: Share of the memory still available below which others get slow, and below which programs are ended.
MEMORY_LOW, MEMORY_OUT = 0.10, 0.03
#: Without a limit of its own a part is hot from here, °C.
HOT, TOO_HOT = 85.0, 95.0
#: With one: so far below it, °C.
HOT_BEFORE, TOO_HOT_BEFORE = 15.0, 5.0
#: What a sensor says outside of these is no temperature, °C.
COLDEST, HOTTEST = 1.0, 150.0
#: Bits of /proc/bus/input/devices: PROP says that the finger is where the pointer is, ABS that several are known.
_POINTER, _DIRECT, _SEVERAL_FINGERS = 1 << 0, 1 << 1, 1 << 0x35
_LOCAL = ("localhost", "127.0.0.1", "::1")
_WORST = {level: place for place, level in enumerate(Level)}


def memory(root: Path = ROOT) -> Reading | None:
    figures = dict(line.split(":", 1) for line in _text(root / "proc/meminfo").splitlines() if ":" in line)
    total, available = (_kibibytes(figures.get(name, "")) for name in ("MemTotal", "MemAvailable"))
    if not total:
        return None
    share = available / total
    health: Health = Ready()
    if share < MEMORY_OUT:
        health = Down(Why.MEMORY_OUT)
    elif share < MEMORY_LOW:
        health = Degraded(Why.MEMORY_LOW)
    return Reading(Subject.MEMORY, health, f"{share:.0%}".replace("%", " %"))


def temperature(root: Path = ROOT) -> Reading | None:
    """The worst of all sensors, else the hottest; ``None`` where the system knows none."""
    found = [(_warmth(now, limit), now) for now, limit in _sensors(root)]
    if not found:
        return None
    health, now = max(found, key=lambda each: (_WORST[level(each[0])], each[1]))
    return Reading(Subject.TEMPERATURE, health, f"{now:.0f} °C")


def network(hub_host: str, root: Path = ROOT) -> Reading:
    """Whether any cable or radio has a signal. A hub on this very machine needs none."""
    folder = root / "sys/class/net"
    names = sorted(each.name for each in _listed(folder) if each.name != "lo")
    real = [name for name in names if (folder / name / "device").exists()]
    up = [name for name in real or names if _has_signal(folder / name)]
    if up or hub_host in _LOCAL:
        return Reading(Subject.NETWORK, Ready(), up[0] if up else hub_host)
    return Reading(Subject.NETWORK, Down(Why.NO_LINK), ", ".join(real or names))


def screen(root: Path = ROOT) -> Reading | None:
    """``None`` where the system has no list of plugs for screens."""
    plugs = [each for each in _listed(root / "sys/class/drm") if (each / "status").exists()]
    if not plugs:
        return None
    used = [plug.name.partition("-")[2] for plug in plugs if _text(plug / "status").strip() == "connected"]
    if used:
        return Reading(Subject.SCREEN, Ready(), ", ".join(sorted(used)))
    return Reading(Subject.SCREEN, Down(Why.NO_SCREEN))


def touch(expected: bool, root: Path = ROOT) -> Reading | None:
    """``expected``: without one nobody can use this kiosk; a kiosk in a window goes by the mouse."""
    listed = _text(root / "proc/bus/input/devices")
    if not listed:
        return None
    for block in listed.split("\n\n"):
        if _is_touch(block):
            return Reading(Subject.TOUCH, Ready(), _name(block))
    return Reading(Subject.TOUCH, Degraded(Why.NO_TOUCH)) if expected else None


def speaker(root: Path = ROOT) -> Reading | None:
    """A sound card that can play; most kiosks have none, and need none."""
    cards = [
        card
        for card in _listed(root / "proc/asound")
        if card.name.startswith("card") and card.is_dir() and any(each.name.endswith("p") for each in card.glob("pcm*"))
    ]
    if not cards:
        return None
    first = min(cards)
    return Reading(Subject.SPEAKER, Ready(), _text(first / "id").strip() or first.name)


def _warmth(now: float, limit: float | None) -> Health:
    hot = limit - HOT_BEFORE if limit else HOT
    too_hot = limit - TOO_HOT_BEFORE if limit else TOO_HOT
    if now >= too_hot:
        return Down(Why.TOO_HOT)
    return Degraded(Why.HOT) if now >= hot else Ready()


def _sensors(root: Path) -> Iterator[tuple[float, float | None]]:
    """Temperature and the critical limit, °C, of every sensor that says something sensible."""
    for zone in _listed(root / "sys/class/thermal"):
        now = _degrees(zone / "temp")
        limits = [
            _degrees(kind.with_name(kind.name.replace("_type", "_temp")))
            for kind in zone.glob("trip_point_*_type")
            if _text(kind).strip() == "critical"
        ]
        if now is not None:
            yield now, next((limit for limit in limits if limit), None)
    for chip in _listed(root / "sys/class/hwmon"):
        for file in chip.glob("temp*_input"):
            now = _degrees(file)
            if now is not None:
                yield now, _degrees(file.with_name(file.name.replace("_input", "_crit")))


def _degrees(file: Path) -> float | None:
    text = _text(file).strip()
    degrees = int(text) / 1000 if text.lstrip("-").isdigit() else 0.0
    return degrees if COLDEST <= degrees <= HOTTEST else None


def _has_signal(interface: Path) -> bool:
    state = _text(interface / "operstate").strip()
    return state == "up" or (state == "unknown" and _text(interface / "carrier").strip() == "1")


def _is_touch(block: str) -> bool:
    bits = {key: _bits(block, key) for key in ("PROP", "ABS")}
    direct = bool(bits["PROP"] & _DIRECT)
    return direct or bool(bits["ABS"] & _SEVERAL_FINGERS and not bits["PROP"] & _POINTER)


def _bits(block: str, key: str) -> int:
    """``B: ABS=260800000000003``: words of 64 bits in hex, the highest first."""
    for line in block.splitlines():
        if line.startswith(f"B: {key}="):
            words = line.partition("=")[2].split()
            return sum(int(word, 16) << 64 * place for place, word in enumerate(reversed(words)))
    return 0


def _name(block: str) -> str:
    name = next((line for line in block.splitlines() if line.startswith("N: Name=")), "")
    return name.partition('"')[2].rstrip('"')


def _kibibytes(text: str) -> int:
    number = text.strip().partition(" ")[0]
    return int(number) if number.isdigit() else 0


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _text(file: Path) -> str:
    """What a sensor that is asleep or a plug that is gone does not say is ''."""
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
