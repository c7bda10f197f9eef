"""Cards without mutual authentication, as far as their standards say what they answer: for the fake and the virtual
reader alike. Each is a function from command to answer."""

from collections.abc import Callable, Mapping

from kiosk.devices.classic_card import first_block

Answer = Callable[[bytes], bytes | None]

CLASSIC_ATR = bytes.fromhex("3B8F8001804F0CA000000306030001000000006A")
ISO_ATR = bytes.fromhex("3B88800100000000338181003A")
OK, NOT_FOUND, REFUSED = b"\x90\x00", b"\x6a\x82", b"\x63\x00"
NOTHING_SELECTED, WRONG_OFFSET, END_OF_FILE = b"\x69\x86", b"\x6b\x00", b"\x62\x82"
UNKNOWN = b"\x6d\x00"


class ClassicCard:
    """A MIFARE Classic behind a reader with PC/SC part 3 commands. ``keys``: by sector and 60 or 61."""

    def __init__(self, uid: str, blocks: Mapping[int, bytes], keys: Mapping[tuple[int, int], bytes]) -> None:
        self.uid, self.blocks, self.keys = bytes.fromhex(uid), dict(blocks), dict(keys)
        self.loaded: dict[int, bytes] = {}
        self.open: int | None = None  # the sector

    def __call__(self, command: bytes) -> bytes:
        match tuple(command[:4]):
            case 0xFF, 0xCA, 0x00, 0x00:
                return self.uid + OK
            case 0xFF, 0x82, 0x00, slot if command[4] == 6:
                self.loaded[slot] = command[5:11]
                return OK
            case 0xFF, 0x86, 0x00, 0x00:
                block, kind, slot = command[7:10]
                sector = sector_of(block)
                right = self.loaded.get(slot) == self.keys.get((sector, kind), b"\xff" * 6)
                self.open = sector if right else None
                return OK if right else REFUSED
            case 0xFF, 0xB0, 0x00, block:
                if self.open != sector_of(block):
                    return REFUSED
                return self.blocks.get(block, bytes(16))[: command[4]] + OK
        return UNKNOWN


def sector_of(block: int) -> int:
    return max(sector for sector in range(40) if first_block(sector) <= block)


class IsoCard:
    """Applications with transparent files: ``{AID: {file id or short id: content}}``; ``b""`` is current at once."""

    def __init__(
        self, files: Mapping[bytes, Mapping[bytes | int, bytes]], uid: str = "08112233", le: int = 256
    ) -> None:
        self.files, self.uid, self.most = files, bytes.fromhex(uid), le
        self.application: Mapping[bytes | int, bytes] | None = None
        self.current: bytes | None = None

    def __call__(self, command: bytes) -> bytes:
        match tuple(command[:4]):
            case 0xFF, 0xCA, 0x00, 0x00:
                return self.uid + OK
            case 0x00, 0xA4, 0x04, 0x00:
                self.application = self.files.get(command[5 : 5 + command[4]])
                if self.application is None:
                    return NOT_FOUND
                self.current = self.application.get(b"")
                return b"\x6f\x00" + OK
            case 0x00, 0xA4, 0x00, 0x00:
                self.current = (self.application or {}).get(command[5 : 5 + command[4]])
                return OK if self.current is not None else NOT_FOUND
            case 0x00, 0xB0, high, low:
                if high & 0x80:
                    self.current, offset = (self.application or {}).get(high & 0x1F), low
                else:
                    offset = high << 8 | low
                return self._read(offset, command[4] or 256)
        return UNKNOWN

    def _read(self, offset: int, count: int) -> bytes:
        if self.current is None:
            return NOTHING_SELECTED
        if offset > len(self.current):
            return WRONG_OFFSET
        if count > self.most:
            return bytes([0x6C, self.most])
        part = self.current[offset : offset + count]
        return part + (OK if len(part) == count else END_OF_FILE)
