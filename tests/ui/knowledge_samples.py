"""Hand-made views of the knowledge base's pages, as the worker would send them."""

from msgspec.structs import replace

from kiosk.domain.language import Language
from kiosk.services import views as v
from kiosk.words import Speaker

_TOPICS = {
    Language.ZH: (
        ("wifi-high", "Wi-Fi 和网络", "连不上、很慢、宿舍网络"),
        ("user-circle", "账号和密码", "忘记密码、锁定、激活"),
        ("identification-card", "校园卡", "丢了、读不出、充值"),
        ("envelope-simple", "邮箱和日历", "设置、容量、日历"),
        ("printer", "打印和扫描", "手机电脑打印、卡纸"),
        ("package", "软件和授权", "Office、MATLAB、激活"),
        ("projector-screen", "教室设备", "投影、话筒、触摸屏"),
        ("laptop", "电脑和备份", "备份、加密、丢了电脑"),
        ("globe-hemisphere-west", "校外访问和云盘", "VPN、远程桌面、云盘"),
        ("shield-check", "安全和防骗", "可疑邮件、病毒、证书"),
        ("graduation-cap", "学习和科研", "课程平台、考试、算力"),
        ("monitor", "终端和服务", "怎么报修、查进度"),
    ),
    Language.EN: (
        ("wifi-high", "Wi-Fi and network", "No connection, slow, wired rooms"),
        ("user-circle", "Account and password", "Forgotten, locked, activation"),
        ("identification-card", "Campus card", "Lost, not read, top-up"),
        ("envelope-simple", "Mail and calendar", "Set-up, quota, calendar"),
        ("printer", "Printing and scanning", "From phone and laptop, jams"),
        ("package", "Software and licences", "Office, MATLAB, activation"),
        ("projector-screen", "Classroom equipment", "Projector, microphone, panel"),
        ("laptop", "Computers and backup", "Backup, encryption, lost laptop"),
        ("globe-hemisphere-west", "Off campus and storage", "VPN, remote desktop, cloud"),
        ("shield-check", "Security and fraud", "Phishing, viruses, certificates"),
        ("graduation-cap", "Study and research", "Courses, exams, computing"),
        ("monitor", "This kiosk and service", "How to report and follow up"),
    ),
}
_PIECES = {
    Language.ZH: (("改", "密码", "后 Wi-Fi 连不上"), ("忘记校园账号", "密码"), ()),
    Language.EN: (("Wi-Fi fails after a ", "password", " change"), ("Forgotten campus account ", "password"), ()),
}
#: Ids of the pictures that an article shows.
WIDE, TALL = "1" * 32, "2" * 32

_ARTICLES = {
    Language.ZH: (
        ("改密码后 Wi-Fi 连不上", "每台设备都要忘记网络，再用新密码连一次。"),
        ("忘记校园账号密码", "在自助终端上证明是你本人，就能设新密码。"),
        ("连上了 Wi-Fi，打不开网页", "先看是一个网站的问题，还是所有网页都打不开。"),
        ("iPhone 连校园 Wi-Fi", "连 YunLu-Campus，用学号和校园账号密码登录。"),
        ("点了可疑链接、输了密码", "马上改密码，再告诉我们。"),
        ("用自己的电脑打印", "装一次驱动，以后直接打。"),
        ("宿舍网线上网", "插上网线，登录一次。"),
    ),
    Language.EN: (
        ("Wi-Fi fails after a password change", "Forget the network on each device, then connect with the new one."),
        ("Forgotten campus account password", "Prove who you are at a kiosk and set a new one."),
        ("Connected to Wi-Fi, but no pages open", "First see whether it is one site or all of them."),
        ("Connect an iPhone to campus Wi-Fi", "Use your number and your campus account password."),
        ("You opened a bad link or typed your password", "Change the password, then tell us."),
        ("Print from your own computer", "Install the driver once."),
        ("Wired network in the dormitory", "Plug in and sign in once."),
    ),
}
_STEPS = {
    Language.ZH: (
        ("打开手机“设置 → 无线局域网”", "在列表里找到 YunLu-Campus，点右边的 ⓘ。"),
        ("点“忽略此网络”", "安卓手机是“忘记网络”或“删除网络”。"),
        ("重新选择 YunLu-Campus", "用户名是学号，密码是刚设的新密码。"),
        ("弹出证书时，点“信任”", "证书名应为 wifi.yunlu.example。名字不同请点取消。"),
    ),
    Language.EN: (
        ("Open Settings → Wi-Fi on the phone", "Find YunLu-Campus in the list and touch ⓘ beside it."),
        ("Touch Forget This Network", "On Android it is called Forget or Remove network."),
        ("Choose YunLu-Campus again", "Your user name is your number, the password the new one."),
        ("When the certificate appears, touch Trust", "Its name is wifi.yunlu.example. Otherwise cancel."),
    ),
}


