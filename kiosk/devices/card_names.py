"""What a card is, by the names its makers sell it under: for whoever sets a campus up, nothing is decided by it."""

from kiosk.devices.apdu import Ask, Command, Response

_STORAGE = bytes.fromhex("3B8F8001804F0CA000000306")  # PC/SC part 3 v2.01 section 3.1.3.2.3.2: a card without files
_NAME_AT = slice(13, 15)
# PC/SC part 3 supplemental document, card names.
_STORAGE_NAMES = {
    0x0001: "MIFARE Classic 1K",
    0x0002: "MIFARE Classic 4K",
    0x0003: "MIFARE Ultralight",
    0x0026: "MIFARE Mini",
    0x0036: "MIFARE Plus SL1 2K",
    0x0037: "MIFARE Plus SL1 4K",
    0x0038: "MIFARE Plus SL2 2K",
    0x0039: "MIFARE Plus SL2 4K",
    0x003A: "MIFARE Ultralight C",
    0x003B: "FeliCa",
}
_GET_VERSION = Command(0x90, 0x60, 0x00, 0x00, expected=256)
_MORE = Command(0x90, 0xAF, 0x00, 0x00, expected=256)
_MORE_FRAMES, _DONE = 0x91AF, 0x9100
_FRAMES = 3  # hardware, software, production
_NXP = 0x04
_DESFIRE = 0x01
_GENERATIONS = {0x00: "DESFire D40", 0x01: "DESFire EV1", 0x12: "DESFire EV2", 0x33: "DESFire EV3"}


def name_of(atr: bytes, ask: Ask) -> str:
    """'' where neither the ATR nor the card itself tells."""
    if atr.startswith(_STORAGE):
        return _STORAGE_NAMES.get(int.from_bytes(atr[_NAME_AT]), "")
    return _version(ask)


def _version(ask: Ask) -> str:
    """DESFire's GetVersion, which every generation answers without a key."""
    frames: list[bytes] = []
    command = _GET_VERSION
    for _ in range(_FRAMES):
        answer = ask(command)
        if not isinstance(answer, Response) or answer.status not in (_MORE_FRAMES, _DONE):
            return ""
        frames.append(answer.data)
        command = _MORE
        if answer.status == _DONE:
            break
    hardware = frames[0]
    if len(frames) != _FRAMES or len(hardware) != 7 or hardware[1] != _DESFIRE:
        return ""
    generation = _GENERATIONS.get(hardware[3], f"DESFire {hardware[3]:02X}")
    size = 1 << (hardware[5] >> 1)
    maker = "" if hardware[0] == _NXP else " (not NXP)"
    return f"{generation} {size // 1024}K{maker}" if size >= 1024 else f"{generation}{maker}"
