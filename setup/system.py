"""Installs the system packages that are missing: as root, through sudo, or says what an administrator has to run."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from setup import packages
from setup.trouble import Trouble

HERE = Path(__file__).resolve().parent
LISTS = {"run": (HERE / "run.apt",), "test": (HERE / "run.apt", HERE / "test.apt")}


def prepare(purpose: str) -> None:
    choices = packages.wanted_by(LISTS[purpose])
    if shutil.which("dpkg-query") is None or shutil.which("apt-get") is None:
        print("setup: not a Debian or Ubuntu machine; these packages are expected under your system's names:")
        print("  " + " ".join(choice[0] for choice in choices), flush=True)
        return
    lacking = packages.missing(choices, packages.installed_here(choices))
    if not lacking:
        return
    names = packages.to_install(lacking, packages.available_here(lacking))
    print(f"setup: {len(names)} system packages are missing and will be installed: {' '.join(names)}", flush=True)
    become_root = _become_root(names)
    # A third party's broken source must not stop us; a package that is really missing stops the installation.
    if subprocess.run([*become_root, "apt-get", "update", "--quiet"], check=False).returncode != 0:
        print("setup: apt-get update reported errors (above); going on with what is known", flush=True)
    names = packages.to_install(lacking, packages.available_here(lacking))
    install = [*become_root, "sh", str(HERE / "install.sh"), *names]
    if subprocess.run(install, check=False).returncode != 0:
        raise Trouble("the system packages could not be installed; apt's own words are above")


def _become_root(names: list[str]) -> list[str]:
    """The words to put before a command so that it runs as root."""
    if os.geteuid() == 0:
        return []
    by_hand = f"apt-get install --no-install-recommends {' '.join(names)}"
    if shutil.which("sudo") is None:
        raise Trouble(f"neither root nor sudo: ask an administrator to run this, then start again:\n  {by_hand}")
    silent = subprocess.run(["sudo", "--non-interactive", "true"], capture_output=True, check=False).returncode == 0
    if not silent and not sys.stdin.isatty():
        raise Trouble(f"sudo wants a password and nobody can type one here: run this, then start again:\n  {by_hand}")
    return ["sudo"]
