"""Hand-made views of every page, in both languages, as the worker would send them.

Over 400 lines because every state of every page stands here once, side by side.
"""

from msgspec.structs import replace

from kiosk.domain.language import Language
from kiosk.services import views as v
from kiosk.services.desk_pages import AT_LENGTH
from kiosk.words import Speaker
from tests.ui.announcing_samples import announcing_pages, known_outage
from tests.ui.card_page_samples import card_pages
from tests.ui.consent_samples import consent_pages
from tests.ui.desk_samples import desk_pages
from tests.ui.knowledge_samples import knowledge_pages, suggested_articles
from tests.ui.maintenance_samples import maintenance_pages
from tests.ui.sign_in_samples import sign_in_pages
from tests.ui.ticket_samples import ticket_pages

_FRAME = {
    Language.ZH: v.Frame("云麓大学", "IT 自助服务", "云", "图书馆一层 · A12", "14:26"),
    Language.EN: v.Frame("Yunlu University", "IT Self-service", "云", "Library, floor 1 · A12", "14:26"),
}
_SERVICES = {
    Language.ZH: (
        ("wifi-high", "网络和 Wi-Fi", "连不上、很慢"),
        ("desktop", "电脑和打印", "开不了机、卡纸、扣费"),
        ("projector-screen", "教室设备", "投影、音响、讲台电脑"),
        ("identification-card", "门禁和刷卡机", "刷不开、读不出"),
        ("package", "软件和授权", "正版软件、激活"),
        ("key", "权限和开通", "系统权限、公共邮箱"),
        ("share-network", "网口和设备", "开网口、借设备"),
        ("chat-circle-dots", "提问和投诉", "不知道选哪个，点这里"),
    ),
    Language.EN: (
        ("wifi-high", "Network and Wi-Fi", "No connection, slow"),
        ("desktop", "Computers and printing", "Will not start, paper jam"),
        ("projector-screen", "Classroom equipment", "Projector, sound, desk PC"),
        ("identification-card", "Doors and card readers", "Does not open or read"),
        ("package", "Software and licences", "Installation, activation"),
        ("key", "Access and permissions", "Access, shared mailbox"),
        ("share-network", "Sockets and devices", "Open a socket, borrow"),
        ("chat-circle-dots", "Question or complaint", "Not sure? Touch here"),
    ),
}
_SYMPTOMS = {
    Language.ZH: (
        ("wifi-slash", "根本连不上"),
        ("globe", "连上了，打不开网页"),
        ("hourglass", "很慢、老掉线"),
        ("browser", "认证页不弹出来"),
    ),
    Language.EN: (
        ("wifi-slash", "It does not connect at all"),
        ("globe", "Connected, but no web pages"),
        ("hourglass", "Slow or drops out"),
        ("browser", "The sign-in page does not open"),
    ),
}


def _pick(language: Language, zh: str, en: str) -> str:
    return zh if language is Language.ZH else en


def _reader(speak: Speaker, title: str, text: str = "") -> v.ReaderHint:
    return v.ReaderHint("below_right", speak(title), speak(text or "reader.below_right"))


def _tiles(speak: Speaker) -> tuple[v.Row, ...]:
    return (
        v.Row("report", speak("home.report"), speak("home.report_hint"), "wrench"),
        v.Row("tickets", speak("home.tickets"), speak("home.tickets_hint"), "clipboard-text"),
    )


def _ways(speak: Speaker) -> tuple[v.Row, ...]:
    return (
        v.Row("number", speak("identify.by_number"), icon="keyboard"),
        v.Row("none", speak("identify.none"), icon="question"),
        v.Row("privacy", speak("screen.privacy_link"), icon="eye"),
    )


def _category(language: Language, speak: Speaker) -> v.CategoryPage:
    rows = tuple(v.Row(str(i), title, hint, icon) for i, (icon, title, hint) in enumerate(_SERVICES[language]))
    return v.CategoryPage(
        title=speak("report.category"),
        groups=(
            v.Group(speak("report.broken"), "wrench", rows[:4]),
            v.Group(speak("report.other"), "hand", rows[4:]),
        ),
    )


def _details(language: Language, speak: Speaker) -> v.DetailsPage:
    return v.DetailsPage(
        title=_pick(language, "网络和 Wi-Fi：怎么了？", "Network and Wi-Fi: what is wrong?"),
        symptoms=tuple(v.Row(str(i), title, icon=icon) for i, (icon, title) in enumerate(_SYMPTOMS[language])),
        symptom="1",
        impact_title=speak("report.impact"),
        impacts=tuple(
            v.Row(key, speak(f"report.impact_{key}"), speak(f"report.impact_{key}_hint"))
            for key in ("inconvenient", "blocked", "many")
        ),
        place=v.Row("place", _pick(language, "图书馆 一层", "Library floor 1"), speak("report.place_here"), "map-pin"),
        note=v.Row("note", speak("report.note"), speak("report.note_hint"), "note-pencil"),
        answer_line=speak("report.answer_on_file"),
        submit=speak("report.submit_incident"),
        submit_icon="paper-plane-tilt",
        can_submit=True,
    )


def _places(language: Language) -> tuple[v.Row, ...]:
    names = (
        (("二教学楼", "东区"), ("西区 5 号宿舍楼", "西区"), ("计算机学院楼", "东区"))
        if language is Language.ZH
        else (("Teaching Block 2", "East"), ("Dormitory 5 West", "West"), ("Computer Science", "East"))
    )
    return tuple(v.Row(str(i), title, hint, "buildings") for i, (title, hint) in enumerate(names))


def _others(speak: Speaker) -> tuple[v.Row, ...]:
    return (
        v.Row("outside", speak("place.outside"), icon="tree"),
        v.Row("unknown", speak("place.unknown"), icon="question"),
    )


def _place(language: Language, speak: Speaker) -> v.PlacePage:
    building = _pick(language, "图书馆", "Library")
    return v.PlacePage(
        title=speak("place.title"),
        here=v.Row(
            "lib",
            speak("place.here", building=building),
            speak("place.here_hint", place=_pick(language, "图书馆一层", "the library, floor 1")),
            "map-pin",
        ),
        recent_title=speak("place.recent"),
        recent=_places(language),
        letters_title=speak("place.letters"),
        letters=tuple("BCDEGHJKLMNRSTWXYZ"),
        other_ways=_others(speak),
    )