def _rows(language: Language) -> tuple[v.Row, ...]:
    return tuple(v.Row(f"article:{i}", title, hint, "article") for i, (title, hint) in enumerate(_ARTICLES[language]))


def suggested_articles(language: Language) -> tuple[v.Row, ...]:
    return tuple(replace(row, hint="") for row in _rows(language)[:2])


def _article(language: Language, speak: Speaker) -> v.ArticlePage:
    steps = (v.ArticlePart("steps", str(i), title, text) for i, (title, text) in enumerate(_STEPS[language], 1))
    return v.ArticlePage(
        title=_ARTICLES[language][0][0],
        facts=(
            v.Row("devices", "iPhone / Android", icon="device-mobile"),
            v.Row("reviewed", speak("article.reviewed", year=2026, month=speak("when.month_10")), icon="check-circle"),
            v.Row("minutes", speak("article.minutes", count=2), icon="clock"),
        ),
        parts=tuple(steps),
        qr="https://it.yunlu.example/a/wifi-after-password-change",
        along=speak("article.take"),
        along_text=speak("article.take_text"),
        slip=speak("article.print"),
        can_print=True,
        stuck=speak("article.stuck"),
        solved=speak("article.solved"),
    )


def _long(page: v.ArticlePage, language: Language) -> v.ArticlePage:
    heading = page.title
    sentence = _STEPS[language][3][1]
    more = (
        v.ArticlePart("heading", text=heading),
        v.ArticlePart("paragraph", text=sentence * 2),
        *(v.ArticlePart("list", title=sentence) for _ in range(6)),
        v.ArticlePart("note", text=sentence * 2),
    )
    return replace(page, parts=page.parts + more)


def _pictured(page: v.ArticlePage, language: Language) -> v.ArticlePage:
    shown = _STEPS[language][0][0]
    wide = v.ArticlePart("picture", text=shown, picture=WIDE, width=1200, height=700)
    tall = v.ArticlePart("picture", text=shown, picture=TALL, width=500, height=1200)
    return replace(page, parts=(wide, *page.parts[:3], tall))


def knowledge_pages(language: Language) -> dict[str, v.Page]:
    speak = Speaker(language)
    rows, article = _rows(language), _article(language, speak)
    lock = v.Row("account", speak("knowledge.direct", what=rows[1].title), speak("knowledge.direct_hint"), "lock-key")
    topics = v.TopicsPage(
        title=speak("knowledge.title"),
        search=speak("home.search"),
        topics=tuple(v.Row(f"topic:{i}", title, hint, icon) for i, (icon, title, hint) in enumerate(_TOPICS[language])),
        helpful_title=speak("knowledge.helpful"),
        helpful=rows,
        report=speak("knowledge.report"),
    )
    search = v.SearchPage(
        title=speak("knowledge.title"),
        label=speak("knowledge.label"),
        clear=speak("knowledge.clear"),
        text="czmm",
        hint=speak("knowledge.found", count=4),
        direct=(lock,),
        rows=tuple(replace(row, pieces=pieces) for row, pieces in zip(rows[:3], _PIECES[language], strict=True)),
        report=speak("knowledge.report"),
    )
    return {
        "topics": topics,
        "topics_none": v.TopicsPage(
            title=speak("knowledge.title"),
            helpful_title=speak("knowledge.helpful"),
            empty_title=speak("knowledge.none"),
            empty_text=speak("knowledge.none_text"),
            report=speak("knowledge.report"),
        ),
        "topic": v.TopicPage(title=_TOPICS[language][0][1], rows=rows),
        "topic_long": v.TopicPage(title=_TOPICS[language][0][1], rows=rows * 3),
        "topic_loading": v.TopicPage(title=_TOPICS[language][0][1], loading=True),
        "search": search,
        "search_new": replace(search, text="", hint=speak("knowledge.hint"), direct=(), rows=()),
        "search_many": replace(search, direct=(), rows=rows * 3),
        "search_nothing": replace(
            search,
            text="xyz",
            hint=speak("knowledge.hint"),
            direct=(),
            rows=(),
            empty_title=speak("knowledge.nothing", text="xyz"),
            empty_text=speak("knowledge.nothing_text"),
        ),
        "article": article,
        "article_long": _long(article, language),
        "article_pictured": _pictured(article, language),
        "article_no_code": replace(article, qr="", along_text=""),
        "article_no_printer": replace(article, slip=""),
        "article_printed": replace(article, slip=speak("article.printed"), can_print=False),
        "article_no_paper": replace(article, slip_note=speak("done.no_paper")),
        "article_alone": replace(article, qr="", along="", along_text="", slip="", facts=()),
        "article_loading": v.ArticlePage(loading=True),
        "article_gone": v.ArticlePage(title=speak("article.gone"), stuck=speak("knowledge.report")),
    }
