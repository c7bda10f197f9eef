"""Amounts in words: whole fen in, ¥128.60 out. A real minus, never a hyphen (ui.md 6)."""

#: Stands for a balance nobody asked to see; it does not tell how long the number is.
HIDDEN = "¥••••"
_MINUS = "\N{MINUS SIGN}"


def yuan(fen: int) -> str:
    """``¥128.60``; below zero ``−¥3.00``."""
    return f"{_MINUS if fen < 0 else ''}¥{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def whole_yuan(fen: int) -> str:
    """``¥50`` where it is whole yuan, else ``¥50.50``."""
    return f"¥{fen // 100:,}" if fen >= 0 and fen % 100 == 0 else yuan(fen)


def signed(fen: int) -> str:
    """``+50.00``, ``−12.50``."""
    return f"{'+' if fen > 0 else _MINUS}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"
