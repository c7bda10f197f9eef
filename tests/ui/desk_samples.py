"""Hand-made views of the desk, as the worker would send them."""

from msgspec.structs import replace

from kiosk.domain.language import Language
from kiosk.services import views as v
from kiosk.words import Speaker

_TEMPLATES = (
    ("wifi", "wifi-high", "Wi-Fi 不通", "Wi-Fi is down"),
    ("account", "lock-key", "密码被锁", "Account locked"),
    ("card", "credit-card", "校园卡刷不了", "Card fails"),
    ("printer", "printer", "打印机卡纸", "Printer jam"),
    ("projector", "projector-screen", "投影没信号", "No projection"),
    ("activate", "key", "软件要激活", "Activation"),
    ("slow", "desktop", "电脑很卡", "Slow computer"),
    ("how", "question", "问怎么办", "How-to question"),
    ("port", "link", "要开网口", "Network port"),
)


def desk_pages(language: Language, speak: Speaker) -> dict[str, v.Page]:
    def pick(zh: str, en: str) -> str:
        return zh if language is Language.ZH else en

    def word(key: str, **values: object) -> str:
        return speak(f"duty.{key}", **values)

    reader = v.ReaderHint("below_right", speak("maintenance.door"), word("door_text"))
    leave = v.Row("desk_leave", word("leave"), icon="sign-out")
    door = v.DeskDoorPage(word("product"), "headset", reader, None, (leave,))
    nobody = v.DeskPage(
        who=v.Row("who", word("nobody"), word("nobody_text"), "user"),
        find=word("find"),
        title=word("title"),
        templates=tuple(v.Row(id, pick(zh, en), icon=icon) for id, icon, zh, en in _TEMPLATES),
        options=(
            v.Row("place", word("here"), icon="map-pin"),
            v.Row("note", word("note"), icon="note-pencil"),
            v.Row("channel", word("channel_walk_up"), icon="user"),
        ),
        hand=word("hand"),
        solve=word("solve"),
        recent_title=word("recent"),
        recent_count=word("recent_none"),
    )
    chosen = replace(
        nobody,
        who=v.Row("who", pick("张*明", "Z*** Y***"), "2023•••••87", "user-circle"),
        facts=(
            v.Row("department", pick("计算机学院", "School of Computing"), icon="buildings"),
            v.Row("phone", word("phone", phone="138••••5521"), icon="phone"),
            v.Row("account", word("account_locked"), icon="warning", chip_kind="warn"),
            v.Row("card", word("card_active"), icon="check-circle", chip_kind="ok"),
            v.Row("open", word("waits", count=1), icon="warning", chip_kind="warn"),
        ),
        earlier=word("matters", count=3),
        closes=word("closes", time="1:00"),
        templates=(replace(nobody.templates[0], chip_kind="ok"), *nobody.templates[1:]),
        asked=word("asked"),
        actions=(
            v.Row("reconnect", pick("重新连接", "Reconnected"), chip_kind="ok"),
            v.Row("proxy", pick("关代理", "Proxy off")),
            v.Row("ap", pick("重启 AP", "Restarted AP")),
        ),
        can_log=True,
        recent_count=word("recent_count", count=4),
        recent=(
            v.Row(
                "A12-0004-K", pick("密码被锁", "Account locked"), "14:25", chip=word("chip_undone"), chip_kind="mute"
            ),
            v.Row(
                "A12-0003-K",
                pick("投影没信号", "No projection"),
                "14:15",
                chip=word("chip_to", name=pick("冯*", "F*** G***")),
                chip_kind="info",
            ),
            v.Row(
                "A12-0002-K", pick("校园卡刷不了", "Card fails"), "14:09", chip=speak("state.resolved"), chip_kind="ok"
            ),
            v.Row(
                "A12-0001-K",
                pick("软件要激活", "Activation"),
                "13:58",
                chip=speak("done.chip_waiting"),
                chip_kind="warn",
            ),
        ),
        undo=word("undo", time="0:30"),
    )
    elsewhere = v.Row("place", pick("二教学楼 一层", "Teaching Building 2, ground floor"), icon="map-pin")
    places = (("library", "图书馆", "Library"), ("gym", "体育馆", "Gym"), ("hall", "学生宿舍一号楼", "Hall 1"))
    listed = v.DeskListPage(menu=True)
    return {
        "desk_door": door,
        "desk_door_offline": replace(
            door, reader=v.ReaderHint(), notice=v.Notice(v.NoticeKind.WARN, word("no_line"), word("no_line_text"))
        ),
        "desk_opening": v.DeskPage(title=word("product"), busy=True, busy_text=word("opening")),
        "desk": nobody,
        "desk_chosen": chosen,
        "desk_looking": replace(nobody, busy=True, busy_text=word("looking")),
        "desk_offline": replace(
            nobody,
            who=v.Row("who", speak("bar.card_read"), icon="identification-card"),
            facts=(v.Row("missing", word("missing_offline"), icon="info", chip_kind="info"),),
        ),
        "desk_not_saved": replace(
            chosen,
            options=(elsewhere, v.Row("note", word("noted"), icon="note-pencil"), *chosen.options[2:]),
            notice=v.Notice(v.NoticeKind.DANGER, word("not_saved"), word("not_saved_text")),
        ),
        "desk_hand": replace(
            listed,
            title=word("list_hand"),
            rows=(
                v.Row("", word("to_team"), word("to_team_hint"), "users-three"),
                *(v.Row(str(i), pick("冯*", "F*** G***"), f"E0····{i:02}", "user") for i in range(6)),
            ),
        ),
        "desk_reasons": replace(
            listed,
            title=word("list_reason"),
            text=word("left", count=29),
            rows=(
                v.Row("no_card", word("reason_no_card"), icon="identification-card"),
                v.Row("on_the_phone", word("reason_on_the_phone"), icon="phone"),
                v.Row("by_mail", word("reason_by_mail"), icon="envelope-simple"),
                v.Row("for_others", word("reason_for_others"), icon="users"),
            ),
        ),
        "desk_places": replace(
            listed,
            title=word("list_place"),
            rows=tuple(v.Row(id, pick(zh, en), icon="buildings") for id, zh, en in places),
        ),
        "desk_earlier": v.DeskListPage(
            title=word("list_earlier"),
            act=speak("maintenance.done"),
            rows=(
                v.Row(
                    "A12-0001-K",
                    pick("Wi-Fi：很慢、老掉线", "Wi-Fi: slow or keeps dropping"),
                    "A12-0001-K · 11-20",
                    "clipboard-text",
                    word("waits_for_them"),
                    "warn",
                ),
            ),
        ),
    }
