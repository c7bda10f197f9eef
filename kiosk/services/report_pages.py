"""The pages of a report as views: category, details, place, note, answer."""

from msgspec.structs import replace

from kiosk.domain.announcements import Announcement
from kiosk.domain.campus import Place, Service, Symptom
from kiosk.domain.drafts import ContactTyped, LookAtKiosk
from kiosk.domain.language import Language
from kiosk.domain.priority import Impact
from kiosk.services import when
from kiosk.services.announcing import next_update
from kiosk.services.article_requests import FoundArticles
from kiosk.services.drafting import CONTACT_LIMIT, NO_SUBJECT, NOTE_LIMIT, OUTSIDE, UNKNOWN, WHOLE, Drafting, place_of
from kiosk.services.hints import reader_hint
from kiosk.services.knowledge_pages import article_rows
from kiosk.services.session import Session
from kiosk.services.views import (
    AnswerPage,
    CategoryPage,
    DetailsPage,
    Group,
    NotePage,
    PlacePage,
    ReaderHint,
    Row,
    SubjectPage,
)
from kiosk.words import Speaker

#: Most buildings shown for one letter.
MOST_MATCHES = 8


def category_page(session: Session) -> CategoryPage:
    services = tuple(s for s in session.campus.services if s.listed) if session.campus else ()
    broken = tuple(_tile(s, session.visit.language) for s in services if s.type == "incident")
    other = tuple(_tile(s, session.visit.language) for s in services if s.type != "incident")
    speak = session.speak
    groups = (Group(speak("report.broken"), "wrench", broken), Group(speak("report.other"), "hand", other))
    return CategoryPage(title=speak("report.category"), groups=tuple(group for group in groups if group.rows))


def subject_page(session: Session) -> SubjectPage:
    """What a complaint can be about: every listed service but the one that leads here, or none of them."""
    services = tuple(s for s in session.campus.services if s.listed) if session.campus else ()
    speak, language = session.speak, session.visit.language
    leading = {s.id for s in services for symptom in s.symptoms if symptom.opens}
    rows = tuple(Row(s.id, s.title.of(language), icon=s.icon) for s in services if s.id not in leading)
    other = Row(NO_SUBJECT, speak("report.subject_other"), icon="question")
    return SubjectPage(
        title=speak("report.subject_title"),
        groups=(Group(speak("report.subject_goes"), "shield-check", (*rows, other)),),
    )


def _tile(service: Service, language: Language) -> Row:
    return Row(service.id, service.title.of(language), service.hint.of(language), service.icon)


def details_page(
    session: Session, draft: Drafting, busy: bool, busy_text: str, outage: Announcement | None = None
) -> DetailsPage:
    service, speak, language = draft.service, session.speak, session.visit.language
    if service is None:
        return DetailsPage()
    place = Row("place", place_text(session, draft, language), _place_hint(draft, speak), "map-pin")
    return DetailsPage(
        title=speak("report.title", service=service.title.of(language), question=service.question.of(language)),
        symptoms=tuple(Row(s.id, s.title.of(language), _consent(s, speak), s.icon) for s in service.symptoms),
        symptom=draft.symptom,
        impact_title=speak("report.impact") if service.asks_impact else "",
        impacts=impacts(speak) if service.asks_impact else (),
        impact=draft.impact.value if draft.impact else "",
        place=_subject(session, draft) if service.asks_subject else place if service.asks_place else None,
        note=Row("note", speak("report.note"), draft.note or speak("report.note_hint"), "note-pencil"),
        answer_line=answer_line(session, draft),
        submit=speak(f"report.submit_{service.type}"),
        submit_icon="paper-plane-tilt",
        can_submit=draft.complete and not busy,
        busy=busy,
        busy_text=busy_text,
        known=_known(session, outage) if outage else None,
        known_title=speak("outage.same") if outage else "",
        me_too=speak("outage.me_too") if outage else "",
    )


def _consent(symptom: Symptom, speak: Speaker) -> str:
    """That somebody has to agree first: said before it is chosen; who it is stands on the done page."""
    return speak("report.approver") if symptom.approver else ""


def _subject(session: Session, draft: Drafting) -> Row:
    speak = session.speak
    rows = (row for group in subject_page(session).groups for row in group.rows)
    title = next((row.title for row in rows if row.id == draft.subject), "")
    if not title:
        return Row("subject", speak("report.subject_title"), speak("report.place_none_hint"), "tag")
    return Row("subject", speak("report.subject", service=title), speak("report.place_chosen"), "tag")


def _known(session: Session, outage: Announcement) -> Row:
    speak = session.speak
    since = speak("notices.since", when=when.past(outage.starts_at, session.now, session.zone, speak))
    lines = [since, next_update(outage, session, speak)]
    return Row("outage", outage.title.of(session.visit.language), "\n".join(filter(None, lines)), "warning")


def with_suggestions(session: Session, page: DetailsPage, found: FoundArticles) -> DetailsPage:
    """Beside the form, articles about the same, by their titles: the column is narrow."""
    rows = tuple(replace(row, hint="") for row in article_rows(session, found))
    return replace(page, suggestions_title=session.speak("report.suggested"), suggestions=rows) if rows else page


