"""How Chinese phrases are spoken, for kiosks that find them by what is typed."""

from collections.abc import Iterable
from functools import cache

from kiosk.search.tokens import is_han, normal, parts

#: Syllables of a phrase that are kept: nobody types more.
MOST_SYLLABLES = 32
#: Words of an IT desk that the dictionary reads otherwise: 重置 is not zhong zhi.
_OURS = {
    **{f"重{other}": f"chóng {how}" for other, how in (
        ("置", "zhì"), ("装", "zhuāng"), ("设", "shè"), ("连", "lián"), ("名", "míng"), ("做", "zuò"), ("发", "fā"),
        ("试", "shì"), ("插", "chā"), ("登", "dēng"), ("刷", "shuā"), ("绑", "bǎng"), ("输", "shū"), ("领", "lǐng"),
    )},
    "长按": "cháng àn",
    "弹出": "tán chū",
    "弹窗": "tán chuāng",
    "不弹": "bù tán",
}  # fmt: skip


def spoken(phrases: Iterable[str]) -> tuple[str, ...]:
    """One text for each phrase, as ``search/spoken.py`` reads it: ``'wifi lian bu shang``."""
    return tuple(_spoken(phrase) for phrase in phrases)


def _spoken(phrase: str) -> str:
    from pypinyin import lazy_pinyin  # half a second and 20 MB, for imports only

    _teach()
    found: list[str] = []
    for part in _words(normal(phrase)):
        found += lazy_pinyin(part, errors="ignore") if is_han(part) else [f"'{part}"]
    return " ".join(found[:MOST_SYLLABLES])


@cache
def _teach() -> None:
    from pypinyin import load_phrases_dict

    load_phrases_dict({word: [[syllable] for syllable in said.split()] for word, said in _OURS.items()})


def _words(phrase: str) -> list[str]:
    """Parts of a phrase; Latin ones on both sides of a hyphen are one word: wi-fi is wifi."""
    return parts(phrase.replace("-", ""))
