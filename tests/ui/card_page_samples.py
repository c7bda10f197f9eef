"""Hand-made views of the card's pages, in both languages."""

from msgspec.structs import replace

from kiosk.domain.language import Language
from kiosk.services import views as v
from kiosk.words import Speaker


def card_pages(language: Language) -> dict[str, v.Page]:
    speak = Speaker(language)
    card = _card(language, speak)
    moves = _movements(language, speak)
    return {
        "card": card,
        "card_shown": replace(
            card, balance="¥12,345.60", balance_button=speak("card.hide_balance"), balance_icon="eye-slash"
        ),
        "card_read_only": replace(card, tiles=card.tiles[1:2], chip=speak("card.state_lost"), chip_kind="danger"),
        "card_files": replace(
            card,
            tiles=card.tiles[1:2],
            balance_hint=speak("card.as_of", when=_night(language)),
        ),
        "card_loading": v.CardPage(title=speak("card.title"), loading=True),
        "card_office": v.CardOfficePage(
            title=speak("card_office.title"),
            text=speak("card_office.text"),
            office_title=speak("card_office.name"),
            office_lines=(
                "学生服务中心一层 卡务中心" if language is Language.ZH else "Card office, Student Centre, ground floor",
                speak("none.today", hours="8:30–17:00"),
                speak("none.phone", phone="8231 0200"),
            ),
            bring_title=speak("none.bring"),
            bring=("身份证或护照" if language is Language.ZH else "ID card or passport",),
            ways=(
                v.Row("card_ticket", speak("card_office.ticket"), speak("card_office.ticket_hint"), "paper-plane-tilt"),
            ),
        ),
        **_top_ups(language, speak),
        **_limits(speak),
        **_pins(language, speak),
        "movements": moves,
        "movements_files": replace(
            moves,
            hint="\n".join((speak("movements.as_of", when=_night(language)), moves.hint)),
            print_text=speak("movements.paper_kept"),
        ),
        "movements_printed": replace(
            moves, print_text=speak("movements.print_unknown"), opened="2", opened_text="图书馆打印点"
        ),
        "movements_empty": replace(
            moves,
            filter="paid_in",
            rows=(),
            hint="",
            print="",
            empty_title=speak("movements.empty"),
            empty_text=speak("movements.empty_text"),
        ),
        "movements_loading": v.MovementsPage(title=speak("movements.title"), loading=True),
    }


def _night(language: Language) -> str:
    return "周五 11月20日 06:10" if language is Language.ZH else "Fri 20 Nov, 06:10"


def _card(language: Language, speak: Speaker) -> v.CardPage:
    zh = language is Language.ZH
    tiles = (
        (
            "lost",
            "挂失" if zh else "Report lost",
            "可以解挂" if zh else "Can be undone",
            "identification-card",
        ),
        ("movements", speak("movements.title"), speak("movements.tile_hint", months=6), "list-bullets"),
        (
            "replace",
            "补办新卡" if zh else "Order a new card",
            "到卡务中心领取" if zh else "Fetch it there",
            "user-list",
        ),
        ("top_up", "充值" if zh else "Top up", "微信、支付宝" if zh else "WeChat, Alipay", "plus-circle"),
        ("limits", speak("limits.tile"), f"{speak('limits.daily')} ¥100", "sliders-horizontal"),
        ("card_pin", speak("card_pin.change"), speak("card_pin.hint"), "key"),
    )
    return v.CardPage(
        title=speak("card.title"),
        chip=speak("card.state_active"),
        chip_kind="ok",
        school="云麓大学" if zh else "Yunlu University",
        words=speak("card.words"),
        name="张*明",
        number="2023•••••87",
        balance_label=speak("card.balance"),
        balance="¥••••",
        balance_button=speak("card.show_balance"),
        balance_icon="eye",
        balance_hint=speak("card.hidden_after", seconds=10),
        tiles=tuple(v.Row(*tile) for tile in tiles),
    )


def _movements(language: Language, speak: Speaker) -> v.MovementsPage:
    kinds = (
        "meal",
        "printing",
        "meal",
        "top_up",
        "laundry",
        "shop",
        "library_fee",
        "card_fee",
        "meal",
        "meal",
        "shop",
        "meal",
    )
    icons = {
        "meal": "fork-knife",
        "printing": "printer",
        "top_up": "plus-circle",
        "laundry": "shower",
        "shop": "storefront",
    }
    times = "11月{day}日" if language is Language.ZH else "Fri {day} Nov"
    rows = tuple(
        v.Row(
            str(place),
            speak(f"movements.kind_{kind}"),
            f"{times.format(day=20 - place)} 12:08",
            icons.get(kind, "wallet"),
            "+1,050.00" if kind == "top_up" else "−12.50",
            "in" if kind == "top_up" else "out",
        )
        for place, kind in enumerate(kinds)
    )
    return v.MovementsPage(
        title=speak("movements.title"),
        hint=speak("movements.touch_one"),
        filters=tuple(v.Row(name, speak(f"movements.{name}")) for name in ("all", "spent", "paid_in")),
        filter="all",
        months=tuple(
            v.Row(str(month), speak("when.month", month=speak(f"when.month_{month}"))) for month in range(11, 4, -1)
        ),
        month="11",
        rows=rows,
        opened="0",
        opened_text="一食堂" if language is Language.ZH else "Canteen 1",
        print=speak("movements.print"),
    )


