"""The process under test: loads the kiosk's memory once and forks a fresh kiosk for each order, so that thousands of
deaths cost seconds.

python -m tests.crash.driver NAME_OF_SOCKET; one order a line on its input, the child's end on its output.
"""

import ctypes
import gc
import os
import socket
import sys
import traceback
from pathlib import Path

import msgspec

from kiosk.sqlite import dbapi
from tests.crash import faults, told
from tests.crash.kiosk import Kiosk, OutOfOrder
from tests.crash.scenarios import ALL

_PR_SET_PTRACER, _ANYBODY = 0x59616D61, -1
#: Largest line of an answer, bytes.
_LINE = 65536


class Order(msgspec.Struct, frozen=True):
    scenario: str
    folder: str
    fault: str = ""


def serve(address: str) -> None:
    gc.freeze()
    for raw in sys.stdin:
        order = msgspec.json.decode(raw, type=Order)
        child = os.fork()
        if child == 0:
            os._exit(_live(order, address))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _live(order: Order, address: str) -> int:
    try:
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.connect(f"\0{address}")
        # Debian lets anybody of the same user trace, other systems only whom the process names.
        ctypes.CDLL(None).prctl(_PR_SET_PTRACER, ctypes.c_ulong(_ANYBODY), 0, 0, 0)
        line.send(b"%d\n" % os.getpid())
        line.recv(_LINE)

        def say(message: told.Line) -> told.Reply | None:
            line.send(told.encode(message))
            return told.reply(line.recv(_LINE)) if isinstance(message, told.Send | told.WantNumbers) else None

        kiosk = Kiosk(Path(order.folder), say)
        faults.plant(order.fault, kiosk)
        try:
            ALL[order.scenario].act(kiosk)
        except (OutOfOrder, OSError, dbapi.Error) as error:
            say(told.Closed(f"{type(error).__name__}: {error}"))
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    serve(*sys.argv[1:])
