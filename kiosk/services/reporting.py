"""The report flow: choosing, filling in, asking how to answer, handing in."""

from kiosk.domain.announcements import Announcement
from kiosk.domain.campus import Service
from kiosk.domain.drafts import Contact, ContactOnFile, LookAtKiosk
from kiosk.domain.language import Language
from kiosk.domain.outcomes import NotSaved
from kiosk.services import report_pages, requests
from kiosk.services.article_requests import FoundArticles
from kiosk.services.card_office import SERVICE as CARD_OFFICE
from kiosk.services.drafting import Drafting, contact_of_text
from kiosk.services.flow import Flow
from kiosk.services.identifying import Identifying
from kiosk.services.my_tickets import MyTickets
from kiosk.services.outages import Outages
from kiosk.services.requests import Request
from kiosk.services.results import Told
from kiosk.services.session import Session
from kiosk.services.start_pages import tile
from kiosk.services.submission import Submission
from kiosk.services.views import (
    AnswerPage,
    CategoryPage,
    DetailsPage,
    NotePage,
    Page,
    PlacePage,
    Row,
    Screen,
    SubjectPage,
)


class Reporting(Flow):
    """``writing_contact`` says which of its two texts the note page is for; ``choosing_answer`` that the answer page
    was opened to change the way, not to hand in; ``suggested`` what could be read instead; ``_call`` that the contact
    is for a call (service, symptom, note)."""

    screens = frozenset({Screen.CATEGORY, Screen.SUBJECT, Screen.DETAILS, Screen.PLACE, Screen.NOTE, Screen.ANSWER})

    def __init__(
        self,
        session: Session,
        submission: Submission,
        identifying: Identifying,
        tickets: MyTickets,
        outages: Outages,
    ) -> None:
        self._session, self._submission, self._identifying = session, submission, identifying
        self._tickets, self._outages = tickets, outages
        self.draft = Drafting()
        self.writing_contact = False
        self.choosing_answer = False
        self._contact_error = False
        self._opening = ""  # the service that is chosen once its subject is
        self._call: tuple[str, str, str] | None = None
        self.suggested = FoundArticles(())

    def forget(self) -> None:
        self.draft = self.draft.fresh()
        self.suggested = FoundArticles(())
        self.writing_contact = self.choosing_answer = self._contact_error = False
        self._opening = ""
        self._call = None

    @property
    def busy(self) -> bool:
        return self._submission.busy

    def tiles(self) -> tuple[Row, ...]:
        return (tile(self._session, "report", "wrench"),)

    def enter(self, row: str) -> bool:
        if row == "report":
            self._session.show(Screen.CATEGORY)
        elif row == "card_ticket":
            self.choose_service(CARD_OFFICE)
        return row in ("report", "card_ticket")

    def touch(self, request: Request) -> bool:
        match request:
            case requests.ChooseService(id=service):
                self.choose_service(service)
            case requests.ChooseSymptom(id=symptom):
                self.choose_symptom(symptom)
            case requests.Choose(page=Screen.SUBJECT, id=subject):
                self.choose_subject(subject)
            case requests.ChooseImpact(id=impact):
                self.draft.choose_impact(impact)
            case requests.ChooseLetter(letter=letter):
                self.draft.letter = letter
            case requests.ChoosePlace(id=place):
                self.choose_place(place)
            case requests.NoteDone(text=text):
                self.write(text)
            case requests.Submit():
                self.submit()
            case requests.Open(id="outage" | "me_too" as row):
                return self._known_outage(row)
            case requests.Open(id=row):
                return self.open(row)
            case _:
                return False
        return True

    def _known_outage(self, row: str) -> bool:
        outage = self._outage()
        if outage is None or self._session.screen is not Screen.DETAILS:
            return False
        if row == "me_too":
            self._outages.me_too(outage, self.draft.building)
            self.forget()
        else:
            self._outages.show(outage, self.draft.building)
        return True

    def _outage(self) -> Announcement | None:
        service = self.draft.service
        return self._outages.known(service.id, self.draft.building) if service else None

    def asks_before_leaving(self, screen: Screen) -> bool:
        return screen is Screen.CATEGORY and self.draft.touched

    def identified(self) -> None:
        if self._session.screen is Screen.ANSWER:
            self.answer_by(ContactOnFile())

    def after_article(self, service: str, symptom: str, article: str) -> None:
        """From an article that did not help: what it says about the matter is not asked again."""
        self.draft.article = article
        if not self.choose_service(service):
            self._session.show(Screen.CATEGORY)
        elif not self.draft.symptom:
            self.draft.choose_symptom(symptom)

    def choose_service(self, service_id: str) -> bool:
        """False where the campus has no such service (any more)."""
        campus = self._session.campus
        service = next((s for s in campus.services if s.id == service_id), None) if campus else None
        if campus is None or service is None:
            return False
        self.draft = self.draft.about(service, campus)
        self._tickets.look()
        self._session.show(Screen.DETAILS)
        aids = self._session.visit.aids
        if aids.large or aids.reach:  # the form has no room for it there: it is asked first
            self._known_outage("outage")
        return True

    def choose_symptom(self, symptom_id: str) -> None:
        """One that opens another service leads there; what was filled in goes along."""
        symptoms = self.draft.service.symptoms if self.draft.service else ()
        opens = next((symptom.opens for symptom in symptoms if symptom.id == symptom_id), "")
        service = self._service(opens)
        if service is None:
            self.draft.choose_symptom(symptom_id)
        elif service.asks_subject:
            self._opening = opens
            self._session.show(Screen.SUBJECT)
        else:
            self.choose_service(opens)

    def choose_subject(self, subject: str) -> None:
        if subject not in {row.id for group in self.subject_page().groups for row in group.rows}:
            return
        opening, self._opening = self._opening, ""
        if opening:
            self.choose_service(opening)
        self.draft.subject = subject
        self._session.show(Screen.DETAILS)

    def _service(self, service_id: str) -> Service | None:
        campus = self._session.campus
        return next((s for s in campus.services if s.id == service_id), None) if campus and service_id else None

    def again(self, service_id: str) -> None:
        """A new report about a service of an old one."""
        self._session.pages[:] = [Screen.HOME, Screen.CATEGORY]
        self.choose_service(service_id)

    def call_back(self, service_id: str, symptom: str, note: str, contact: Contact | None) -> None:
        """Handed in as it is; without a ``contact`` one is typed first, and what was begun is left alone till then."""
        self._call = (service_id, symptom, note)
        if contact is not None:
            self._hand_in_call(contact)
        else:
            self.writing_contact, self._contact_error = True, False
            self._session.show(Screen.NOTE)

    def _hand_in_call(self, contact: Contact) -> None:
        campus, call = self._session.campus, self._call
        service = next((s for s in campus.services if s.id == call[0]), None) if campus and call else None
        if campus is None or call is None or service is None:
            return
        self.draft = self.draft.fresh().about(service, campus)
        self.draft.choose_symptom(call[1])
        self.draft.write_note(call[2])
        self.draft.contact = contact
        self.hand_in()

    def open(self, row: str) -> bool:
        """A row of the details or answer page; false where it is none of them."""
        if row == "subject" and self.draft.service and self.draft.service.asks_subject:
            self._session.show(Screen.SUBJECT)
        elif row == "place" and self.draft.service:
            self.draft.picking = self.draft.letter = ""
            self._session.show(Screen.PLACE)
        elif row in ("note", "contact") and self.draft.service:
            self.writing_contact, self._contact_error, self._call = row == "contact", False, None
            self._session.show(Screen.NOTE)
        elif row == "answer" and self.draft.service:
            self.choosing_answer = True
            self._session.show(Screen.ANSWER)
        elif row in ("look", "on_file") and self._session.screen is Screen.ANSWER:
            self.answer_by(LookAtKiosk() if row == "look" else ContactOnFile())
        elif row == "number" and self._session.screen is Screen.ANSWER:
            self._identifying.by_number(lambda: self.answer_by(ContactOnFile()))
        else:
            return False
        return True

    def answer_by(self, contact: Contact) -> None:
        """The way is settled: back to the details where it was only changed, else handed in."""
        self.draft.contact = contact
        if self.choosing_answer:
            self.choosing_answer = False
            self._session.show(Screen.DETAILS)
        else:
            self.hand_in()

    def choose_place(self, choice: str) -> None:
        campus = self._session.campus
        if campus and self.draft.choose_place(choice, campus):
            self._session.back()

    def back(self) -> bool:
        """Steps back inside a page; true when that was all."""
        if self._session.screen is Screen.PLACE and self.draft.picking:
            self.draft.picking = ""
            return True
        return False

    def write(self, text: str) -> None:
        """The note page's text; a contact settles how to answer."""
        if not self.writing_contact:
            self.draft.write_note(text)
            self._session.back()
        elif contact := contact_of_text(text):
            if self._call is not None:
                self._hand_in_call(contact)
            else:
                self.answer_by(contact)
        else:
            self._contact_error = True

    def submit(self) -> None:
        """Hands in, or asks first how to answer somebody who has not said who they are."""
        service = self.draft.service
        if service is None or not self.draft.complete or self._submission.busy:
            return
        same = self._tickets.same_matter(service.id, self.draft.symptom)
        if same is not None:
            self._tickets.offer_same(same, self.draft.note, self._submit)
        else:
            self._submit()

    def _submit(self) -> None:
        service = self.draft.service
        if service is None:
            return
        if self._session.claim is None and (self.draft.contact is None or service.identity != "none"):
            self.choosing_answer = False
            self._session.show(Screen.ANSWER)
        else:
            self.hand_in()

    def hand_in(self) -> None:
        session, service = self._session, self.draft.service
        if service is None or not self.draft.complete:
            return
        told = Told(
            service,
            self.draft.symptom,
            self.draft.impact,
            self._place(Language.ZH),
            self._place(Language.EN),
            self.draft.contact or (ContactOnFile() if session.claim else LookAtKiosk()),
            self._service(self.draft.subject),
        )
        token = session.verified.session if session.verified else ""
        location = report_pages.location_for_staff(session, self.draft)
        self._submission.hand_in(self.draft.draft(session.visit.language, session.claim, token, location), told)

    def settle(self) -> None:
        """What was saved is not filled in again."""
        result = self._submission.result
        if self._session.screen is Screen.DONE and result is not None and not isinstance(result.outcome, NotSaved):
            self.forget()

    def _place(self, language: Language) -> str:
        if not self.draft.building and not self.draft.spot:
            return ""
        return report_pages.place_text(self._session, self.draft, language)

    # -- pages --------------------------------------------------------------------------------------------------
    def page(self, screen: Screen) -> Page:
        match screen:
            case Screen.CATEGORY:
                return self.category_page()
            case Screen.SUBJECT:
                return self.subject_page()
            case Screen.DETAILS:
                return self.details_page()
            case Screen.PLACE:
                return self.place_page()
            case Screen.NOTE:
                return self.note_page()
            case _:
                return self.answer_page()

    def category_page(self) -> CategoryPage:
        return report_pages.category_page(self._session)

    def subject_page(self) -> SubjectPage:
        return report_pages.subject_page(self._session)

    def details_page(self) -> DetailsPage:
        busy = self._submission.busy
        text, outage = self._submission.busy_text(), self._outage()
        page = report_pages.details_page(self._session, self.draft, busy, text, outage)
        return report_pages.with_suggestions(self._session, page, self.suggested)

    def place_page(self) -> PlacePage:
        return report_pages.place_page(self._session, self.draft)

    def note_page(self) -> NotePage:
        return report_pages.note_page(self._session, self.draft, self._note_kind, self._contact_error)

    @property
    def _note_kind(self) -> str:
        return "note" if not self.writing_contact else "contact" if self._call is None else "call"

    def answer_page(self) -> AnswerPage:
        busy = self._submission.busy
        return report_pages.answer_page(self._session, self.draft, busy, self._submission.busy_text())
