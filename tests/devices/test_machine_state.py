"""What the system's own files say becomes a reading: on machines of every kind, put together here."""

from pathlib import Path

import pytest

from kiosk.devices import machine_state
from kiosk.domain.health import Degraded, Down, Health, Reading, Ready, Subject, Why

TOUCH = """I: Bus=0003 Vendor=0eef Product=c000 Version=0111
N: Name="eGalaxTouch P80H60 v00"
B: PROP=2
B: EV=1b
B: ABS=2608000 3
"""
OLD_TOUCH = """I: Bus=0003
N: Name="Old panel"
B: PROP=0
B: ABS=260800000000003
"""
MOUSE = """I: Bus=0003
N: Name="USB Optical Mouse"
B: PROP=0
B: REL=903
"""
TOUCHPAD = """I: Bus=0018
N: Name="A touchpad"
B: PROP=5
B: ABS=2e0800000000003
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path


def put(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def health(reading: Reading | None) -> Health | None:
    return reading.health if reading else None


@pytest.mark.parametrize(
    ("available", "expected"),
    [
        (4_000_000, Ready()),
        (800_000, Ready()),
        (799_999, Degraded(Why.MEMORY_LOW)),
        (240_000, Degraded(Why.MEMORY_LOW)),
        (239_999, Down(Why.MEMORY_OUT)),
        (0, Down(Why.MEMORY_OUT)),
    ],
)
def test_memory_is_what_programs_can_still_have(root: Path, available: int, expected: Health) -> None:
    text = f"MemTotal:        8000000 kB\nMemFree: 1 kB\nMemAvailable:   {available} kB\nHugePages_Total: 0\n"
    assert health(machine_state.memory(put(root, {"proc/meminfo": text}))) == expected


def zone(name: str, now: str, critical: str = "") -> dict[str, str]:
    files = {f"sys/class/thermal/{name}/temp": now, f"sys/class/thermal/{name}/trip_point_0_type": "passive\n"}
    files[f"sys/class/thermal/{name}/trip_point_0_temp"] = "50000"
    if critical:
        files[f"sys/class/thermal/{name}/trip_point_1_type"] = "critical\n"
        files[f"sys/class/thermal/{name}/trip_point_1_temp"] = critical
    return files


@pytest.mark.parametrize(
    ("files", "expected", "measured"),
    [
        ({}, None, ""),
        (zone("thermal_zone0", "52000\n"), Ready(), "52 °C"),
        (zone("thermal_zone0", "86000"), Degraded(Why.HOT), "86 °C"),
        (zone("thermal_zone0", "96000"), Down(Why.TOO_HOT), "96 °C"),
        (zone("thermal_zone0", "86000", "110000"), Ready(), "86 °C"),
        (zone("thermal_zone0", "96000", "110000"), Degraded(Why.HOT), "96 °C"),
        (zone("thermal_zone0", "70000", "75000"), Down(Why.TOO_HOT), "70 °C"),
        ({**zone("thermal_zone0", "52000"), **zone("thermal_zone1", "61000")}, Ready(), "61 °C"),
        ({**zone("thermal_zone0", "86000"), **zone("thermal_zone1", "70000", "75000")}, Down(Why.TOO_HOT), "70 °C"),
        (zone("thermal_zone0", "-274000"), None, ""),
        (zone("thermal_zone0", "0"), None, ""),
        (zone("thermal_zone0", "N/A"), None, ""),
        ({"sys/class/hwmon/hwmon0/temp1_input": "48850"}, Ready(), "49 °C"),
        (
            {"sys/class/hwmon/hwmon0/temp1_input": "81000", "sys/class/hwmon/hwmon0/temp1_crit": "84800"},
            Down(Why.TOO_HOT),
            "81 °C",
        ),
    ],
)
def test_the_worst_sensor_decides_and_nonsense_is_no_temperature(
    root: Path, files: dict[str, str], expected: Health | None, measured: str
) -> None:
    reading = machine_state.temperature(put(root, files))
    assert health(reading) == expected
    assert (reading.measured if reading else "") == measured


def interface(root: Path, name: str, state: str, carrier: str = "", real: bool = True) -> None:
    put(root, {f"sys/class/net/{name}/operstate": f"{state}\n", f"sys/class/net/{name}/carrier": carrier})
    if real:
        put(root, {f"sys/class/net/{name}/device/vendor": "x"})


@pytest.mark.parametrize(
    ("interfaces", "host", "expected"),
    [
        ([], "hub.example.edu", Down(Why.NO_LINK)),
        ([], "127.0.0.1", Ready()),
        ([("eth0", "up", "1", True)], "hub.example.edu", Ready()),
        ([("eth0", "down", "0", True)], "hub.example.edu", Down(Why.NO_LINK)),
        ([("eth0", "down", "0", True), ("wlan0", "up", "1", True)], "hub.example.edu", Ready()),
        ([("eth0", "down", "0", True), ("docker0", "up", "1", False)], "hub.example.edu", Down(Why.NO_LINK)),
        ([("eth0", "up", "1", False)], "hub.example.edu", Ready()),
        ([("usb0", "unknown", "1", True)], "hub.example.edu", Ready()),
        ([("usb0", "unknown", "0", True)], "hub.example.edu", Down(Why.NO_LINK)),
    ],
)
def test_a_network_has_a_signal_on_a_real_plug(
    root: Path, interfaces: list[tuple[str, str, str, bool]], host: str, expected: Health
) -> None:
    interface(root, "lo", "unknown", "1", real=False)
    for name, state, carrier, real in interfaces:
        interface(root, name, state, carrier, real)
    assert machine_state.network(host, root).health == expected


@pytest.mark.parametrize(
    ("plugs", "expected"),
    [
        ({}, None),
        ({"card0-HDMI-A-1": "connected\n", "card0-DP-1": "disconnected\n"}, Ready()),
        ({"card0-HDMI-A-1": "disconnected\n"}, Down(Why.NO_SCREEN)),
    ],
)
def test_a_screen_is_plugged_in(root: Path, plugs: dict[str, str], expected: Health | None) -> None:
    put(root, {f"sys/class/drm/{name}/status": text for name, text in plugs.items()})
    put(root, {"sys/class/drm/version": "drm 1.1.0"})
    assert health(machine_state.screen(root)) == expected


@pytest.mark.parametrize(
    ("blocks", "expected", "found"),
    [
        ((), True, None),
        ((MOUSE, TOUCH), True, Ready()),
        ((MOUSE, OLD_TOUCH), True, Ready()),
        ((MOUSE, TOUCHPAD), True, Degraded(Why.NO_TOUCH)),
        ((MOUSE,), True, Degraded(Why.NO_TOUCH)),
        ((MOUSE,), False, None),
        ((TOUCH,), False, Ready()),
    ],
)
def test_a_touch_screen_is_told_from_mouse_and_touchpad(
    root: Path, blocks: tuple[str, ...], expected: bool, found: Health | None
) -> None:
    put(root, {"proc/bus/input/devices": "\n".join(blocks)})
    assert health(machine_state.touch(expected, root)) == found


def test_a_sound_card_that_only_listens_is_no_loudspeaker(root: Path) -> None:
    put(root, {"proc/asound/card0/id": "Webcam\n", "proc/asound/card0/pcm0c/info": "x", "proc/asound/cards": "x"})
    assert machine_state.speaker(root) is None
    put(root, {"proc/asound/card1/id": "Speaker\n", "proc/asound/card1/pcm0p/info": "x"})
    assert machine_state.speaker(root) == Reading(Subject.SPEAKER, Ready(), "Speaker")


def test_on_this_very_machine_every_look_comes_back() -> None:
    looks = (
        machine_state.memory(),
        machine_state.temperature(),
        machine_state.network("hub.example.edu"),
        machine_state.screen(),
        machine_state.touch(expected=True),
        machine_state.speaker(),
    )
    assert all(look is None or isinstance(look, Reading) for look in looks)
    assert isinstance(looks[0], Reading), "Linux tells its memory"
