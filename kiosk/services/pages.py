"""Which page value belongs to the screen that is shown."""

from typing import assert_never

from kiosk.services import desk_pages
from kiosk.services.done_page import done_page
from kiosk.services.flows import Flows
from kiosk.services.session import Session
from kiosk.services.start_pages import attract_page, home_page, matter_of
from kiosk.services.views import DonePage, Page, Screen


def page_of(session: Session, flows: Flows) -> Page:
    match session.screen:
        case Screen.ATTRACT:
            return attract_page(session)
        case Screen.HOME:
            return home_page(session)
        case Screen.IDENTIFY:
            matter, icon = matter_of(session, flows.identifying.purpose)
            return flows.identifying.identify_page(matter, icon)
        case Screen.NUMBER:
            return flows.identifying.number_page()
        case Screen.PIN:
            return flows.identifying.pin_page()
        case Screen.NONE_OF_THESE:
            return desk_pages.none_of_these_page(session)
        case Screen.CATEGORY:
            return flows.reporting.category_page()
        case Screen.DETAILS:
            return flows.reporting.details_page()
        case Screen.PLACE:
            return flows.reporting.place_page()
        case Screen.NOTE:
            return flows.reporting.note_page()
        case Screen.ANSWER:
            return flows.reporting.answer_page()
        case Screen.DONE:
            result = flows.submission.result
            return done_page(session, result, flows.submission.handed_in) if result else DonePage()
        case Screen.TICKETS:
            return flows.tickets.page()
        case Screen.PRIVACY:
            return desk_pages.privacy_page(session)
        case Screen.UNAVAILABLE:
            return desk_pages.unavailable_page(session)
        case Screen.OUT_OF_SERVICE:
            return desk_pages.out_of_service_page(session, preparing=session.campus is None)
        case _:
            assert_never(session.screen)