def _floors(language: Language, speak: Speaker) -> v.PlacePage:
    names = [_pick(language, f"{n}层", f"Floor {n}") for n in range(1, 7)]
    return v.PlacePage(
        title=speak("place.floor_title", building=_pick(language, "图书馆", "Library")),
        floors=(*(v.Row(str(i), name) for i, name in enumerate(names)), v.Row("whole", speak("place.whole"))),
        other_ways=_others(speak),
    )


def _steps(language: Language) -> tuple[v.TimelineStep, ...]:
    return (
        v.TimelineStep(
            _pick(language, "已收到", "Received"), _pick(language, "今天 14:26", "today 14:26"), "", v.StepState.DONE
        ),
        v.TimelineStep(
            _pick(language, "工程师查看并回复", "An engineer replies"),
            _pick(language, "周五 11月20日 16:30 前", "by Fri 20 Nov, 16:30"),
            "",
            v.StepState.NOW,
        ),
        v.TimelineStep(_pick(language, "修好后告诉你", "We tell you when it works")),
    )


def _done(language: Language, speak: Speaker) -> v.DonePage:
    return v.DonePage(
        kind=v.DoneKind.RECEIVED,
        headline=speak("done.received_incident"),
        promise=_pick(language, "周五 11月20日 16:30 前回复你。", "We will reply by Fri 20 Nov, 16:30."),
        reference_label=speak("done.number_label"),
        reference="A12-0473-K",
        lines=(
            _pick(language, "连上 Wi-Fi 但打不开网页", "Wi-Fi connects but no web pages"),
            _pick(language, "图书馆一层 · 没法继续", "Library, floor 1 · I cannot continue"),
            speak("report.answer_on_file"),
        ),
        next_title=speak("done.next"),
        steps=_steps(language),
        slip="printed",
        slip_title=speak("done.slip_printed"),
        slip_text=speak("done.slip_below", what=speak("done.slip_text")),
        slip_position="below",
        qr="https://it.yunlu.example/f/7QK2M9XW4D8R",
        qr_label=speak("done.qr"),
        again=speak("done.again"),
        end=speak("done.end"),
    )


def _saved(language: Language, speak: Speaker) -> v.DonePage:
    return replace(
        _done(language, speak),
        kind=v.DoneKind.SAVED,
        headline=speak("done.saved"),
        promise=speak("done.saved_promise"),
        reference_label=speak("done.number_label_saved"),
        chip=speak("done.chip_waiting"),
        lines=(
            _pick(language, "连上 Wi-Fi 但打不开网页 · 图书馆一层", "Connected, but no web pages · Library floor 1"),
        ),
        steps=(
            v.TimelineStep(speak("done.step_saved"), "14:26", "", v.StepState.DONE),
            v.TimelineStep(speak("done.step_send"), "", speak("done.step_send_text"), v.StepState.NOW),
            v.TimelineStep(speak("done.step_desk"), "", speak("done.step_on_file")),
        ),
        notice=v.Notice(
            v.NoticeKind.INFO,
            speak("done.check"),
            speak(
                "done.check_text",
                desk=_pick(language, "图书馆一层，或打 8231 0000", "library floor 1, or call 8231 0000"),
            ),
        ),
        slip_text=speak("done.slip_below", what=speak("done.slip_text_saved")),
        qr="",
        end=speak("done.end_saved"),
    )


def _no_paper(language: Language, speak: Speaker) -> v.DonePage:
    return replace(
        _done(language, speak),
        number_large=True,
        slip="",
        qr_label=speak("done.qr_keep"),
        notice=v.Notice(v.NoticeKind.WARN, speak("done.no_paper"), speak("done.keep_number_qr")),
        end=speak("done.end_noted"),
    )


def _no_slip(language: Language, speak: Speaker, why: str) -> v.DonePage:
    notice = v.Notice(v.NoticeKind.WARN, speak(why), speak("done.keep_number_qr"))
    return replace(_no_paper(language, speak), notice=notice)


def _not_saved(language: Language, speak: Speaker) -> v.DonePage:
    return v.DonePage(
        kind=v.DoneKind.NOT_SAVED,
        headline=speak("done.not_saved"),
        promise=speak("done.not_saved_promise"),
        notice=v.Notice(
            v.NoticeKind.WARN,
            speak("done.help"),
            speak("done.help_text", desk=_pick(language, "图书馆一层 · 8231 0000", "library floor 1 · 8231 0000")),
        ),
        again=speak("done.again_try"),
        end=speak("screen.end"),
    )


def _tickets(language: Language, speak: Speaker) -> v.TicketsPage:
    rows = (
        ("A12-0473-K", "Wi-Fi 打不开网页", "Wi-Fi opens no web pages", "waiting_for_requester", "warn"),
        ("B03-0291-R", "宿舍网口没有信号", "No signal in the dormitory", "in_progress", "info"),
        ("A12-0388-D", "校园卡补办", "Replacement campus card", "closed", "ok"),
        ("C01-0334-F", "邮箱收不到验证码", "No codes by e-mail", "closed", "ok"),
    )
    return v.TicketsPage(
        title=speak("tickets.title"),
        rows=tuple(
            v.Row(
                ref,
                _pick(language, zh, en),
                ref + _pick(language, " · 今天", " · today"),
                chip=speak(f"state.{state}"),
                chip_kind=kind,
            )
            for ref, zh, en, state, kind in rows
        ),
        selected="A12-0473-K",
        detail=v.TicketDetail(
            _pick(language, "Wi-Fi 打不开网页", "Wi-Fi opens no web pages"),
            speak("tickets.number", reference="A12-0473-K") + _pick(language, " · 图书馆 一层", " · Library floor 1"),
            (
                v.TimelineStep(
                    speak("tickets.created"),
                    _pick(language, "今天 14:26", "today 14:26"),
                    speak("tickets.created_text"),
                    v.StepState.DONE,
                ),
                v.TimelineStep(speak("tickets.assigned"), "14:51", "", v.StepState.DONE),
                v.TimelineStep(
                    speak("tickets.answered"),
                    "15:10",
                    _pick(
                        language,
                        "一层的 AP 已经重启。请再连一次，现在能打开网页吗？",
                        "We restarted the access point. Does it work now?",
                    ),
                    v.StepState.DONE,
                ),
                v.TimelineStep(
                    speak("tickets.next_reply"),
                    _pick(language, "周五 11月20日 16:30 前", "by Fri 20 Nov, 16:30"),
                    "",
                    v.StepState.NOW,
                ),
            ),
        ),
        footnote="\n".join(
            (
                speak("tickets.footnote", months=6),
                speak("tickets.old", when=_pick(language, "周五 11月20日 14:26", "Fri 20 Nov, 14:26")),
            )
        ),
    )