def impacts(speak: Speaker) -> tuple[Row, ...]:
    return tuple(
        Row(i.value, speak(f"report.impact_{i.value}"), speak(f"report.impact_{i.value}_hint")) for i in Impact
    )


def answer_line(session: Session, draft: Drafting) -> str:
    """How the answer will reach the person, as far as it is settled."""
    if isinstance(draft.contact, ContactTyped):
        return session.speak("report.answer_typed")
    if isinstance(draft.contact, LookAtKiosk):
        return session.speak("report.answer_look")
    return session.speak("report.answer_on_file") if session.claim else ""


def place_text(session: Session, draft: Drafting, language: Language) -> str:
    """图书馆 一层; what was not chosen is asked."""
    speak = Speaker(language)
    place = place_of(session.campus, draft.building) if session.campus else None
    spot = speak(f"place.{draft.spot}") if draft.spot else ""
    if place and draft.floor is not None:
        spot = place.floors[draft.floor].of(language)
    building = place.title.of(language) if place else ""
    if building and spot:
        return speak("place.within", building=building, spot=spot)
    return building or spot or speak("report.place_none")


def location_for_staff(session: Session, draft: Drafting) -> str:
    """The detail within the building in the staff's language; '' where none was given."""
    place = place_of(session.campus, draft.building) if session.campus else None
    if place and draft.floor is not None:
        return place.floors[draft.floor].zh
    return Speaker(Language.ZH)(f"place.{draft.spot}") if draft.spot else ""


def _place_hint(draft: Drafting, speak: Speaker) -> str:
    if not draft.building and not draft.spot:
        return speak("report.place_none_hint")
    return speak("report.place_chosen" if draft.place_chosen else "report.place_here")


def place_page(session: Session, draft: Drafting) -> PlacePage:
    campus, speak, language = session.campus, session.speak, session.visit.language
    if campus is None:
        return PlacePage()
    others = (Row(OUTSIDE, speak("place.outside"), icon="tree"), Row(UNKNOWN, speak("place.unknown"), icon="question"))
    picked = place_of(campus, draft.picking) if draft.picking else None
    if picked is not None:
        floors = tuple(Row(str(i), floor.of(language)) for i, floor in enumerate(picked.floors))
        return PlacePage(
            title=speak("place.floor_title", building=picked.title.of(language)),
            floors=(*floors, Row(WHOLE, speak("place.whole"))),
            other_ways=others,
        )
    here = place_of(campus, campus.kiosk.building)
    recent = [place for b in draft.recent if (place := place_of(campus, b)) and (here is None or b != here.id)]
    return PlacePage(
        title=speak("place.title"),
        here=_here(here, session) if here else None,
        recent_title=speak("place.recent") if recent else "",
        recent=tuple(_building(place, language) for place in recent),
        letters_title=speak("place.letters"),
        letters=tuple(sorted({place.initial for place in campus.places})),
        letter=draft.letter,
        matches=tuple(_building(p, language) for p in campus.places if p.initial == draft.letter)[:MOST_MATCHES],
        other_ways=others,
    )


def _here(place: Place, session: Session) -> Row:
    speak, language = session.speak, session.visit.language
    assert session.campus is not None
    hint = speak("place.here_hint", place=session.campus.kiosk.title.of(language))
    return Row(place.id, speak("place.here", building=place.title.of(language)), hint, "map-pin")


def _building(place: Place, language: Language) -> Row:
    return Row(place.id, place.title.of(language), place.area.of(language), "buildings")


def note_page(session: Session, draft: Drafting, kind: str, error: bool) -> NotePage:
    """``kind``: note, contact, or call: the contact is what the desk rings up."""
    speak, language = session.speak, session.visit.language
    if kind != "note":
        return NotePage(
            kind="contact",
            title=speak(f"note.{kind}_title"),
            hint=speak("note.contact_hint"),
            limit=CONTACT_LIMIT,
            done=speak(f"note.{kind}_done"),
            error=speak("note.contact_error") if error else "",
        )
    phrases = draft.service.phrases if draft.service else ()
    return NotePage(
        title=speak("note.title"),
        hint=speak("note.hint"),
        text=draft.note,
        limit=NOTE_LIMIT,
        phrases=tuple(phrase.of(language) for phrase in phrases),
        done=speak("note.done"),
    )


def answer_page(session: Session, draft: Drafting, busy: bool, busy_text: str) -> AnswerPage:
    speak = session.speak
    number = Row("number", speak("answer.number"), speak("answer.number_hint"), "keyboard")
    contact = Row("contact", speak("answer.contact"), speak("answer.contact_hint"), "envelope-simple")
    look = Row("look", speak("answer.look"), speak("answer.look_hint"), "hash")
    if session.claim is not None:
        ways = [Row("on_file", speak("answer.on_file"), speak("answer.on_file_hint"), "student"), contact, look]
    elif draft.service is None or draft.service.identity == "none":
        ways = [number, contact, look]
    else:
        ways = [number, Row("none", speak("answer.none"), speak("answer.none_hint"), "question")]
    return AnswerPage(
        title=speak("answer.title"),
        text=speak("answer.text") if session.claim is None else "",
        reader=reader_hint(session, speak("identify.title")) if session.claim is None else ReaderHint(),
        ways=tuple(ways),
        busy=busy,
        busy_text=busy_text,
    )
