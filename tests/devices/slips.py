"""Slips as the design shows them, and fonts to draw them with."""

import functools
from dataclasses import replace

from kiosk.devices.receipt_fonts import Fonts, find_fonts
from kiosk.domain.language import Language
from kiosk.domain.receipts import Slip

CHINESE = Slip(
    language=Language.ZH,
    campus="云麓大学 IT 自助服务",
    mark="云",
    place="图书馆一层 · 终端 A12",
    headline="已收到你的报修",
    reference_label="编号",
    reference="A12-0473-K",
    facts=(
        ("报修", "连上 Wi-Fi 但打不开网页"),
        ("地点", "图书馆 一层"),
        ("影响", "没法继续"),
        ("时间", "2026-11-20 14:26"),
    ),
    promise="周五 11月20日\n16:30 前回复你",
    body="答复发到你在学校登记的联系方式。没等到，打 8231 0000 报编号，或到图书馆一层服务台（8:00–22:00）。",
    qr="https://it.yunlu.example/t/7Q2mX9bT4kz",
    qr_title="扫码看进度",
    qr_body="不用登录。\n修好没有，点一下告诉我们。\n30 天内有效",
    other_language="Report A12-0473-K · reply by Fri 20 Nov, 16:30",
)

ENGLISH = Slip(
    language=Language.EN,
    campus="Yunlu University IT Self-Service",
    mark="云",
    place="Library, floor 1 · kiosk A12",
    headline="Report received",
    reference_label="Number",
    reference="A12-0473-K",
    facts=(
        ("What", "Wi-Fi, no web pages"),
        ("Where", "Library, floor 1"),
        ("Impact", "I cannot continue"),
        ("When", "2026-11-20 14:26"),
    ),
    promise="We reply by\nFri 20 Nov, 16:30",
    body="The reply goes to your contact on file. If it does not come, call 8231 0000 with the number, "
    "or go to the desk, library floor 1 (8:00–22:00).",
    qr="https://it.yunlu.example/t/7Q2mX9bT4kz",
    qr_title="Scan to follow",
    qr_body="No login. Tell us with one touch if it works.\nValid for 30 days",
    other_language="报修 A12-0473-K · 周五 11月20日 16:30 前回复",
)

OFFLINE = Slip(
    language=Language.ZH,
    campus="云麓大学 IT 自助服务",
    mark="云",
    place="图书馆一层 · 终端 A12",
    headline="已存在这台终端上",
    reference_label="编号",
    reference="A12-0474-M",
    facts=(("报修", "连上 Wi-Fi 但打不开网页"), ("时间", "2026-11-20 14:26")),
    promise="联网后发送",
)

#: The same with the report itself on it; digits as of an ordinary one.
CARRYING = replace(
    OFFLINE,
    carries="https://it.yunlu.example/b/" + "1234567890" * 72,
    carries_title="也可以用手机送出",
    carries_body="用手机扫一下，报告就送到服务台，不用等这台终端联网。到周日 12月20日有效，扫几次都只算一次。",
)


@functools.cache
def real_fonts() -> Fonts:
    fonts = find_fonts()
    assert isinstance(fonts, Fonts), fonts
    return fonts
