"""Masks for personal data, by kind. The number of hidden places never tells the length of what is hidden.

Every mask takes any text, raises for none, and answers with printable characters only. Where a text is too short
or not of its kind, everything is hidden.
"""

import re
import unicodedata

HIDDEN = "•••••"

#: Below this many characters first 4 + last 2 would leave less than two hidden, so all are.
NUMBER_SHORTEST_SHOWN = 8
#: Below this many digits (an extension, a fragment) the last three would give too much away.
PHONE_SHORTEST_SHOWN = 7
#: Parts of a Latin name that get an initial; further ones are left out.
MOST_INITIALS = 8
#: Longest text looked at; what comes after cannot change a mask, except by its last characters.
LONGEST = 400

_CHINESE_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_PHONE_SEPARATORS = re.compile(r"[\s\-‐‑‒–—()./]+")
_COUNTRY_CODE = re.compile(r"(?:\+86|0086)(?=1[0-9]{10}$)")
_DOMAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
#: Ideographs, kana and Hangul syllables: scripts in which a name is written without spaces.
_UNSPACED_NAME = re.compile(
    r"[\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U000323af]+"
)
_NAME_DOTS = str.maketrans("", "", " \u3000·•・．")
#: A resident identity card (GB 11643): region, date of birth, sequence, check character.
_ID_DOCUMENT = re.compile(
    r"[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]"
)


def mask_number(text: str) -> str:
    """First 4 + last 2: ``2023•••••87``; shorter than eight characters, or of an identity card: all hidden."""
    text = _usable(text)
    if len(text) < NUMBER_SHORTEST_SHOWN or _ID_DOCUMENT.fullmatch(text):
        return HIDDEN
    return f"{text[:4]}{HIDDEN}{text[-2:]}"


def mask_name(text: str) -> str:
    """``张*明``, ``欧*娜``, two characters ``李*``; Latin names as the initial of each part: ``L. M.``."""
    text = _usable(text, keep_spaces=True)
    unspaced = text.translate(_NAME_DOTS)
    if len(unspaced) <= 1:
        return "*"
    if _UNSPACED_NAME.fullmatch(unspaced) is None:
        return _initials(text)
    if len(unspaced) == 2:
        return f"{unspaced[0]}*"
    return f"{unspaced[0]}*{unspaced[-1]}"


def _initials(text: str) -> str:
    """An initial stands for a longer part: a name of single letters, or a single ideograph, would be shown whole."""
    letters = [[c for c in part if c.isalpha()] for part in text.split()]
    if not any(len(part) > 1 for part in letters):
        return "*"
    shown = [part[0] for part in letters if part and (len(part) > 1 or not _UNSPACED_NAME.fullmatch(part[0]))]
    return " ".join(f"{initial}." for initial in shown[:MOST_INITIALS])


def mask_phone(text: str) -> str:
    """Mobile numbers of mainland China ``138••••5521``; any other number shows its last three digits."""
    digits = _COUNTRY_CODE.sub("", _PHONE_SEPARATORS.sub("", _usable(text)))
    if _CHINESE_MOBILE.fullmatch(digits):
        return f"{digits[:3]}••••{digits[-4:]}"
    digits = digits.removeprefix("+")
    plain = digits.isascii() and digits.isdigit()
    if len(digits) < PHONE_SHORTEST_SHOWN or not plain or _ID_DOCUMENT.fullmatch(digits):
        return HIDDEN
    return f"{HIDDEN}{digits[-3:]}"


def mask_email(text: str) -> str:
    """First letter + domain: ``l•••••@example.edu.cn``; a one-letter mailbox is hidden whole."""
    mailbox, at, domain = _usable(text).rpartition("@")
    if not at or not mailbox or _DOMAIN.fullmatch(domain) is None:
        return HIDDEN
    shown = mailbox[0] if len(mailbox) > 1 and mailbox[0].isalnum() else ""
    return f"{shown}{HIDDEN}@{domain}"


def _usable(text: str, *, keep_spaces: bool = False) -> str:
    """Composed, printable characters only: what a mask leaves visible must not steer a screen or printer."""
    if len(text) > LONGEST:
        text = text[: LONGEST // 2] + text[-LONGEST // 2 :]
    composed = unicodedata.normalize("NFC", text)
    shown = "".join(c if c.isprintable() else " " for c in composed)
    return " ".join(shown.split()) if keep_spaces else "".join(shown.split())
