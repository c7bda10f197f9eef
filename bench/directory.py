"""A directory behind the port, beside the bare library against the same server: what finding and resetting cost more.

And what a number somebody has takes beside one nobody has, next to two random halves of those somebody has.
"""

import random
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bonsai import LDAPConnection

from bench.rows import Row, median_row, row
from kiosk.domain.accounts import AccountDone
from kiosk.hub.campus.ldap_directory import LdapDirectory
from kiosk.hub.campus.ldap_pool import LdapPool
from kiosk.hub.campus.openldap import OpenLdap as Dialect
from kiosk.hub.campus_systems import lines_of
from kiosk.hub.config import load
from kiosk.hub.ports import DirectoryAccount, Password
from tests.real.directory.hub_settings import openldap_table
from tests.real.directory.openldap import BASE, SERVICE, SERVICE_PASSWORD, OpenLdap, private_openldap

#: People looked for, each once known and as often an unknown one; and passwords set.
PEOPLE = 500
RESETS = 100
#: A run is the same each time.
_SEED = 2026
_ATTRIBUTES = ["uid", "pwdAccountLockedTime", "pwdChangedTime", "pwdReset", "pwdPolicySubentry", "pwdEndTime"]


def measure(people: int = 0, resets: int = 0) -> list[Row]:
    """Medians in milliseconds."""
    people, resets = people or PEOPLE, resets or RESETS
    with private_openldap() as server, TemporaryDirectory() as folder:
        numbers = [server.fresh_number() for _ in range(people)]
        names = {number: server.person(f"u{number}", number, "first-Stone-90") for number in numbers}
        settings = load(_file(server, Path(folder))).directory
        pool = LdapPool(lines_of(settings), settings.connections, settings.answer_within)
        directory = LdapDirectory(pool, Dialect(pool, settings), lambda: None)
        bare = server.connect(SERVICE, SERVICE_PASSWORD)
        try:
            return [
                *_finding(server, directory, bare, numbers),
                _resetting(server, directory, bare, names, resets),
            ]
        finally:
            directory.close()


def _file(server: OpenLdap, folder: Path) -> Path:
    file = folder / "hub.toml"
    file.write_text(openldap_table(server, folder), encoding="utf-8")
    return file


def _finding(server: OpenLdap, directory: LdapDirectory, bare: LDAPConnection, numbers: list[str]) -> list[Row]:
    chance = random.Random(_SEED)
    now = server.clock.now()

    def ours(number: str) -> bool:
        return isinstance(directory.find(number, now), DirectoryAccount)

    def theirs(number: str) -> bool:
        bare.search(BASE, 2, f"(&(employeeNumber={number})(userPassword=*))", ["1.1"])
        return bool(bare.search(BASE, 2, f"(employeeNumber={number})", _ATTRIBUTES))

    ours(numbers[0])  # connected, and the policy read
    questions = [(number, True) for number in numbers] + [(f"9{number[1:]}", False) for number in numbers]
    chance.shuffle(questions)
    known: list[float] = []
    unknown: list[float] = []
    anchors: list[float] = []
    for number, is_known in questions:
        (known if is_known else unknown).append(_timed(partial(ours, number), is_known))
        if is_known:
            anchors.append(_timed(partial(theirs, number), True))
    halves = list(known)
    chance.shuffle(halves)
    middle = len(halves) // 2
    apart = abs(statistics.median(known) - statistics.median(unknown))
    by_chance = abs(statistics.median(halves[:middle] or halves) - statistics.median(halves[middle:]))
    return [
        median_row("directory: find", known, anchors, "ms", "told"),
        row(
            "directory: known and unknown numbers, between medians",
            apart,
            by_chance,
            "ms",
            "<= 20 ms; beside: two halves of the known",
        ),
    ]


def _resetting(
    server: OpenLdap, directory: LdapDirectory, bare: LDAPConnection, names: dict[str, str], resets: int
) -> Row:
    now = server.clock.now()
    ours: list[float] = []
    anchors: list[float] = []
    for index, (number, dn) in enumerate(list(names.items())[:resets]):
        new = Password(f"river-Stone-{index}")

        def mine(number: str = number, new: Password = new) -> bool:
            return isinstance(directory.reset(f"u{number}", new, now), AccountDone)

        def theirs(dn: str = dn, index: int = index) -> bool:
            return bool(bare.modify_password(dn, f"maple-Cloud-{index}"))

        ours.append(_timed(mine, True))
        anchors.append(_timed(theirs, True))
    return median_row("directory: reset", ours, anchors, "ms", "told")


def _timed(call: Callable[[], bool], expected: bool) -> float:
    begun = time.perf_counter()
    answer = call()
    took = (time.perf_counter() - begun) * 1000
    assert answer is expected
    return took
