"""Whether the directory that hub.toml names will serve a visitor: connection, certificate, rights and mapping.

Nothing is changed: what is tried for its right is refused for another reason.
"""

import re
import socket
from collections.abc import Generator, Iterator

from kiosk.hub.campus.active_directory import MAY_CHANGE, domain_of, policy_of_domain
from kiosk.hub.campus.certificate_check import Way, certificate
from kiosk.hub.campus.ldap_accounts import Policy, attributes_in
from kiosk.hub.campus.ldap_messages import (
    Ask,
    Change,
    Entry,
    Failed,
    Found,
    Line,
    Modify,
    Query,
    Search,
    Trouble,
)
from kiosk.hub.campus.ldap_pool import LdapPool
from kiosk.hub.campus.openldap import policy_of_overlay
from kiosk.hub.checked import Finding, Level, found
from kiosk.hub.directory_settings import DirectoryKind, DirectorySettings, Server

#: So many people are looked at, and at so many of them a reset that cannot succeed is tried.
_SAMPLE = 100
_TRIED = 5
#: An ExtendedRequest StartTLS as message 1, and how an answer begins that says success (RFC 4511, 4.12 and 4.14).
_START_TLS = bytes.fromhex("301d02010177188016") + b"1.3.6.1.4.1.1466.20037"
_SUCCESS = bytes.fromhex("0a0100")
#: An impossible password for unicodePwd: with the right to reset it is refused as no password, else for lack of right.
_NO_PASSWORD = b'"'
#: Values nobody has: with the right to delete them the answer is that there is none.
_NOBODYS = (
    Change("userPassword", "delete", (b"{none}kiosk-hub-check",)),
    Change("pwdAccountLockedTime", "delete", (b"19700101000000Z",)),
)
_POLICY_CONTROL = "1.3.6.1.4.1.42.2.27.8.5.1"


def check_directory(settings: DirectorySettings) -> Iterator[Finding]:
    """Nothing where the built-in directory is used."""
    if settings.kind is DirectoryKind.BUILTIN:
        return
    way: Line | None = None
    for server in settings.servers:
        trusted = yield from _certificate(server, settings)
        if not trusted:
            continue
        line = Line(server.url, server.start_tls, str(settings.ca), settings.user, settings.password.reveal())
        pool = LdapPool((line,), 1, settings.answer_within)
        reply = pool.ask(Search((Query("", ("supportedControl",)),)))
        pool.close()
        if isinstance(reply, Failed):
            refused = reply.why is Trouble.NOT_LET_IN
            words = "not_let_in" if refused else "no_answer"
            at = "password_file" if refused else "servers"
            yield found(Level.BAD, words, at, server=server.url, user=settings.user, why=reply.text)
            continue
        yield found(Level.GOOD, "let_in", server=server.url, user=settings.user)
        way = way or line
    if way is None:
        return
    pool = LdapPool((way,), 1, settings.answer_within)
    try:
        yield from _Inside(pool, settings).findings()
    finally:
        pool.close()


def _certificate(server: Server, settings: DirectorySettings) -> Generator[Finding, None, bool]:
    def start_tls(plain: socket.socket) -> Finding | None:
        plain.sendall(_START_TLS)
        begun = _SUCCESS in plain.recv(4096)
        return None if begun else found(Level.BAD, "no_start_tls", "servers", server=server.url)

    way = Way(server.host, server.port, settings.ca, "servers", "ca", {"server": server.url})
    return (yield from (certificate(way, start_tls) if server.start_tls else certificate(way)))


