"""Secrets, rendered by nothing. Those of the configuration come from a file or the environment, never from hub.toml."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from kiosk.domain.hidden import Hidden

#: Largest file a secret is read from, bytes.
_MOST = 4096
#: Permissions of group and others: a secret's file has none.
_OTHERS = 0o077


class Secret(Hidden[str]):
    __slots__ = ()


def read_secret(
    table: dict[str, Any], prefix: str, name: str, folder: Path, fail: Callable[[str, str], NoReturn]
) -> Secret:
    """``NAME_file`` (a path, from ``folder``) or ``NAME_env``; ``fail`` gets key and fix of a mistake."""
    in_file, in_env = table.get(f"{name}_file"), table.get(f"{name}_env")
    if (in_file is None) is (in_env is None):
        key = f"{prefix}.{name}_file" if in_file is not None else prefix
        fail(key, f"name the secret once: {name}_file (a file of mode 600) or {name}_env (an environment variable)")
    key = f"{prefix}.{name}_file" if in_file is not None else f"{prefix}.{name}_env"
    named = in_file if in_file is not None else in_env
    if not isinstance(named, str) or not named:
        fail(key, 'write a text: "…"')
    value = _in_file(folder / named, key, fail) if in_file is not None else os.environ.get(named, "")
    if not value:
        fail(key, f"{named} is empty; put the secret there")
    return Secret(value)


def _in_file(file: Path, key: str, fail: Callable[[str, str], NoReturn]) -> str:
    try:
        if file.stat().st_mode & _OTHERS:
            fail(key, f"others can read {file}; chmod 600 it")
        with file.open("rb") as source:
            return source.read(_MOST).decode().strip("\r\n")
    except OSError as error:
        fail(key, f"{file} cannot be read: {error.strerror}")
    except UnicodeDecodeError:
        fail(key, f"{file} is not UTF-8 text")
