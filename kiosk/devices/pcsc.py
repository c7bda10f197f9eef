"""The only door to PC/SC: return codes of ``smartcard.scard`` become values here.

No caller may tell one error code from another except "this reader is gone": a card pulled in the middle of an
APDU shows up as success with no answer, as "not transacted" or as "removed", whichever the driver prefers.
"""

from dataclasses import dataclass, field

from smartcard import scard

_PLUG_AND_PLAY = "\\\\?PnP?\\Notification"  # pseudo reader: wakes the wait when a reader comes or goes
_READER_LOST = frozenset({scard.SCARD_E_UNKNOWN_READER, scard.SCARD_E_READER_UNAVAILABLE})
_PROTOCOLS = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1


@dataclass(frozen=True, slots=True)
class PcscError:
    """A PC/SC return code other than success, as an unsigned 32-bit number."""

    code: int

    @property
    def reader_lost(self) -> bool:
        return self.code in _READER_LOST

    def __str__(self) -> str:
        return f"0x{self.code:08X}"


@dataclass(frozen=True, slots=True)
class Sight:
    """What a reader shows. ``insertions`` counts cards coming and going, so two sights with the same card agree."""

    present: bool
    insertions: int
    state: int  # to be given to the next wait

    def same_card(self, other: "Sight") -> bool:
        return self.present and other.present and self.insertions == other.insertions


class Card:
    """A connection to the card in the field. ``transmit`` has no time-out in PC/SC: call it on an own thread."""

    def __init__(self, handle: object, protocol: int) -> None:
        self._handle = handle
        self._protocol = protocol

    def transmit(self, command: bytes) -> bytes | None:
        """The raw answer, possibly malformed; ``None`` for any PC/SC error."""
        code, answer = scard.SCardTransmit(self._handle, self._protocol, list(command))
        return bytes(answer) if code == scard.SCARD_S_SUCCESS else None

    def atr(self) -> bytes | None:
        """What the card said when it was powered up; ``None`` for any PC/SC error, and where no card is left."""
        code, _reader, _state, _protocol, atr = scard.SCardStatus(self._handle)
        return bytes(atr) or None if code == scard.SCARD_S_SUCCESS else None

    def close(self) -> None:
        """Let go of the card as it is. The result does not matter: it may be gone.

        What a profile has opened on it stays open until it is out of the field.
        """
        # A reset of a card that is just being taken away makes pcscd swallow its removal, and the next card's arrival.
        scard.SCardDisconnect(self._handle, scard.SCARD_LEAVE_CARD)


@dataclass(slots=True)
class Pcsc:
    """One PC/SC context. Every thread needs its own: the library locks a context for as long as a call lasts."""

    _context: object = field(repr=False)

    @staticmethod
    def open() -> "Pcsc | PcscError":
        code, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
        return Pcsc(context) if code == scard.SCARD_S_SUCCESS else _error(code)

    def readers(self) -> tuple[str, ...] | PcscError:
        """Names of the readers plugged in, in the service's order."""
        code, names = scard.SCardListReaders(self._context, [])
        if code == scard.SCARD_E_NO_READERS_AVAILABLE:
            return ()
        return tuple(names) if code == scard.SCARD_S_SUCCESS else _error(code)

    def look(self, reader: str) -> Sight | PcscError:
        """What the reader shows now."""
        code, states = scard.SCardGetStatusChange(self._context, 0, [(reader, scard.SCARD_STATE_UNAWARE)])
        return _sight(states[0][1]) if code == scard.SCARD_S_SUCCESS else _error(code)

    def wait(self, reader: str, known: Sight | None, seconds: float) -> Sight | PcscError | None:
        """Block until the reader shows something else than ``known`` or readers come and go.

        ``None`` after ``seconds`` or ``cancel``, and always when ``reader`` is empty (no reader yet).
        """
        asked = [(reader, known.state if known else scard.SCARD_STATE_UNAWARE)] if reader else []
        asked.append((_PLUG_AND_PLAY, scard.SCARD_STATE_UNAWARE))
        code, states = scard.SCardGetStatusChange(self._context, int(seconds * 1000), asked)
        if code in (scard.SCARD_E_TIMEOUT, scard.SCARD_E_CANCELLED):
            return None
        if code != scard.SCARD_S_SUCCESS:
            return _error(code)
        return _sight(states[0][1]) if reader else None

    def cancel(self) -> None:
        """Wake a ``wait`` of this context; the only call allowed from another thread."""
        scard.SCardCancel(self._context)

    def connect(self, reader: str) -> Card | PcscError:
        """Power the card up. Blocks as long as the card likes: call it on an own thread."""
        code, handle, protocol = scard.SCardConnect(self._context, reader, scard.SCARD_SHARE_SHARED, _PROTOCOLS)
        return Card(handle, protocol) if code == scard.SCARD_S_SUCCESS else _error(code)

    def close(self) -> None:
        """Give the context back. The result does not matter: the service may be dead."""
        scard.SCardReleaseContext(self._context)


def _error(code: int) -> PcscError:
    return PcscError(code & 0xFFFFFFFF)


def _sight(state: int) -> Sight | PcscError:
    if state & (scard.SCARD_STATE_UNKNOWN | scard.SCARD_STATE_UNAVAILABLE):
        return PcscError(scard.SCARD_E_READER_UNAVAILABLE)
    return Sight(bool(state & scard.SCARD_STATE_PRESENT), state >> 16, state & ~scard.SCARD_STATE_CHANGED)
