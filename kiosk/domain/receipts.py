"""What a slip says, already in words. Layout and raster never add, compute or translate anything."""

from dataclasses import dataclass, field

from kiosk.domain.language import Language


@dataclass(frozen=True, slots=True)
class Slip:
    """Every text is one line or wraps by itself; an empty string leaves its part out."""

    language: Language
    campus: str  # 云麓大学 IT 自助服务
    mark: str  # the logo's one character: 云
    place: str  # 图书馆一层 · 终端 A12
    headline: str  # 已收到你的报修
    reference_label: str  # 编号
    reference: str  # A12-0473-K
    facts: tuple[tuple[str, str], ...]  # (报修, 连上 Wi-Fi 但打不开网页) …
    steps: tuple[str, ...] = ()  # what to do, one after the other; as many as fit
    promise: str = ""  # 周五 11月20日 16:30 前回复你
    body: str = ""  # what to do if it does not happen
    qr: str = ""  # at most 45 characters: an https address
    qr_title: str = ""
    qr_body: str = ""
    other_language: str = ""  # one line in the other language
    carries: str = field(default="", repr=False)  # an address that ends in the sealed operation's digits (on_paper.py)
    carries_title: str = ""
    carries_body: str = ""
