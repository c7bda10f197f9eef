"""Hand-made views of the pages for staff, as the worker would send them."""

from msgspec.structs import replace

from kiosk.domain.language import Language
from kiosk.services import views as v
from kiosk.words import Speaker


def maintenance_pages(language: Language, speak: Speaker) -> dict[str, v.Page]:
    def pick(zh: str, en: str) -> str:
        return zh if language is Language.ZH else en

    def word(key: str, **values: object) -> str:
        return speak(f"maintenance.{key}", **values)

    def notice(kind: v.NoticeKind, key: str) -> v.Notice:
        return v.Notice(kind, word(key), word(f"{key}_text"))

    leave = v.Row("maintenance_leave", word("leave"), icon="sign-out")
    reader = v.ReaderHint("below_right", word("door"), word("door_text"))
    door = v.MaintenanceDoorPage(word("overview"), "wrench", reader, None, (leave,))
    menu = (
        v.Row(
            "devices",
            word("devices"),
            word("part_is", part=speak("health.printer"), state=speak("health_why.no_paper")),
            "heartbeat",
            word("faults", count=1),
            "danger",
        ),
        v.Row("tests", word("tests"), word("tests_hint"), "check-square"),
        v.Row("queue", word("queue"), word("queue_dead"), "tray", word("items", count=3), "warn"),
        v.Row("network", word("network"), word("network_hint"), "share-network"),
        v.Row("versions", word("versions"), word("versions_hint"), "package"),
        v.Row("log", word("log"), word("log_hint"), "file-text"),
        v.Row("close", word("close"), word("close_hint"), "prohibit"),
        v.Row("clean", word("clean"), word("clean_hint"), "eraser"),
        v.Row("restart", word("restart"), word("restart_hint"), "arrows-clockwise"),
    )
    chips = (
        v.Row("place", "A12 · " + pick("图书馆一层", "Library, floor 1"), chip_kind="mute"),
        v.Row("closed", word("is_closed"), icon="prohibit", chip_kind="warn"),
    )
    overview = v.MaintenancePage(
        title=word("overview"), chips=chips, rows=menu, menu=True, act=word("leave"), act_icon="sign-out"
    )
    devices = tuple(
        v.Row(
            part,
            speak(f"health.{part}"),
            "\n".join(text for text in (measured, speak(f"health_do.{why}") if why else "") if text),
            icon,
            speak(f"health_why.{why}") if why else speak("health.ready"),
            kind,
        )
        for part, icon, why, kind, measured in (
            ("network", "share-network", "", "ok", "enp3s0"),
            ("hub", "hard-drives", "not_trusted", "danger", ""),
            ("printer", "printer", "no_paper", "danger", "cover open"),
            ("reader", "identification-card", "", "ok", ""),
            ("clock", "clock", "clock_off", "warn", speak("health.clock_measured", value="+48.2 s")),
            ("disk", "database", "", "ok", speak("health.disk_measured", value="63 %")),
            ("temperature", "thermometer", "hot", "warn", "72 °C"),
        )
    )
    part = replace(overview, chips=(), menu=False, act=word("done"), act_icon="")
    queue = tuple(
        v.Row(
            str(number),
            " ".join(text for text in (word(f"kind_{kind}"), reference) if text),
            f"{speak('when.today', clock=clock)} · {word('attempts', count=count)}\n{word(f'answer_{why}')}",
            "envelope-simple",
            word("dead" if dead else "waits"),
            "danger" if dead else "info",
        )
        for number, (kind, reference, clock, count, why, dead) in enumerate(
            (
                ("ticket", "A12-0473-K", "14:26", 4, "expired", True),
                ("feedback", "", "14:11", 6, "not_the_hub", False),
                ("card_loss", "A12-0472-H", "14:05", 7, "wrong_certificate", False),
                ("ticket_act", "", "14:02", 1, "hub_error", False),
            )
        )
    )
    network = (
        v.Row("hub", word("hub"), "https://campus-kiosk.yunlu.example:8443", "hard-drives", word("line_up"), "ok"),
        v.Row("sent", word("sent"), speak("when.yesterday", clock="17:58"), "paper-plane-tilt"),
        v.Row("address0", word("address"), "192.168.100.127 (enp3s0)", "share-network"),
    )
    versions = tuple(
        v.Row(name, name, version, "package")
        for name, version in (
            ("campus-kiosk", "0.1.0"),
            ("PySide6", "6.11.3"),
            ("Python", "3.11.2"),
            ("SQLite", "3.53.0"),
            ("Linux", "6.1.0-31-amd64"),
        )
    )
    tests = v.MaintenancePage(
        title=word("tests"),
        text=word("tests_text"),
        rows=tuple(
            v.Row(part, word(f"test_{part}"), when, icon, word(f"verdict_{verdict}") if verdict else "", kind)
            for part, icon, when, verdict, kind in (
                ("printer", "printer", speak("when.today", clock="14:11"), "failed", "danger"),
                ("reader", "identification-card", speak("when.yesterday", clock="9:10"), "passed", "ok"),
                ("scanner", "barcode", speak("when.today", clock="14:02"), "given_up", "mute"),
                ("touch", "hand-pointing", word("tests_none"), "", ""),
                ("sound", "speaker-high", speak("when.today", clock="14:20"), "passed", "ok"),
            )
        ),
        menu=True,
        act=word("done"),
    )
    test = v.MaintenancePage(title=word("test_printer"), text=word("test_printer_do"), way=word("test_wrong"))
    whys = tuple(
        v.Row(why, word(f"why_{why}"), icon=icon)
        for why, icon in (
            ("printer", "printer"),
            ("reader", "identification-card"),
            ("network", "wifi-slash"),
            ("works", "wrench"),
        )
    )
    untils = (
        v.Row("short", word("until_at", when=speak("when.today", clock="15:26")), icon="clock"),
        v.Row("long", word("until_at", when=speak("when.today", clock="18:26")), icon="clock"),
        v.Row("open_end", word("until_open_end"), icon="clock"),
    )
    close = v.MaintenanceActPage(
        title=word("close_ask"),
        ticket=v.Row("close", word("close"), word("why_printer"), chip=untils[0].title),
        effects=tuple(
            v.Row(key, word(f"close_{key}"), word(f"close_{key}_text"), icon)
            for key, icon in (("shown", "monitor"), ("tray", "tray"), ("door", "wrench"))
        ),
        safe=word("not_now"),
        act=word("close"),
        act_icon="prohibit",
        danger=True,
    )
    return {
        "maintenance_door": door,
        "maintenance_door_offline": replace(
            door,
            reader=v.ReaderHint(),
            notice=notice(v.NoticeKind.WARN, "no_line"),
            other_ways=(v.Row("maintenance_look", word("look_way"), icon="eye"), leave),
        ),
        "maintenance_door_no_reader": replace(
            door,
            reader=v.ReaderHint(),
            notice=notice(v.NoticeKind.WARN, "no_reader"),
            other_ways=(v.Row("maintenance_number", speak("identify.by_number"), icon="keyboard"), leave),
        ),
        "maintenance": overview,
        "maintenance_waits": replace(overview, rows=(), chips=(), busy=True, busy_text=word("busy")),
        "maintenance_said": replace(overview, notice=notice(v.NoticeKind.INFO, "restart_not_here")),
        "maintenance_devices": replace(part, title=word("devices"), rows=devices),
        "maintenance_queue": replace(part, title=word("queue"), rows=queue, way=word("send")),
        "maintenance_queue_empty": replace(part, title=word("queue"), rows=(), text=word("queue_empty")),
        "maintenance_network": replace(part, title=word("network"), rows=network),
        "maintenance_versions": replace(part, title=word("versions"), rows=versions),
        "maintenance_pin": v.PinPage(
            notice=v.Notice(v.NoticeKind.INFO, speak("pin.door"), speak("pin.door_text")),
            other_ways=(v.Row("none", speak("pin.no_way"), icon="headset"),),
        ),
        "maintenance_tests": tests,
        "maintenance_tests_said": replace(
            tests,
            text="",
            notice=v.Notice(
                v.NoticeKind.OK,
                word("verdict_passed"),
                word("verdict_text", test=word("test_touch"), when=speak("when.today", clock="14:26")),
            ),
        ),
        "maintenance_test": test,
        "maintenance_test_asks": replace(test, text=word("test_printer_ask"), act=word("test_right")),
        "maintenance_test_touch": replace(
            test,
            title=word("test_touch"),
            text=word("test_touch_do"),
            dots=tuple(v.Row(str(n), str(n + 1), chip_kind="ok" if n in (1, 4) else "") for n in range(5)),
        ),
        "maintenance_why": replace(
            overview, title=word("why"), chips=(), text=word("why_text"), rows=whys, act="", act_icon=""
        ),
        "maintenance_until": replace(overview, title=word("until"), chips=(), rows=untils, act="", act_icon=""),
        "maintenance_close": close,
        "maintenance_restart": replace(
            close,
            title=word("restart_ask"),
            ticket=v.Row("restart", word("restart"), "A12"),
            effects=tuple(
                v.Row(key, word(f"restart_{key}"), word(f"restart_{key}_text"), icon)
                for key, icon in (("visit", "sign-out"), ("kept", "tray"), ("back", "arrows-clockwise"))
            ),
            act=word("restart"),
            act_icon="arrows-clockwise",
        ),
        "maintenance_reopen": replace(
            close,
            title=word("reopen_ask"),
            ticket=v.Row("reopen", word("reopen"), "A12"),
            effects=(v.Row("opens", word("reopen_opens"), word("reopen_opens_text"), "play"),),
            act=word("reopen"),
            act_icon="arrows-clockwise",
            danger=False,
        ),
    }