def _account(language: Language, speak: Speaker) -> v.AccountPage:
    acts = (("reset", "key"), ("unlock", "lock-open"), ("change", "pencil-simple"), ("activate", "user-plus"))
    return v.AccountPage(
        title=speak("account.title"),
        account=_pick(language, "统一身份认证", "Campus account"),
        opens_label=speak("account.opens"),
        opens=_OPENS[language],
        rows=(
            *(v.Row(act, speak(f"account.{act}"), speak(f"account.{act}_hint"), icon) for act, icon in acts),
            v.Row("change_pin", speak("pin_change.matter"), speak("pin_change.hint"), "dots-nine"),
        ),
    )


def _desk_code(speak: Speaker) -> v.Row:
    return v.Row("desk_code", speak("desk_code.row"), speak("desk_code.row_hint"), "ticket")


def _call_back(speak: Speaker) -> tuple[v.Row, ...]:
    """Nobody's; of somebody who tapped a card on the contact on file, and on another one."""
    return (
        v.Row("callback_typed:", speak("call_back.title"), speak("call_back.leave_one"), "phone-call"),
        v.Row("callback:", speak("call_back.title"), speak("call_back.on_file"), "phone-call"),
        v.Row("callback_typed:", speak("call_back.other"), speak("call_back.other_hint"), "device-mobile"),
    )


_OPENS = {
    Language.ZH: ("门户", "校园 Wi-Fi", "邮箱", "VPN"),
    Language.EN: ("Portal", "Campus Wi-Fi", "Mail", "VPN"),
}


def _saved_at(language: Language) -> tuple[v.Row, ...]:
    zh = (
        ("手机 Wi-Fi", "设置里点 YunLu-Campus，选“忘记此网络”", "device-mobile"),
        ("电脑 Wi-Fi 和 VPN", "忘记网络，再重新输一次密码", "laptop"),
        ("邮箱 App", "退出学校邮箱，再登录", "envelope-simple"),
        ("平板、手表、旧手机", "还登着的也一样", "device-tablet"),
    )
    en = (
        ("Phone Wi-Fi", "In Settings, forget YunLu-Campus", "device-mobile"),
        ("Computer Wi-Fi and VPN", "Forget the network, then type the password again", "laptop"),
        ("Mail app", "Sign out of campus mail, then in again", "envelope-simple"),
        ("Tablet, watch, old phone", "The same wherever you are still signed in", "device-tablet"),
    )
    places = zh if language is Language.ZH else en
    return tuple(v.Row(str(n), title, text, icon) for n, (title, text, icon) in enumerate(places, start=1))


def _locked(language: Language, speak: Speaker) -> v.AccountLockedPage:
    return v.AccountLockedPage(
        title=speak("account.relocked"),
        text=speak("account.relocked_text"),
        facts=(
            v.Fact(speak("account.name"), _pick(language, "统一身份认证 2021•••••58", "Campus account 2021•••••58")),
            v.Fact(speak("account.locked_at"), _pick(language, "今天 14:02", "Today 14:02")),
            v.Fact(speak("account.locked_from"), _OPENS[language][1]),
            v.Fact(speak("account.changed_at"), _pick(language, "周三 11月18日", "Wed 18 Nov")),
        ),
        places_title=speak("account.relocked_places"),
        places=_saved_at(language),
        forgot=speak("account.forgot_too"),
        print=speak("account.print"),
        unlock=speak("account.unlock_only"),
    )


def _password(language: Language, speak: Speaker) -> v.PasswordPage:
    texts = {rule: speak(f"password_rules.{rule}", count=5 if rule == "history" else 10) for rule in _RULES}
    return v.PasswordPage(
        title=speak("password.title_reset"),
        account=_pick(language, "统一身份认证 2023•••••87", "Campus account 2023•••••87"),
        opens_label=speak("account.opens"),
        opens=_OPENS[language],
        fields=(
            v.SecretField("new", speak("password.new"), 6, True),
            v.SecretField("again", speak("password.again")),
        ),
        hint=speak("password.hidden"),
        rules=(
            v.RuleLine(texts["min_length"], "open", speak("password.missing", count=4)),
            v.RuleLine(texts["not_personal"], "kept"),
            v.RuleLine(texts["not_common"], "kept"),
            v.RuleLine(texts["strength"], "open"),
            v.RuleLine(texts["history"], "said"),
        ),
        strength_label=speak("password.strength"),
        strength=speak("password.strength_1"),
        score=1,
        primary=speak("password.to_again"),
    )


_RULES = ("min_length", "not_personal", "not_common", "strength", "history")


def _change(language: Language, speak: Speaker) -> v.PasswordPage:
    return replace(
        _password(language, speak),
        title=speak("password.title_change"),
        fields=(
            v.SecretField("old", speak("password.old"), 12, True),
            v.SecretField("new", speak("password.new")),
            v.SecretField("again", speak("password.again")),
        ),
        strength="",
        notice=v.Notice(v.NoticeKind.DANGER, speak("password.wrong_old"), speak("password.wrong_old_text")),
        primary=speak("password.to_new"),
        can_go=True,
        other_ways=(v.Row("forgot", speak("password.forgot_old"), icon="question"),),
    )


