"""Looks for a secret, in the ways it could have been left behind, in memory and files of other processes."""

import base64
from collections.abc import Iterator
from pathlib import Path

import psutil

#: Memory is read in pieces of this size, bytes; a piece overlaps the next by the longest needle.
_PIECE = 8 * 1024 * 1024


def needles(secret: str) -> dict[str, bytes]:
    """The secret as UTF-8, UTF-16, hex and base64: the last at each of its three alignments, without the edges."""
    plain = secret.encode()
    found = {
        "utf-8": plain,
        "utf-16-le": secret.encode("utf-16-le"),
        "utf-16-be": secret.encode("utf-16-be"),
        "hex": plain.hex().encode(),
        "HEX": plain.hex().upper().encode(),
    }
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + plain)
        first, last = (0, 2, 3)[shift], -4 if (len(plain) + shift) % 3 else None
        found[f"base64+{shift}"] = encoded[first:last]
    return found


def in_memory(pid: int, wanted: dict[str, bytes]) -> dict[str, int]:
    """Encoding -> how often it occurs in what this process can write to or has read."""
    found: dict[str, int] = {}
    with open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for start, end in _regions(pid):
            for piece in _pieces(memory, start, end, max(map(len, wanted.values())) - 1):
                for name, needle in wanted.items():
                    if times := piece.count(needle):
                        found[name] = found.get(name, 0) + times
    return found


def in_files(folder: Path, wanted: dict[str, bytes]) -> list[str]:
    """``FILE: encoding`` wherever one is found."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [f"{file.name}: {name}" for file in files for name, needle in wanted.items() if needle in file.read_bytes()]


def family(pid: int) -> list[int]:
    """The process and everything it has started."""
    process = psutil.Process(pid)
    return [pid, *(child.pid for child in process.children(recursive=True))]


def _regions(pid: int) -> Iterator[tuple[int, int]]:
    for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
        span, rights = line.split()[:2]
        if rights.startswith("r") and not line.endswith(("[vvar]", "[vsyscall]", "[vvar_vclock]")):
            start, end = (int(part, 16) for part in span.split("-"))
            yield start, end


def _pieces(memory: object, start: int, end: int, overlap: int) -> Iterator[bytes]:
    at = start
    while at < end:
        try:
            memory.seek(at)  # type: ignore[attr-defined]
            piece: bytes = memory.read(min(_PIECE, end - at))  # type: ignore[attr-defined]
        except OSError:  # a page that cannot be read: a guard, a device
            return
        if not piece:
            return
        yield piece
        if len(piece) < _PIECE:
            return
        at += len(piece) - overlap