class _Inside:
    """What is looked at over a connection that works."""

    def __init__(self, pool: LdapPool, settings: DirectorySettings) -> None:
        self._pool, self._settings = pool, settings
        self._is_ad = settings.kind is DirectoryKind.ACTIVE_DIRECTORY

    def findings(self) -> Iterator[Finding]:
        settings = self._settings
        if not self._read(Query(settings.base, ("objectClass",))):
            yield found(Level.BAD, "no_base", "base", base=settings.base)
            return
        yield from self._attributes()
        people = self._people()
        if not people:
            yield found(Level.BAD, "nobody", "number", number=settings.number, login=settings.login)
            return
        example = people[0]
        yield found(
            Level.GOOD,
            "people",
            count=len(people),
            number=settings.number,
            login=settings.login,
            dn=_masked(example.dn),
        )
        yield from self._rights_ad(people) if self._is_ad else self._rights_openldap(people)
        yield from self._policy()

    def _attributes(self) -> Iterator[Finding]:
        """Each attribute of the mapping is one the directory knows: a misspelled one says nothing about anybody."""
        settings = self._settings
        root = self._read(Query("", ("subschemaSubentry",)))
        schema = root[0].first("subschemaSubentry") if root else ""
        types = self._read(Query(schema, ("attributeTypes",))) if schema else ()
        known = {name for entry in types for text in entry.values.get("attributetypes", ()) for name in _names(text)}
        if not known:
            yield found(Level.NOTE, "no_schema")
            return
        for key in ("number", "login", "card", "expires"):
            name = getattr(settings, key)
            if name and name.lower() not in known:
                yield found(Level.BAD, "no_attribute", key, attribute=name)
        for key in ("disabled", "protected", "never_activated"):
            for name in attributes_in(getattr(settings, key)):
                if name.lower() not in known:
                    yield found(Level.BAD, "no_attribute", key, attribute=name)

    def _people(self) -> tuple[Entry, ...]:
        settings = self._settings
        attributes: tuple[str, ...] = (settings.number, settings.login)
        attributes += (MAY_CHANGE, "adminCount") if self._is_ad else ("userPassword",)
        kind = (("objectCategory", "person"), ("objectClass", "user")) if self._is_ad else ()
        return self._read(
            Query(settings.base, attributes, kind, (settings.number, settings.login), below=True, most=_SAMPLE)
        )

    def _rights_openldap(self, people: tuple[Entry, ...]) -> Iterator[Finding]:
        settings = self._settings
        if any(entry.first("userPassword") for entry in people):
            yield found(Level.NOTE, "reads_passwords", user=settings.user)
        with_password = Query(settings.base, ("1.1",), (), (settings.number, "userPassword"), below=True, most=1)
        if not self._read(with_password):
            yield found(Level.BAD, "sees_no_password", "user", user=settings.user)
        for change, missing in zip(_NOBODYS, ("may_not_reset", "may_not_unlock"), strict=True):
            allowed = sum(self._may(Modify(entry.dn, (change,)), Trouble.NO_SUCH_ATTRIBUTE) for entry in people)
            yield self._right(missing, allowed, len(people))

    def _rights_ad(self, people: tuple[Entry, ...]) -> Iterator[Finding]:
        def may(entry: Entry, attribute: str) -> bool:
            return attribute.lower().encode() in {value.lower() for value in entry.values.get(MAY_CHANGE.lower(), ())}

        plain = tuple(entry for entry in people if entry.first("adminCount") in ("", "0"))
        if any(may(entry, "userAccountControl") for entry in plain):
            yield found(Level.NOTE, "may_too_much", user=self._settings.user)
        for attribute, missing in (("lockoutTime", "may_not_unlock"), ("pwdLastSet", "may_not_expire")):
            yield self._right(missing, sum(may(entry, attribute) for entry in people), len(people))
        no_password = (Change("unicodePwd", "replace", (_NO_PASSWORD,)),)
        tried = (tuple(entry for entry in people if may(entry, "lockoutTime")) or plain or people)[:_TRIED]
        resets = sum(self._may(Modify(entry.dn, no_password), Trouble.REFUSED) for entry in tried)
        yield self._right("may_not_reset", resets, len(tried))

    def _right(self, missing: str, allowed: int, count: int) -> Finding:
        if not allowed:
            return found(Level.BAD, missing, "user", user=self._settings.user, count=count)
        return found(Level.GOOD, missing.replace("may_not", "may"), allowed=allowed, count=count)

    def _policy(self) -> Iterator[Finding]:
        settings = self._settings
        if not self._is_ad:
            root = self._read(Query("", ("supportedControl",)))
            controls = root[0].values.get("supportedcontrol", ()) if root else ()
            if _POLICY_CONTROL.encode() not in controls:
                yield found(Level.NOTE, "no_overlay")
            if not settings.policy:
                yield found(Level.NOTE, "no_policy_named", "policy")
                return
        dn = domain_of(settings.base) if self._is_ad else settings.policy
        entries = self._read(Query(dn, ("*",)))
        if not entries:
            yield found(Level.BAD, "no_policy", "base" if self._is_ad else "policy", dn=dn)
            return
        policy = policy_of_domain(entries[0]) if self._is_ad else policy_of_overlay(entries[0])
        yield _said(policy)

    def _may(self, ask: Ask, means_yes: Trouble) -> bool:
        reply = self._pool.ask(ask)
        return isinstance(reply, Failed) and reply.why is means_yes

    def _read(self, query: Query) -> tuple[Entry, ...]:
        reply = self._pool.ask(Search((query,)))
        return reply.entries[0] if isinstance(reply, Found) else ()


def _said(policy: Policy) -> Finding:
    minutes = int(policy.lock.total_seconds() // 60) if policy.lock else 0
    words = "policy_no_lock" if not policy.locks else "policy" if minutes else "policy_for_good"
    return found(
        Level.GOOD,
        words,
        length=policy.min_length,
        history=policy.history,
        locks=policy.locks,
        span=f"{minutes} min",
    )


def _names(text: bytes) -> Iterator[str]:
    """The names in an attribute type's description (RFC 4512, 4.1.2), lower case."""
    after = text.decode("utf-8", "replace").partition(" NAME ")[2]
    listed = after.partition(")")[0] if after.startswith("(") else after.partition("' ")[0]
    return (name.strip("() '").lower() for name in listed.split("'") if name.strip("() "))


#: Between two parts of a DN; one within a name is escaped (RFC 4514, 2.4).
_COMMA = re.compile(r"(?<!\\),")


def _masked(dn: str) -> str:
    """Where people stand, without who: everything but the first part."""
    return ",".join(["…", *_COMMA.split(dn)[1:]])
