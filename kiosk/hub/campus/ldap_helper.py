"""One LDAP connection in a process of its own: ``python -m kiosk.hub.campus.ldap_helper``.

bonsai holds Python's lock while it connects, shakes hands and binds, and waits for a server that never answers a SYN
for as long as the kernel does (its issues 107 and 113). In the hub's own process one slow directory would stop every
request; here it stops this process, and the hub ends it when its time is over.
"""

import os
import re
import signal
import sys
from collections.abc import Callable
from typing import Any

import bonsai
import msgspec
from bonsai import LDAPDN, LDAPClient, LDAPConnection, LDAPEntry, LDAPModOp, errors

from kiosk.hub.campus.ldap_messages import (
    MAX_FRAME,
    Ask,
    Asked,
    Bind,
    Change,
    ChangePassword,
    Done,
    Entry,
    Failed,
    Found,
    Line,
    Modify,
    Query,
    Reply,
    Search,
    SetPassword,
    Trouble,
)

# Names are the server's and go back to it as they came. bonsai refuses some that are well formed (a "#" inside), and
# what it makes of r"\5C2C" is another name.
LDAPDN._dnregex = re.compile(".*", re.DOTALL)
LDAPDN._LDAPDN__sanitize = staticmethod(lambda name, _reverse=False: name)  # type: ignore[attr-defined]

_HOW = {"replace": LDAPModOp.REPLACE, "delete": LDAPModOp.DELETE, "add": LDAPModOp.ADD}
#: bonsai's exceptions, the narrower one first. The policy's own (draft-behera-ldap-password-policy) come from its
#: control, which says more than the result code.
_TROUBLES: tuple[tuple[type[errors.LDAPError], Trouble], ...] = (
    (errors.AccountLocked, Trouble.LOCKED),
    (errors.PasswordExpired, Trouble.EXPIRED_PASSWORD),
    (errors.ChangeAfterReset, Trouble.MUST_CHANGE),
    (errors.PasswordInHistory, Trouble.IN_HISTORY),
    (errors.PasswordTooShort, Trouble.TOO_SHORT),
    (errors.InsufficientPasswordQuality, Trouble.QUALITY),
    (errors.PasswordTooYoung, Trouble.TOO_YOUNG),
    (errors.PasswordModNotAllowed, Trouble.NOT_ALLOWED),
    (errors.MustSupplyOldPassword, Trouble.OLD_NEEDED),
    (errors.AuthenticationError, Trouble.WRONG_PASSWORD),
    (errors.InsufficientAccess, Trouble.RIGHTS),
    (errors.NoSuchObjectError, Trouble.MISSING),
    (errors.NoSuchAttribute, Trouble.NO_SUCH_ATTRIBUTE),
    (errors.ConnectionError, Trouble.LOST),
    (errors.ClosedConnection, Trouble.LOST),
    (errors.TimeoutError, Trouble.LOST),
)