def _agreed(language: Language, speak: Speaker) -> v.PasswordPage:
    return replace(
        _password(language, speak),
        fields=(
            v.SecretField("new", speak("password.new"), 64),
            v.SecretField("again", speak("password.again"), 64, True, "differs"),
        ),
        rules=tuple(replace(rule, state="kept", missing="") for rule in _password(language, speak).rules),
        strength=speak("password.strength_4"),
        score=4,
        notice=v.Notice(v.NoticeKind.WARN, speak("password.differs"), speak("password.differs_text")),
        primary=speak("password.do_reset"),
        can_go=True,
        back_one=speak("password.back_one"),
    )


def _account_done(language: Language, speak: Speaker, what: str) -> v.DonePage:
    opens = speak("account_done.and").join(_OPENS[language])
    name = _pick(language, "统一身份认证", "Campus account")
    word = "same_password" if what == "unlock" else "old_gone"
    return v.DonePage(
        kind=v.DoneKind.RECEIVED,
        headline=speak(f"account_done.{what}"),
        promise=speak(f"account_done.{word}", account=name, doors=opens),
        next_title=speak("account_done.places" if what == "unlock" else "account_done.order"),
        guide=_saved_at(language)[: 4 if what == "unlock" else 3],
        numbered=what != "unlock",
        slip="printed",
        slip_title=speak("done.slip_printed"),
        slip_text=speak("done.slip_below", what=speak("account_done.slip_what")),
        slip_position="below",
        again=speak("done.again"),
        end=speak("done.end"),
    )


def _account_done_no_slip(language: Language, speak: Speaker) -> v.DonePage:
    notice = v.Notice(v.NoticeKind.WARN, speak("done.no_paper"), speak("account_done.no_slip"))
    return replace(
        _account_done(language, speak, "unlock"), slip="", slip_title="", slip_text="", slip_position="", notice=notice
    )


