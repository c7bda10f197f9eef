import re

import pytest

from tests.repository.tree import ROOT

LOCKS = ("build", "run", "test")
PIN = re.compile(r"^([a-z0-9._-]+)==(\S+)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")


def lock(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")


def without_hash(text: str) -> list[str]:
    entries = re.split(r"(?m)^(?=[^\s#])", text)
    return [entry.split()[0] for entry in entries if entry[:1].strip("# ") and not HASH.search(entry)]


def hosts(text: str) -> list[str]:
    return re.findall(r"(?m)(?:\w+://\S+|^\s*-(?:i|f)\b.*|--(?:extra-)?index-url.*|--find-links.*)", text)


def contradictions(smaller: str, larger: str) -> set[tuple[str, str]]:
    """Pins of the smaller lock that the larger one pins otherwise."""
    pins = dict(PIN.findall(larger))
    return {(name, version) for name, version in PIN.findall(smaller) if pins.get(name, version) != version}


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_a_hash_and_no_lock_names_a_host(name: str) -> None:
    assert PIN.findall(lock(name))
    assert without_hash(lock(name)) == []
    assert hosts(lock(name)) == []


@pytest.mark.parametrize("name", ["build", "run"])
def test_one_environment_satisfies_all_locks(name: str) -> None:
    assert contradictions(lock(name), lock("test")) == set()


def test_whoever_may_test_may_also_run() -> None:
    assert dict(PIN.findall(lock("run"))).keys() <= dict(PIN.findall(lock("test"))).keys()


def test_the_guards_see_planted_violations() -> None:
    good = "a==1 \\\n    --hash=sha256:" + "0" * 64 + "\n    # via b\n"
    assert without_hash(good) == []
    assert without_hash(good + "b==2\n    # via c\n" + good) == ["b==2"]
    assert hosts(good) == []
    assert len(hosts(good + "--index-url x\nc @ https://host/c.whl\n-f ./here\n")) == 3
    assert contradictions("a==1\n", "a==2\n") == {("a", "1")}