class OneServer:
    """Holds the hub's own connection; it is made when it is first needed and again after it broke."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._client = self._client_of(line.user, line.password)
        self._own: LDAPConnection | None = None
        #: Attributes as servers write them; what is not named to bonsai it makes numbers of ("007" becomes 7).
        self._raw: set[str] = set()

    def answer(self, asked: Asked) -> Reply:
        fresh = self._own is None
        reply = self._try(asked)
        # A connection that stood idle may be gone; reading again changes nothing.
        if not fresh and isinstance(asked.what, Search) and isinstance(reply, Failed) and reply.why is Trouble.LOST:
            return self._try(asked)
        return reply

    def _try(self, asked: Asked) -> Reply:
        what = asked.what
        if isinstance(what, Bind | ChangePassword):
            return self._as_person(what, asked.within)
        if self._own is None:
            try:
                self._own = _open(self._client, asked.within)
            except errors.LDAPError as error:
                text = str(error)
                refused = isinstance(error, errors.AuthenticationError)
                return Failed(Trouble.NOT_LET_IN if refused else Trouble.DOWN, text, error.code)
        reply = _translated(lambda: self._do(what, asked.within))
        if isinstance(reply, Failed) and reply.why is Trouble.LOST:
            self._own = None
        return reply

    def _do(self, what: Ask, within: float) -> Reply:
        own = self._own
        assert own is not None
        match what:
            case Search(queries=queries):
                return Found(tuple(self._search(own, query, within) for query in queries))
            case Modify(dn=dn, changes=changes):
                _modify(own, dn, changes, within)
            case SetPassword(dn=dn, new=new):
                own.modify_password(dn, new, timeout=within)
            case _:
                raise TypeError(what)
        return Done()

    def _as_person(self, what: Bind | ChangePassword, within: float) -> Reply:
        dn, password = (what.user, what.password) if isinstance(what, Bind) else (what.dn, what.old)
        # A bind with an empty password is anonymous and succeeds (RFC 4513, 5.1.2); one with a NUL is cut there.
        if not dn or not password or "\0" in password + dn:
            return Failed(Trouble.WRONG_PASSWORD)
        try:
            theirs = _open(self._client_of(dn, password), within)
        except errors.LDAPError as error:
            failed = _failed(error)
            return msgspec.structs.replace(failed, why=Trouble.DOWN) if failed.why is Trouble.LOST else failed
        try:
            if isinstance(what, ChangePassword):
                old, new = what.old, what.new
                return _translated(lambda: _change_own(theirs, dn, old, new, within))
            return Done()
        finally:
            theirs.close()

    def _search(self, own: LDAPConnection, query: Query, within: float) -> tuple[Entry, ...]:
        scope = bonsai.LDAPSearchScope.SUBTREE if query.below else bonsai.LDAPSearchScope.BASE
        self._raw |= set(query.attributes)
        while True:
            self._client.set_raw_attributes(sorted(self._raw))
            wanted = (query.base, scope, filter_of(query), list(query.attributes), within)
            # The first page alone: asked for more than there may be, a directory answers with nothing but an error.
            pages = own.paged_search(*wanted, page_size=query.most) if query.most else own.search(*wanted)
            found = list(pages)
            names = {name for entry in found for name in entry if name != "dn"}
            if names <= self._raw:
                return tuple(map(_entry, found))
            self._raw |= names

    def _client_of(self, user: str, password: str) -> LDAPClient:
        line = self._line
        client = LDAPClient(line.url, line.start_tls)
        client.set_ca_cert(line.ca)
        client.set_cert_policy("demand")
        client.set_credentials("SIMPLE", user=user, password=password)
        client.set_password_policy(True)
        client.set_auto_page_acquire(False)
        client.set_server_chase_referrals(False)
        client.set_ignore_referrals(True)
        return client


def _open(client: LDAPClient, within: float) -> LDAPConnection:
    opened = client.connect(timeout=within)
    # With the policy's control asked for, it is a pair.
    return opened[0] if isinstance(opened, tuple) else opened


def _change_own(theirs: LDAPConnection, dn: str, old: str, new: str, within: float) -> Reply:
    theirs.modify_password(dn, new, old, timeout=within)
    return Done()


def _entry(entry: LDAPEntry) -> Entry:
    values = {name.lower(): tuple(entry[name]) for name in entry if name != "dn"}
    return Entry(str(entry.dn), values)


def filter_of(query: Query) -> str:
    """RFC 4515. Whatever is not a letter or digit of ASCII is written as its bytes, so no value ends its place."""
    terms = [f"({name}={_escaped(value)})" for name, value in query.equal] + [f"({name}=*)" for name in query.present]
    return f"(&{''.join(terms)})" if terms else "(objectClass=*)"


def _escaped(value: str) -> str:
    return "".join(chr(byte) if chr(byte).isalnum() and byte < 0x80 else f"\\{byte:02x}" for byte in value.encode())


def _modify(own: LDAPConnection, dn: str, changes: tuple[Change, ...], within: float) -> None:
    entry = LDAPEntry(dn, own)
    for change in changes:
        values: tuple[Any, ...] = change.values  # bonsai's annotation says tuples
        entry.change_attribute(change.attribute, _HOW[change.how], *values)
    entry.modify(timeout=within)


def _translated(call: Callable[[], Reply]) -> Reply:
    try:
        return call()
    except errors.LDAPError as error:
        return _failed(error)


def _failed(error: errors.LDAPError) -> Failed:
    for kind, why in _TROUBLES:
        if isinstance(error, kind):
            return Failed(why, str(error), error.code)
    return Failed(Trouble.REFUSED, str(error), error.code)


def _read(source: int, length: int) -> bytes:
    """Raises EOFError where the hub is gone."""
    read = bytearray()
    while len(read) < length:
        chunk = os.read(source, length - len(read))
        if not chunk:
            raise EOFError
        read += chunk
    return bytes(read)


def _frame(source: int) -> bytes:
    length = int.from_bytes(_read(source, 4), "big")
    if length > MAX_FRAME:
        raise ValueError(length)
    return _read(source, length)


def main() -> None:
    """Answers one question after the other until the hub closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C at the hub: it ends us itself
    source, out = sys.stdin.fileno(), sys.stdout.fileno()
    decode = msgspec.msgpack.Decoder(Asked).decode
    try:
        server = OneServer(msgspec.msgpack.decode(_frame(source), type=Line))
        while True:
            reply = msgspec.msgpack.encode(server.answer(decode(_frame(source))))
            os.write(out, len(reply).to_bytes(4, "big") + reply)
    except (EOFError, BrokenPipeError):
        return


if __name__ == "__main__":
    main()