def pages(language: Language) -> dict[str, v.Page]:
    """Every page, some in several states, by the name their picture gets."""
    speak = Speaker(language)
    details = _details(language, speak)
    return {
        "attract": v.AttractPage(
            "below_right", Speaker(Language.ZH)("reader.below_right"), Speaker(Language.EN)("reader.below_right")
        ),
        "attract_no_reader": v.AttractPage(),
        "attract_notice": v.AttractPage(
            "below_right",
            Speaker(Language.ZH)("reader.below_right"),
            Speaker(Language.EN)("reader.below_right"),
            "今天 22:00–24:00 统一身份认证维护，登录不了",
            "today 22:00–24:00 Sign-in maintenance: no log-in",
        ),
        "home": v.HomePage(_tiles(speak), _reader(speak, "home.reader_title")),
        "home_notice": v.HomePage(
            _tiles(speak),
            _reader(speak, "home.reader_title"),
            _pick(
                language,
                "今天 22:00–24:00 统一身份认证维护，登录不了",
                "today 22:00–24:00 Sign-in maintenance: no log-in",
            ),
        ),
        "home_search": v.HomePage(
            (*_tiles(speak)[1:], *_tiles(speak)[1:] * 5),
            _reader(speak, "home.reader_title"),
            search=speak("home.search"),
        ),
        "home_search_three": v.HomePage(
            (*_tiles(speak), v.Row("knowledge", speak("home.knowledge"), speak("home.knowledge_hint"), "book-open")),
            _reader(speak, "home.reader_title"),
            search=speak("home.search"),
        ),
        "home_three": v.HomePage(
            (*_tiles(speak), v.Row("more", speak("none.report"), speak("none.report_hint"), "book-open"))
        ),
        "home_six": v.HomePage((*_tiles(speak)[1:], *_tiles(speak)[1:] * 5), _reader(speak, "home.reader_title")),
        "home_seven": v.HomePage(
            (
                *(v.Row(row, speak(f"home.{row}"), speak(f"home.{row}_hint"), "lock") for row in ("account", "card")),
                v.Row("card_lost", speak("card_lost.tile_both"), speak("card_lost.tile_both_hint"), "magnifying-glass"),
                v.Row("knowledge", speak("home.knowledge"), speak("home.knowledge_hint"), "book-open"),
                *_tiles(speak),
                v.Row("feedback", speak("home.feedback"), speak("home.feedback_hint"), "smiley"),
            ),
            _reader(speak, "home.reader_title"),
            _pick(language, "图书馆 Wi-Fi 打不开网页", "Library Wi-Fi opens no pages"),
            speak("home.search"),
        ),
        "identify": v.IdentifyPage(
            speak("home.tickets"),
            "clipboard-text",
            _reader(speak, "identify.title", "identify.text"),
            None,
            _ways(speak),
        ),
        "identify_failed": v.IdentifyPage(
            speak("home.tickets"),
            "clipboard-text",
            _reader(speak, "identify.title", "identify.text"),
            v.Notice(v.NoticeKind.DANGER, speak("identify.read_again"), speak("identify.read_again_text")),
            _ways(speak),
        ),
        "identify_no_reader": v.IdentifyPage(
            speak("home.tickets"),
            "clipboard-text",
            v.ReaderHint(),
            v.Notice(v.NoticeKind.WARN, speak("strip.reader")),
            _ways(speak),
        ),
        "number": v.NumberPage(
            "20231004",
            speak("number.missing", count=3),
            reader=_reader(speak, "identify.card_also"),
            other_ways=_ways(speak)[1:2],
        ),
        "number_letters": v.NumberPage(
            "T2023", "", speak("number.not_a_number"), "TX", True, other_ways=_ways(speak)[1:2]
        ),
        "account": _account(language, speak),
        "account_notice": replace(
            _account(language, speak),
            notice=v.Notice(v.NoticeKind.INFO, speak("account.not_locked"), speak("account.not_locked_text")),
        ),
        "account_busy": replace(_account(language, speak), busy=True, busy_text=speak("account.looking")),
        "account_locked": _locked(language, speak),
        "account_locked_once": replace(
            _locked(language, speak),
            title=speak("account.locked"),
            text=speak("account.locked_until", time=_pick(language, "今天 14:32", "Today 14:32")),
            places_title=speak("account.locked_places"),
            notice=v.Notice(v.NoticeKind.OK, speak("account.printing"), speak("account.printing_text")),
            print="",
        ),
        "password": _password(language, speak),
        "password_change": _change(language, speak),
        "password_differs": _agreed(language, speak),
        "password_done": _account_done(language, speak, "reset"),
        "unlock_done": _account_done(language, speak, "unlock"),
        "unlock_done_no_paper": _account_done_no_slip(language, speak),
        "pin": v.PinPage(
            filled=4,
            notice=v.Notice(v.NoticeKind.INFO, speak("pin.cover"), speak("pin.cover_text")),
            other_ways=(
                v.Row("pin_forgotten", speak("pin.forgotten"), icon="question"),
                v.Row("by_code", speak("pin.by_code"), icon="device-mobile"),
                v.Row("none", speak("pin.no_way"), icon="headset"),
            ),
        ),
        "pin_locked": v.PinPage(
            locked=True,
            notice=v.Notice(v.NoticeKind.WARN, speak("pin.locked"), speak("pin.locked_text", time="14:42")),
            other_ways=(v.Row("none", speak("pin.forgotten"), icon="question"),),
        ),
        "pin_new": v.PinNewPage(
            title=speak("pin_new.title", length=6),
            text=speak("pin_new.text"),
            step=1,
            step_text=speak("pin_new.step_1", step=1, steps=2),
            rules_title=speak("pin_new.rules"),
            rules=tuple(speak(f"pin_new.rule_{rule}") for rule in ("same", "date", "number")),
            filled=2,
        ),
        "pin_new_easy": v.PinNewPage(
            title=speak("pin_new.again", length=6),
            text=speak("pin_new.again_text"),
            step=2,
            step_text=speak("pin_new.step_2", step=2, steps=2),
            rules_title=speak("pin_new.rules"),
            rules=tuple(speak(f"pin_new.rule_{rule}") for rule in ("same", "date", "number")),
            notice=v.Notice(v.NoticeKind.DANGER, speak("pin_new.easy"), speak("pin_new.easy_text")),
        ),
        "pin_change": v.PinNewPage(
            title=speak("pin_change.title", length=6),
            text=speak("pin_change.text"),
            step=1,
            step_text=speak("pin_new.step_1", step=1, steps=2),
            rules_title=speak("pin_new.rules"),
            rules=tuple(speak(f"pin_new.rule_{rule}") for rule in ("same", "date", "number")),
        ),
        "pin_changed": v.DonePage(
            headline=speak("pin_change.done"),
            promise=speak("pin_change.done_text"),
            next_title=speak("done.next"),
            steps=(
                v.TimelineStep(
                    speak("pin_change.done"), _pick(language, "今天 14:26", "Today 14:26"), "", v.StepState.DONE
                ),
                v.TimelineStep(speak("pin_change.message"), "", speak("pin_new.told_text"), v.StepState.NOW),
            ),
            again=speak("done.again"),
            end=speak("done.end"),
        ),
        "pin_new_done": v.PinNewPage(
            title=speak("pin_new.done"),
            text=speak("pin_new.done_text"),
            notice=v.Notice(v.NoticeKind.OK, speak("pin_new.told"), speak("pin_new.told_text")),
            finish=speak("pin_new.finish"),
        ),
        "code": v.CodePage(
            digits="407",
            text=speak("code.sent_phone"),
            notice=v.Notice(v.NoticeKind.INFO, speak("code.secret"), speak("code.secret_text")),
            resend=speak("code.resend_in", left="0:42"),
            other_ways=(
                v.Row("email", speak("code.to_email"), icon="envelope-simple"),
                v.Row("none", speak("code.none"), icon="headset"),
            ),
        ),
        "code_or_pin": v.CodePage(
            text=speak("code.sent_phone"),
            notice=v.Notice(v.NoticeKind.INFO, speak("code.secret"), speak("code.secret_text")),
            resend=speak("code.resend_in", left="0:42"),
            other_ways=(
                v.Row("email", speak("code.to_email"), icon="envelope-simple"),
                v.Row("by_pin", speak("code.by_pin"), icon="dots-nine"),
                v.Row("none", speak("code.none"), icon="headset"),
            ),
        ),
        **{
            f"code_{key}": v.CodePage(
                text=speak("code.sent_phone"),
                notice=v.Notice(v.NoticeKind.WARN, speak(f"code.{key}"), speak(f"code.{key}_text", time="14:30")),
                resend=speak("code.resend_in", left="0:42"),
                other_ways=(
                    v.Row("email", speak("code.to_email"), icon="envelope-simple"),
                    v.Row("by_pin", speak("code.by_pin"), icon="dots-nine"),
                    v.Row("none", speak("code.none"), icon="headset"),
                ),
            )
            for key in ("wait", "not_sent")
        },
        "code_sending": v.CodePage(
            text=speak("code.sending"),
            notice=v.Notice(v.NoticeKind.INFO, speak("code.secret"), speak("code.secret_text")),
            locked=True,
            resend=speak("code.resend"),
            other_ways=(v.Row("none", speak("code.none"), icon="headset"),),
        ),
        "code_again": v.CodePage(
            text=speak("code.sent_shown", address="l•••••@cs.yunlu.example"),
            notice=v.Notice(v.NoticeKind.DANGER, speak("code.wrong"), speak("pin.tries_left", count=2)),
            resend=speak("code.resend"),
            can_resend=True,
            other_ways=(
                v.Row("email", speak("code.to_email"), icon="envelope-simple"),
                v.Row("none", speak("code.none"), icon="headset"),
            ),
        ),
        "desk_code": v.DeskCodePage(
            title=speak("desk_code.title", length=8),
            length=8,
            digits="40716",
            text=speak("desk_code.text"),
            notice=v.Notice(v.NoticeKind.INFO, speak("desk_code.alone"), speak("desk_code.alone_text")),
            other_ways=(v.Row("none", speak("desk_code.none"), icon="headset"),),
        ),
        "desk_code_expired": v.DeskCodePage(
            title=speak("desk_code.title", length=8),
            length=8,
            text=speak("desk_code.text"),
            notice=v.Notice(v.NoticeKind.WARN, speak("desk_code.expired"), speak("desk_code.expired_text")),
            other_ways=(v.Row("none", speak("desk_code.none"), icon="headset"),),
        ),
        "none_of_these": v.NoneOfThesePage(
            speak("none.desk"),
            (
                _pick(language, "图书馆一层 · 今天 8:00–22:00", "Library floor 1 · today 8:00–22:00"),
                speak("none.phone", phone="8231 0000"),
            ),
            speak("none.bring"),
            ("身份证", "学生证", "护照") if language is Language.ZH else ("ID card", "Student card", "Passport"),
            v.Notice(v.NoticeKind.INFO, speak("none.free"), speak("none.free_text")),
            (
                _desk_code(speak),
                *_call_back(speak)[:1],
                v.Row("report", speak("none.report"), speak("none.report_hint"), "wrench"),
            ),
        ),
        "none_of_these_known": v.NoneOfThesePage(
            speak("none.desk"),
            (
                _pick(language, "图书馆一层 IT 服务台 · 今天不上班", "IT desk, Library, ground floor · Closed today"),
                " · ".join(
                    (
                        speak("none.next_open", when=_pick(language, "周一 11月23日 8:00", "Mon 23 Nov 8:00")),
                        speak("none.phone", phone="8231\N{NO-BREAK SPACE}0000"),
                    )
                ),
            ),
            speak("none.bring"),
            ("身份证", "学生证或工作证", "护照")
            if language is Language.ZH
            else ("Chinese ID card", "Student or staff card", "Passport"),
            v.Notice(v.NoticeKind.INFO, speak("none.free"), speak("none.free_text")),
            (
                _desk_code(speak),
                *_call_back(speak)[1:],
                v.Row("report", speak("none.report"), speak("none.report_hint"), "wrench"),
            ),
        ),
        "none_of_these_busy": v.NoneOfThesePage(
            speak("none.desk"),
            (speak("none.phone", phone="8231 0000"),),
            notice=v.Notice(v.NoticeKind.INFO, speak("none.free"), speak("none.free_text")),
            ways=(_desk_code(speak), *_call_back(speak)[1:]),
            busy=True,
            busy_text=speak("report.busy"),
        ),
        "category": _category(language, speak),
        "details": details,
        "details_new": replace(
            details, symptom="", can_submit=False, symptoms=details.symptoms[:2] * 3, answer_line=""
        ),
        "details_known": replace(details, **known_outage(language, speak)),
        "details_plain": replace(details, impacts=(), impact_title="", place=None),
        "details_suggested": replace(
            details, suggestions_title=speak("report.suggested"), suggestions=suggested_articles(language)
        ),
        "details_busy": replace(details, busy=True, busy_text=speak("report.busy")),
        "place": _place(language, speak),
        "place_letter": replace(_place(language, speak), letter="X", matches=_places(language)),
        "place_floors": _floors(language, speak),
        "note": v.NotePage(
            title=speak("note.title"),
            hint=speak("note.hint"),
            text=_pick(language, "连上以后一直转圈，", "It connects and then nothing, "),
            limit=200,
            phrases=("手机和电脑都这样", "昨天还是好的", "别人也不行")
            if language is Language.ZH
            else ("On phone and laptop", "It worked yesterday", "Others have it too"),
            done=speak("note.done"),
        ),
        "contact": v.NotePage(
            "contact",
            speak("note.contact_title"),
            speak("note.contact_hint"),
            "",
            60,
            (),
            speak("note.contact_done"),
            speak("note.contact_error"),
        ),
        "answer": v.AnswerPage(
            speak("answer.title"),
            speak("answer.text"),
            _reader(speak, "identify.title"),
            tuple(
                v.Row(key, speak(f"answer.{key}"), speak(f"answer.{key}_hint"), icon)
                for key, icon in (
                    ("number", "keyboard"),
                    ("contact", "phone"),
                    ("look", "clipboard-text"),
                    ("none", "question"),
                )
            ),
        ),
        "done": _done(language, speak),
        "done_printing": replace(_done(language, speak), slip="printing", slip_title=speak("done.slip_printing")),
        "done_saved": _saved(language, speak),
        "done_no_paper": _no_paper(language, speak),
        "done_paper_kept": _no_slip(language, speak, "done.paper_kept"),
        "done_unknown_print": _no_slip(language, speak, "done.unknown_print"),
        "done_no_paper_saved": replace(
            _no_paper(language, speak),
            kind=v.DoneKind.SAVED,
            headline=speak("done.saved"),
            promise=speak("done.saved_promise"),
            qr="",
            qr_label="",
        ),
        "done_not_saved": _not_saved(language, speak),
        "tickets": _tickets(language, speak),
        **consent_pages(language, speak, details, _done(language, speak), _tickets(language, speak)),
        **ticket_pages(language, speak, _tickets(language, speak)),
        "tickets_loading": v.TicketsPage(title=speak("tickets.title"), loading=True),
        "tickets_empty": v.TicketsPage(
            title=speak("tickets.title"),
            empty_title=speak("tickets.empty"),
            empty_text=speak("tickets.empty_text"),
            ways=(v.Row("report", speak("home.report"), icon="wrench"),),
        ),
        "privacy": v.PrivacyPage(
            speak("privacy.title"),
            tuple(
                v.Row(key, speak(f"privacy.{key}"), speak(f"privacy.{key}_text"), icon)
                for key, icon in (("tap", "eye"), ("pin", "lock-key"), ("sealed", "hard-drives"), ("wiped", "trash"))
            ),
            speak("privacy.more"),
            speak("privacy.done"),
        ),
        "privacy_long": v.PrivacyPage(
            speak("privacy.long_title"),
            tuple(
                v.Row(
                    key,
                    speak(f"privacy.{key}"),
                    speak(
                        f"privacy.{key}_text",
                        campus=_pick(language, "云麓大学", "Yunlu University"),
                        desk=_pick(language, "图书馆一层 · 8231 0000", "Library, floor 1 · 8231 0000"),
                    ),
                    icon,
                )
                for key, icon in AT_LENGTH
            ),
            "",
            speak("privacy.done"),
        ),
        **announcing_pages(language, speak),
        **maintenance_pages(language, speak),
        **desk_pages(language, speak),
        "card_lost": _card_lost(language, speak),
        "card_lost_holder": replace(
            _card_lost(language, speak), holder=(_pick(language, "张*明", "Z*** Y***"), "2023•••••87"), ways=()
        ),
        "card_lost_offline": replace(
            _card_lost(language, speak),
            text=speak("card_lost.way_back"),
            notice=v.Notice(
                v.NoticeKind.WARN,
                speak("card_lost.offline"),
                speak("card_lost.offline_text") + " " + speak("card_lost.call", phone="8231 0200"),
            ),
        ),
        "card_lost_busy": replace(_card_lost(language, speak), busy=True, busy_text=speak("report.slow")),
        "card_restore": v.CardConfirmPage(
            title=speak("card_restore.title"),
            text=speak("card_restore.text"),
            holder=(_pick(language, "张*明", "Z*** Y***"), "2023•••••87"),
            effects=(v.Group(speak("card_restore.again"), "", _effects(language, "check")),),
            safe=speak("card_restore.safe"),
            act=speak("card_restore.act"),
        ),
        "card_new": _card_new(language, speak),
        "card_new_found": replace(
            _card_new(language, speak),
            title=speak("card_new.found"),
            text=speak("card_new.found_text"),
            ways=(
                v.Row("cancel_loss", speak("card_restore.act"), icon="arrow-counter-clockwise"),
                v.Row("despite", speak("card_new.despite"), icon="identification-card"),
            ),
            act=speak("card_new.fetch"),
        ),
        "card_new_loading": v.CardConfirmPage(title=speak("card_tile.replace_card"), safe=speak("card_new.safe")),
        "found_card": v.FoundCardPage(
            title=speak("found_card.title"),
            text=speak("found_card.text"),
            reader=v.ReaderHint("below_right", speak("found_card.tap"), speak("found_card.tap_text")),
            other_ways=(v.Row("none", speak("found_card.cannot"), icon="question"),),
        ),
        "found_card_no_reader": v.FoundCardPage(
            title=speak("found_card.title"),
            text=speak("found_card.text"),
            notice=v.Notice(v.NoticeKind.WARN, speak("strip.reader")),
            other_ways=(v.Row("none", speak("found_card.cannot"), icon="question"),),
        ),
        "found_card_places": _found_places(language, speak),
        "found_card_lost": replace(
            _found_places(language, speak),
            notice=v.Notice(v.NoticeKind.WARN, speak("found_card.lost"), speak("found_card.lost_text")),
            other_ways=(v.Row("cancel_loss", speak("found_card.mine"), icon="user-circle"),),
        ),
        "unavailable": v.UnavailablePage(
            "wifi-slash",
            speak("tickets.unavailable"),
            speak("tickets.unavailable_text"),
            (
                _call_back(speak)[0],
                v.Row("report", speak("none.report"), speak("none.report_hint"), "wrench"),
                v.Row(
                    "none",
                    speak("none.desk"),
                    _pick(language, "图书馆一层 · 8:00–18:00", "Library · 8:00–18:00"),
                    "headset",
                ),
            ),
        ),
        **{
            key: v.UnavailablePage(
                "clipboard-text",
                speak(f"{key}.unavailable"),
                speak(f"{key}.unavailable_text"),
                (
                    v.Row("tickets", speak("home.tickets"), icon="clipboard-text"),
                    _call_back(speak)[0],
                    v.Row("report", speak("none.report"), speak("none.report_hint"), "wrench"),
                ),
            )
            for key in ("slip_gone", "slip_look", "card_pin_unknown", "pin_first")
        },
        "pin_unknown": v.UnavailablePage(
            "wifi-slash",
            speak("pin_unknown.unavailable"),
            speak("pin_unknown.unavailable_text"),
            (
                _call_back(speak)[1],
                v.Row("report", speak("none.report"), speak("none.report_hint"), "wrench"),
                v.Row(
                    "none",
                    speak("none.desk"),
                    _pick(language, "图书馆一层 · 8:00–18:00", "Library · 8:00–18:00"),
                    "headset",
                ),
            ),
        ),
        "out_of_service": v.OutOfServicePage(
            "正在更新软件。",
            "Software is being updated.",
            "图书馆一层服务台 · 今天 8:00–22:00",
            "Desk, library floor 1 · today 8:00–22:00",
            "8231 0000",
        ),
        "out_of_service_near": v.OutOfServicePage(
            "这台终端暂停服务",
            "This kiosk is out of service",
            "图书馆一层服务台",
            "Desk, library floor 1",
            "8231 0000",
            "最近能用的终端（今天 10:20）",
            "Nearest kiosks that were ready today 10:20",
            (
                v.Row("C01", "信息中心二层 · C01", "Information Centre, 1st floor", "desktop"),
                v.Row("B03", "二教学楼一层 · B03", "Teaching Building 2, ground floor", "desktop"),
                v.Row("D07", "外国语学院楼一层大厅 · D07", "School of Foreign Languages, ground floor hall", "desktop"),
            ),
        ),
        "enrol": _enrol(v.NoticeKind.OK, "waiting"),
        "enrol_no_hub": replace(
            _enrol(v.NoticeKind.DANGER, "wrong_certificate"),
            qr="",
            code="",
            words_zh="",
            words_en="",
            left_zh="",
            left_en="",
        ),
        **card_pages(language),
        **sign_in_pages(language),
        **knowledge_pages(language),
    }


