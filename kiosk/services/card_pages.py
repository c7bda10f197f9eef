"""The confirm pages of a card as views: every effect, delay, fee and place is the card system's own word."""

from datetime import timedelta

from kiosk.domain.card_life import FoundAt, LossState
from kiosk.domain.desk import Desk, Text
from kiosk.services import when
from kiosk.services.card_matter import CANCEL
from kiosk.services.card_places import call_line, declared, found_here, found_place, hours_line, office, place_line
from kiosk.services.money import whole_yuan
from kiosk.services.session import Session
from kiosk.services.views import CardConfirmPage, Group, Notice, NoticeKind, Row

Holder = tuple[str, ...]


def lost_page(session: Session, holder: Holder, busy: bool, busy_text: str) -> CardConfirmPage:
    speak, cards = session.speak, declared(session)
    freezing = cards.freeze
    text = (_delay(session), speak("card_lost.way_back") if cards.unfreeze else "")
    stops = _group(session, "stops", "prohibit", freezing.stops if freezing else ())
    stays = _group(session, "stays", "check", freezing.stays if freezing else ())
    return CardConfirmPage(
        title=speak("card_lost.title"),
        text="\n".join(line for line in text if line),
        holder=holder,
        effects=(stops or Group(speak("card_lost.stops"), "", (Row("", speak("card_lost.own"), icon="prohibit"),)),)
        + ((stays,) if stays else ()),
        notice=None if session.online else _offline(session),
        footnote=freezing.warning.of(session.visit.language) if freezing and freezing.warning else "",
        ways=(Row("found_card", speak("card_lost.found_way"), icon="hand"),)
        if found_here(session) and not holder
        else (),
        safe=speak("card_lost.safe"),
        act=speak("card_lost.act"),
        danger=True,
        busy=busy,
        busy_text=busy_text,
    )


def _delay(session: Session) -> str:
    """When it works, as the card system declares it; nothing where it does not say."""
    freezing, speak = declared(session).freeze, session.speak
    if freezing is None or freezing.effective_within is None or not session.online:
        return ""
    if freezing.effective_within == 0:
        return speak("card_lost.with_it")
    by = session.now + timedelta(seconds=freezing.effective_within)
    return speak("card_lost.by", when=when.clock_text(by, session.zone))


def _offline(session: Session) -> Notice:
    text = " ".join(part for part in (session.speak("card_lost.offline_text"), call_line(session)) if part)
    return Notice(NoticeKind.WARN, session.speak("card_lost.offline"), text)


def _group(session: Session, word: str, icon: str, texts: tuple[Text, ...]) -> Group | None:
    rows = tuple(Row("", text.of(session.visit.language), icon=icon) for text in texts)
    return Group(session.speak(f"card_lost.{word}"), "", rows) if rows else None


def restore_page(session: Session, holder: Holder, busy: bool, busy_text: str) -> CardConfirmPage:
    speak, freezing = session.speak, declared(session).freeze
    again = tuple(
        Row("", text.of(session.visit.language), icon="check") for text in (freezing.stops if freezing else ())
    )
    return CardConfirmPage(
        title=speak("card_restore.title"),
        text=speak("card_restore.text"),
        holder=holder,
        effects=(Group(speak("card_restore.again"), "", again),) if again else (),
        safe=speak("card_restore.safe"),
        act=speak("card_restore.act"),
        busy=busy,
        busy_text=busy_text,
    )


def replace_page(session: Session, holder: Holder, busy: bool, busy_text: str) -> CardConfirmPage:
    speak, replacing = session.speak, declared(session).replace
    if replacing is None:
        return CardConfirmPage()
    at = replacing.at or office(session)
    who = replacing.who.of(session.visit.language) if replacing.who else ""
    fee = whole_yuan(replacing.fee)
    rows = (
        Row("", speak("card_new.fee", fee=fee), speak("card_new.fee_text"), "wallet"),
        *_place_rows(session, at, "card_new.collect"),
        Row("", speak("card_new.who", who=who), icon="user-circle") if who else None,
        Row("", speak("card_new.old"), icon="prohibit"),
    )
    return CardConfirmPage(
        title=speak("card_new.title"),
        text=speak("card_new.text"),
        holder=holder,
        effects=(Group(speak("card_new.before"), "", tuple(row for row in rows if row)),),
        safe=speak("card_new.safe"),
        act=speak("card_new.act", fee=fee),
        busy=busy,
        busy_text=busy_text,
    )


def found_first_page(session: Session, holder: Holder, found: FoundAt) -> CardConfirmPage:
    """Before a new card is paid: the old one lies somewhere."""
    speak, cards = session.speak, declared(session)
    at = found_place(session, found.place)
    handed = when.past(found.at, session.now, session.zone, speak)
    word = "arrived" if found.arrived else "handed"
    ways = (
        Row(CANCEL, speak("card_restore.act"), icon="arrow-counter-clockwise") if cards.unfreeze else None,
        Row("despite", speak("card_new.despite"), icon="identification-card"),
    )
    rows = (*_place_rows(session, at, "card_new.lies"), Row("", speak(f"card_new.{word}", when=handed), icon="clock"))
    return CardConfirmPage(
        title=speak("card_new.found"),
        text=speak("card_new.found_text"),
        holder=holder,
        effects=(Group(speak("card_new.where"), "", rows),),
        ways=tuple(way for way in ways if way),
        safe=speak("card_new.safe"),
        act=speak("card_new.fetch"),
    )


def not_lost_page(session: Session, holder: Holder) -> CardConfirmPage:
    speak = session.speak
    return CardConfirmPage(
        title=speak("card_new.not_lost"),
        text=speak("card_new.not_lost_text"),
        holder=holder,
        safe=speak("card_new.safe"),
        act=speak("card_new.lose_first"),
    )


def ordered_page(session: Session, holder: Holder, state: LossState) -> CardConfirmPage:
    """The state of a new card that was ordered."""
    speak, replacing, ordered = session.speak, declared(session).replace, state.replacement
    at = replacing.at if replacing and replacing.at else office(session)
    rows: tuple[Row, ...] = ()
    if ordered is not None:
        day = when.past(ordered.ordered_at, session.now, session.zone, speak)
        rows = (Row("", speak("card_new.ordered_at", when=day, fee=whole_yuan(ordered.fee)), icon="check"),)
        if ordered.ready_at is not None:
            ready = when.day_and_time(ordered.ready_at, session.zone, speak)
            rows += (Row("", speak("card_new.ready", when=ready), icon="clock"),)
    return CardConfirmPage(
        title=speak("card_new.ordered"),
        text=speak("card_new.ordered_text"),
        holder=holder,
        effects=(Group(speak("card_new.state"), "", (*rows, *_place_rows(session, at, "card_new.collect"))),),
        safe=speak("screen.back"),
        act=speak("card_new.noted"),
    )


def _place_rows(session: Session, desk: Desk | None, key: str) -> tuple[Row, ...]:
    if desk is None:
        return ()
    language, speak = session.visit.language, session.speak
    bring = speak("card_new.bring_join").join(thing.of(language) for thing in desk.bring)
    rows = (
        Row("", speak(key, place=place_line(session, desk)), hours_line(session, desk), "map-pin"),
        Row("", speak("card_new.bring", things=bring), icon="identification-card") if bring else None,
    )
    return tuple(row for row in rows if row)
