"""A fixed number of LDAP helper processes, and a deadline for every answer that holds whatever the directory does."""

import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec

from kiosk.hub.campus.ldap_messages import (
    MAX_ANSWER,
    MAX_FRAME,
    Ask,
    Asked,
    Failed,
    Line,
    Reply,
    Search,
    Trouble,
)

#: A helper gets this much longer than what it was told before it is ended, seconds.
_GRACE = 0.25
#: Once a directory has not let the hub's own account in, it is not tried again for so long: a mistyped secret must not
#: lock the account, seconds.
SHUT_FOR = 30.0
#: A connection nobody has used for so long is not used again, seconds: servers and firewalls drop what is idle, and
#: some say nothing.
IDLE_FOR = 60.0
#: A killed process is gone by then, seconds.
_ENDS_WITHIN = 5.0
_COMMAND = (sys.executable, "-m", "kiosk.hub.campus.ldap_helper")


@dataclass
class _Running:
    """``proven``: it has answered over a connection of its own, so the way to its server was open; ``used_at``: when
    it did so last, by the pool's clock."""

    process: "subprocess.Popen[bytes]"
    server: int
    proven: bool = False
    used_at: float = 0.0


class LdapPool:
    """``lines``: the servers, the preferred one first; another one is taken where it cannot be reached.

    ``most``: processes and so connections at once; ``within``: seconds any answer takes at most. Threads may share it.
    """

    def __init__(
        self,
        lines: Sequence[Line],
        most: int,
        within: float,
        clock: Callable[[], float] = time.monotonic,
        command: Sequence[str] = _COMMAND,
    ) -> None:
        self._lines, self.within, self._clock, self._command = tuple(lines), within, clock, command
        self._slots = threading.BoundedSemaphore(most)
        self._lock = threading.Lock()
        self._idle: list[_Running] = []
        self._first = 0
        self._shut_until = clock()
        self._closed = False
        self._decode = msgspec.msgpack.Decoder(Reply).decode
        #: How often a helper was asked: a test holds that known and unknown people cost the same.
        self.asked = 0

    def ask(self, what: Ask) -> Reply:
        """Never raises and never takes longer than ``within``."""
        deadline = self._clock() + self.within
        try:
            msgspec.msgpack.encode(what)
        except UnicodeEncodeError:  # half a surrogate pair: nobody's name, number or password
            return Failed(Trouble.REFUSED, "not Unicode")
        if not self._slots.acquire(timeout=self.within):
            return Failed(Trouble.BUSY)
        try:
            return self._ask(what, deadline)
        finally:
            self._slots.release()

    def close(self) -> None:
        """Ends every helper; what is being asked is lost."""
        with self._lock:
            self._closed, idle = True, self._idle
            self._idle = []
        for helper in idle:
            _end(helper)

    def _ask(self, what: Ask, deadline: float) -> Reply:
        if self._clock() < self._shut_until:
            return Failed(Trouble.NOT_LET_IN, "the hub's account was refused a moment ago")
        reply: Reply = Failed(Trouble.DOWN)
        for tries_left in range(len(self._lines), 0, -1):
            left = deadline - self._clock()
            if left <= 0 or self._closed:
                return reply
            try:
                helper = self._take()
            except OSError as error:
                return Failed(Trouble.DOWN, type(error).__name__)
            reply = self._ask_one(helper, what, left if helper.proven else left / tries_left)
            if not isinstance(reply, Failed) or reply.why not in (Trouble.DOWN, Trouble.LOST):
                return reply
            self._turn_from(helper.server)
            if reply.why is Trouble.LOST and not isinstance(what, Search):
                return reply
        return reply

    def _ask_one(self, helper: _Running, what: Ask, within: float) -> Reply:
        with self._lock:
            self.asked += 1
        try:
            reply = self._exchange(helper, Asked(what, within), within + _GRACE)
        except (OSError, EOFError, msgspec.DecodeError):
            reply = None
        if reply is None:
            _end(helper)
            return Failed(Trouble.LOST, "no answer in time")
        if isinstance(reply, Failed) and reply.why in (Trouble.DOWN, Trouble.LOST, Trouble.NOT_LET_IN):
            _end(helper)
            if reply.why is Trouble.NOT_LET_IN:
                self._shut_until = self._clock() + SHUT_FOR
            return reply
        helper.proven, helper.used_at = True, self._clock()
        with self._lock:
            if not self._closed and helper.server == self._first:
                self._idle.append(helper)
                return reply
        _end(helper)
        return reply

    def _take(self) -> _Running:
        with self._lock:
            idle_since = self._clock() - IDLE_FOR
            rotten = [helper for helper in self._idle if helper.used_at <= idle_since]
            self._idle = [helper for helper in self._idle if helper.used_at > idle_since]
            taken = self._idle.pop() if self._idle else None
            server = self._first
        for helper in rotten:
            _end(helper)
        return taken or self._start(server)

    def _start(self, server: int) -> _Running:
        """Raises OSError."""
        process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            # Nothing of /etc/ldap/ldap.conf or ~/.ldaprc counts, whatever it says about certificates.
            env={**os.environ, "LDAPNOINIT": "1"},
        )
        helper = _Running(process, server)
        try:
            _send(helper, self._lines[server])
        except OSError:
            _end(helper)
            raise
        return helper

    def _turn_from(self, server: int) -> None:
        """Away from a server that does not answer; helpers at it are ended, so that a new one connects anew."""
        with self._lock:
            if self._first == server:
                self._first = (server + 1) % len(self._lines)
            gone = [helper for helper in self._idle if helper.server == server]
            self._idle = [helper for helper in self._idle if helper.server != server]
        for helper in gone:
            _end(helper)

    def _exchange(self, helper: _Running, asked: Asked, within: float) -> Reply | None:
        """``None`` where there is no answer in time. Raises OSError, EOFError."""
        deadline = self._clock() + within
        _send(helper, asked)
        head = self._read(helper, 4, deadline)
        if head is None:
            return None
        length = int.from_bytes(head, "big")
        if length > MAX_ANSWER:
            raise EOFError
        body = self._read(helper, length, deadline)
        return None if body is None else self._decode(body)

    def _read(self, helper: _Running, length: int, deadline: float) -> bytes | None:
        assert helper.process.stdout is not None
        out = helper.process.stdout.fileno()
        poll = select.poll()
        poll.register(out, select.POLLIN)
        read = bytearray()
        while len(read) < length:
            left = deadline - self._clock()
            if left <= 0 or not poll.poll(left * 1000):
                return None
            chunk = os.read(out, length - len(read))
            if not chunk:
                raise EOFError
            read += chunk
        return bytes(read)


def _send(helper: _Running, message: Line | Asked) -> None:
    body = msgspec.msgpack.encode(message)
    if len(body) > MAX_FRAME:
        raise OSError("too large a question")
    assert helper.process.stdin is not None
    os.write(helper.process.stdin.fileno(), len(body).to_bytes(4, "big") + body)


def _end(helper: _Running) -> None:
    process = helper.process
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
    process.wait(_ENDS_WITHIN)