def _enrol(kind: v.NoticeKind, key: str) -> v.EnrolPage:
    """Both languages at once."""
    zh, en = Speaker(Language.ZH), Speaker(Language.EN)
    hub = "https://campus-kiosk.example.edu:8443"
    return v.EnrolPage(
        zh("enrol.title"),
        en("enrol.title"),
        zh("enrol.text", letters=8),
        en("enrol.text", letters=8),
        f"{hub}/console/kiosks?code=KWQDXMPT",
        "KWQD XMPT",
        zh("enrol.same"),
        en("enrol.same"),
        "向日葵 · 萤火虫 · 自行车 · 热气球",
        "grapefruit · saxophone · volcano · hummingbird",
        zh("enrol.left", left="14:20"),
        en("enrol.left", left="14:20"),
        kind,
        tuple(v.Row(speak.language, speak(f"enrol.{key}"), speak(f"enrol.{key}_text")) for speak in (zh, en)),
        hub,
    )


def _effects(language: Language, icon: str) -> tuple[v.Row, ...]:
    texts = (
        _pick(language, "刷卡吃饭、购物、洗浴", "Paying for food, shopping, showers"),
        _pick(language, "宿舍和教学楼门禁", "Doors of halls and teaching buildings"),
        _pick(language, "图书借阅、自助打印", "Borrowing books, printing"),
    )
    return tuple(v.Row("", text, icon=icon) for text in texts)


