"""Setting up: the right packages, no daemon started, nothing left behind, nothing done twice."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from setup import environment, packages, system
from setup.trouble import Trouble
from tests.repository.tree import ROOT


def script(path: Path, text: str) -> Path:
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="ascii")
    path.chmod(0o755)
    return path


def test_the_lists_hold_packages_and_share_none() -> None:
    run, both = (packages.wanted_by(system.LISTS[purpose]) for purpose in ("run", "test"))
    names = [name for choice in both for name in choice]
    assert len(run) < len(both)
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9+.-]+", name) for name in names)


def test_a_list_is_read_without_its_comments() -> None:
    assert packages.wanted("# why\n\nswig # here\na | b\n") == [("swig",), ("a", "b")]


def test_either_name_of_a_renamed_package_counts_as_installed() -> None:
    assert packages.missing([("a", "b"), ("c",)], frozenset({"b"})) == [("c",)]


def test_the_first_name_this_release_has_is_installed() -> None:
    assert packages.to_install([("new", "old"), ("c",)], frozenset({"old", "c"})) == ["old", "c"]
    assert packages.to_install([("new", "old")], frozenset()) == ["new"]


@pytest.mark.parametrize("fails", [False, True])
def test_daemons_are_forbidden_to_start_only_while_installing(fails: bool, tmp_path: Path) -> None:
    policy = tmp_path / "policy-rc.d"
    script(
        tmp_path / "apt-get",
        f'cat "$POLICY_RC_D" >{tmp_path}/seen; "$POLICY_RC_D"; echo $? >{tmp_path}/answer; exit {int(fails)}',
    )
    done = install(policy, tmp_path)
    assert (done.returncode != 0) == fails
    assert (tmp_path / "answer").read_text().strip() == "101"
    assert not policy.exists()


def test_a_policy_that_was_there_stays(tmp_path: Path) -> None:
    policy = script(tmp_path / "policy-rc.d", "exit 0")
    script(tmp_path / "apt-get", "exit 0")
    done = install(policy, tmp_path)
    assert policy.read_text() == "#!/bin/sh\nexit 0\n"
    assert "may start" in done.stderr


def install(policy: Path, tools: Path) -> subprocess.CompletedProcess[str]:
    environ = os.environ | {"POLICY_RC_D": str(policy), "PATH": f"{tools}:/usr/bin:/bin"}
    command = ["sh", str(ROOT / "setup" / "install.sh"), "pcscd"]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False)


def choose(tools: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    command = ["/bin/sh", str(ROOT / "setup" / "python.sh")]
    return subprocess.run(command, env={"PATH": str(tools)} | environ, capture_output=True, text=True, check=False)


def test_the_first_python_that_runs_and_fits_is_taken(tmp_path: Path) -> None:
    script(tmp_path / "python3", 'echo ""')  # runs, but does not fit
    script(tmp_path / "python3.13", "exit 127")  # a stand-in that does not run
    script(tmp_path / "python3.12", "echo /twelve")
    assert choose(tmp_path).stdout == "/twelve\n"
    assert choose(tmp_path, PYTHON=sys.executable).stdout.strip() == sys.executable


def test_without_a_python_that_fits_it_says_so(tmp_path: Path) -> None:
    done = choose(tmp_path)
    assert done.returncode == 1
    assert "3.11" in done.stderr


def test_without_root_and_sudo_it_says_what_an_administrator_has_to_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for tool in ("dpkg-query", "apt-get", "apt-cache"):
        script(tmp_path / tool, "exit 1")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(Trouble, match=r"neither root nor sudo.*\n  apt-get install .*libpcsclite-dev"):
        system.prepare("run")


def test_a_ready_environment_is_left_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    script(tmp_path / "bin" / "python", f'echo "$@" >>{tmp_path}/calls; exit 0')
    environment.prepare("test", tmp_path)
    calls = (tmp_path / "calls").read_text()
    assert "--require-hashes" in calls
    (tmp_path / "calls").unlink()
    for purpose in ("test", "run"):
        environment.prepare(purpose, tmp_path)
    assert "install" not in (tmp_path / "calls").read_text()
    monkeypatch.setattr(environment, "fingerprint", lambda purpose: f"another lock for {purpose}")
    environment.prepare("run", tmp_path)
    assert "run.lock" in (tmp_path / "calls").read_text()
