"""One look at the card reader, beside whoever else uses it: whether the service and the reader are there."""

from kiosk.devices.pcsc import Pcsc, PcscError
from kiosk.domain.devices import ReaderChanged, ReaderState


def reader_state(part_of_name: str) -> ReaderChanged:
    """``part_of_name`` as for CardReader. No card is touched."""
    pcsc = Pcsc.open()
    if isinstance(pcsc, PcscError):
        return ReaderChanged(ReaderState.SERVICE_DOWN)
    try:
        names = pcsc.readers()
    finally:
        pcsc.close()
    if isinstance(names, PcscError):
        return ReaderChanged(ReaderState.SERVICE_DOWN)
    found = next((name for name in names if part_of_name.casefold() in name.casefold()), "")
    return ReaderChanged(ReaderState.READY if found else ReaderState.NO_READER, found or ", ".join(names))