def _card_lost(language: Language, speak: Speaker) -> v.CardConfirmPage:
    stays = (
        _pick(language, "卡里的钱还在，补卡后转到新卡", "Your money stays and moves to the new card"),
        _pick(language, "校园 Wi-Fi 和邮箱照常使用", "Campus Wi-Fi and mail work as before"),
    )
    return v.CardConfirmPage(
        title=speak("card_lost.title"),
        text=speak("card_lost.by", when="14:28") + "\n" + speak("card_lost.way_back"),
        effects=(
            v.Group(speak("card_lost.stops"), "", _effects(language, "prohibit")),
            v.Group(speak("card_lost.stays"), "", tuple(v.Row("", text, icon="check") for text in stays)),
        ),
        footnote=_pick(language, "停用前刷掉的钱追不回来。", "Money spent before it is blocked is not refunded."),
        ways=(v.Row("found_card", speak("card_lost.found_way"), icon="hand"),),
        safe=speak("card_lost.safe"),
        act=speak("card_lost.act"),
        danger=True,
    )


def _card_new(language: Language, speak: Speaker) -> v.CardConfirmPage:
    place = _pick(language, "学生服务中心一层 卡务中心", "Card office, Student Centre, ground floor")
    hours = speak("none.today", hours="8:30–17:00") + " · 8231 0200"
    who = _pick(language, "在校学生和在职教职工", "Enrolled students and employed staff")
    things = _pick(language, "身份证或护照", "ID card or passport")
    rows = (
        v.Row("", speak("card_new.fee", fee="¥15"), speak("card_new.fee_text"), "wallet"),
        v.Row("", speak("card_new.collect", place=place), hours, "map-pin"),
        v.Row("", speak("card_new.bring", things=things), icon="identification-card"),
        v.Row("", speak("card_new.who", who=who), icon="user-circle"),
        v.Row("", speak("card_new.old"), icon="prohibit"),
    )
    return v.CardConfirmPage(
        title=speak("card_new.title"),
        text=speak("card_new.text"),
        holder=(_pick(language, "张*明", "Z*** Y***"), "2023•••••87"),
        effects=(v.Group(speak("card_new.before"), "", rows),),
        safe=speak("card_new.safe"),
        act=speak("card_new.act", fee="¥15"),
    )