def _pins(language: Language, speak: Speaker) -> dict[str, v.Page]:
    zh = language is Language.ZH
    office = "学生服务中心一层 卡务中心" if zh else "Card office, Student Centre, ground floor"
    present = v.CardPinPage(
        title=speak("card_pin.present", length=6),
        text="刷卡金额大的时候，会让你输它。" if zh else "Tills ask for it when you pay a larger amount.",
        step=1,
        steps=3,
        step_text=speak("card_pin.step_present", step=1, steps=3),
        filled=2,
        other_ways=(v.Row("card_office", speak("card_pin.forgotten"), office, "map-pin"),),
    )
    wrong = v.Notice(v.NoticeKind.DANGER, speak("card_pin.wrong"), speak("card_pin.wrong_text"))
    new = replace(
        present,
        title=speak("card_pin.title", length=6),
        step=2,
        step_text=speak("pin_new.step_1", step=2, steps=3),
        rules_title=speak("pin_new.rules"),
        rules=tuple(speak(f"pin_new.rule_{rule}") for rule in ("same", "date", "number")),
        other_ways=(),
    )
    locked = v.Notice(v.NoticeKind.WARN, speak("pin.locked"), speak("pin.locked_text", time="14:42"))
    storing = v.Notice(v.NoticeKind.INFO, speak("card_pin.storing"))
    return {
        "card_pin": present,
        "card_pin_wrong": replace(present, filled=0, notice=wrong),
        "card_pin_locked": replace(present, filled=0, locked=True, notice=locked),
        "card_pin_new": new,
        "card_pin_first": replace(new, step=1, steps=2, step_text=speak("pin_new.step_1", step=1, steps=2)),
        "card_pin_busy": replace(new, step=3, filled=6, busy=True, notice=storing),
    }


def _limits(speak: Speaker) -> dict[str, v.Page]:
    becomes = speak("limits.becomes", before="¥100", after="¥50")
    page = v.LimitsPage(
        title=speak("limits.title"),
        text="超过的那一笔刷不了卡。" if speak.language is Language.ZH else "A payment above it is declined.",
        kinds=(v.Row("single", speak("limits.single"), "¥50"), v.Row("daily", speak("limits.daily"), becomes)),
        kind="daily",
        amounts=tuple(
            v.Row(str(fen), f"¥{fen // 100}", speak("limits.now") if fen == 10000 else "")
            for fen in (5000, 10000, 15000, 20000, 30000, 50000)
        ),
        amount="5000",
        notice=v.Notice(
            v.NoticeKind.INFO,
            speak("limits.crossed"),
            speak("limits.crossed_text", line=f"{speak('limits.daily')} ¥100"),
        ),
        submit=speak("limits.submit"),
        can_submit=True,
    )
    one = replace(page, kinds=page.kinds[1:], notice=None)
    return {
        "limits": page,
        "limits_one": replace(one, can_submit=False, amount="10000"),
        "limits_busy": replace(page, busy=True, busy_text=speak("limits.busy"), can_submit=False),
    }


def _top_ups(language: Language, speak: Speaker) -> dict[str, v.Page]:
    ways = "微信、支付宝" if language is Language.ZH else "a simulated payment (WeChat, Alipay)"
    choosing = v.TopUpPage(
        step=speak("top_up.step_amount"),
        title=speak("top_up.title"),
        text=speak("top_up.text"),
        amounts=tuple(v.Row(str(fen), f"¥{fen // 100}") for fen in (2000, 5000, 10000, 20000)),
        amount="5000",
        other=speak("top_up.other"),
        notice=v.Notice(v.NoticeKind.INFO, speak("top_up.stays"), speak("top_up.stays_text")),
        ways=speak("top_up.pay_with", ways=ways),
        submit=speak("top_up.submit", amount="¥50"),
        can_submit=True,
    )
    paying = v.TopUpPayPage(
        step=speak("top_up.step_pay"),
        title=speak("top_up.submit", amount="¥50"),
        text=speak("top_up.scan", ways=ways),
        facts=(
            v.Row("to", speak("top_up.to"), "2023•••••87"),
            v.Row("amount", speak("top_up.amount"), "¥50.00"),
            v.Row("payee", speak("top_up.payee"), "卡务中心" if language is Language.ZH else "Card office"),
        ),
        qr="https://it.yunlu.example/p/7QK2M9XW4D8R",
        qr_name=speak("top_up.qr"),
        wait=speak("top_up.left", minutes=2, seconds=41),
        note=speak("top_up.by_itself"),
        other=speak("top_up.change"),
        cancel=speak("top_up.cancel"),
    )
    failed = v.Notice(v.NoticeKind.WARN, speak("top_up.not_begun"), speak("top_up.not_begun_text"))
    typed = replace(choosing, typing=True, typed="¥9000", amounts=(), other="", notice=failed, can_submit=False)
    return {
        "top_up": choosing,
        "top_up_failed": replace(choosing, notice=failed, amount="0", submit=speak("top_up.tile"), can_submit=False),
        "top_up_typed": replace(typed, error=speak("top_up.range", lowest="¥10", highest="¥500")),
        "top_up_pay": paying,
        "top_up_pay_checking": replace(paying, qr="", other="", cancel="", note="", wait=speak("top_up.checking")),
    }