def _found_places(language: Language, speak: Speaker) -> v.FoundCardPage:
    return v.FoundCardPage(
        title=speak("found_card.where"),
        text=speak("found_card.where_text"),
        places=(
            v.Row(
                "it-desk",
                _pick(language, "图书馆一层 IT 服务台", "IT desk, Library, ground floor"),
                speak("none.today", hours="8:00–22:00"),
                "map-pin",
                speak("found_card.here"),
                "ok",
            ),
            v.Row(
                "card-office",
                _pick(language, "学生服务中心一层 卡务中心", "Card office, Student Centre, ground floor"),
                speak("none.today", hours="8:30–17:00") + " · 8231 0200",
                "map-pin",
            ),
            v.Row("gate", _pick(language, "南门保卫处值班室", "Security, South Gate"), "8231 0110", "map-pin"),
        ),
        privacy=speak("found_card.privacy"),
        other_ways=(v.Row("none", speak("found_card.cannot"), icon="question"),),
    )


def view(
    page: v.Page, look: v.Look, *, strip: v.Strip | None = None, question: v.Question | None = None, visit: int = 1
) -> v.View:
    """The page as a whole view, with everything around it."""
    speak = Speaker(look.language)
    bar = v.Bar(visible=page.screen not in (v.Screen.ATTRACT, v.Screen.OUT_OF_SERVICE, v.Screen.ENROL), left="1:48")
    if page.screen is v.Screen.HOME:
        place = _pick(look.language, "图书馆一层", "library floor 1")
        bar = replace(bar, desk=speak("bar.desk", place=place), desk_detail="8:00–22:00 · 8231 0000")
    elif page.screen is v.Screen.PIN:
        bar = replace(bar, back=True, who_icon="keyboard", who=speak("bar.number_typed"), who_detail="2023•••••87")
    elif bar.visible:
        bar = replace(
            bar, back=page.screen is not v.Screen.DONE, who_icon="identification-card", who=speak("bar.card_read")
        )
    return v.View(page, look, _FRAME[look.language], strip or v.Strip(), bar, question or v.Question(), visit)


def questions(language: Language) -> dict[str, v.Question]:
    speak = Speaker(language)
    return {
        "warning": v.Question(
            v.Overlay.WARNING,
            speak("question.warning_title"),
            speak("question.warning_text"),
            "18",
            speak("question.warning_end"),
            speak("question.warning_stay"),
        ),
        "different_card": v.Question(
            v.Overlay.DIFFERENT_CARD,
            speak("question.card_title"),
            speak("question.card_text"),
            "12",
            speak("question.card_use"),
            speak("question.card_stay"),
        ),
        "leave": v.Question(
            v.Overlay.LEAVE,
            speak("question.leave_title"),
            speak("question.leave_text"),
            "",
            speak("question.leave_yes"),
            speak("question.leave_stay"),
        ),
        "cleaning": v.Question(
            v.Overlay.CLEANING, speak("question.cleaning_title"), speak("question.cleaning_text"), "27"
        ),
    }
