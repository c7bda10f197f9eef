"""The view models of the pages that cannot be the first one: imported once the first frame is on screen."""

from kiosk.services.views import Screen
from kiosk.ui.account_view_models import AccountLockedViewModel, AccountViewModel, PasswordViewModel
from kiosk.ui.announcing_view_models import NoticesViewModel, OutageViewModel, PromiseViewModel
from kiosk.ui.card_life_view_models import CardConfirmViewModel, FoundCardViewModel
from kiosk.ui.card_view_models import CardOfficeViewModel, CardViewModel, MovementsViewModel
from kiosk.ui.desk_view_models import DeskDoorViewModel, DeskListViewModel, DeskViewModel
from kiosk.ui.enrol_view_model import EnrolViewModel
from kiosk.ui.feedback_view_model import FeedbackViewModel
from kiosk.ui.identity_view_models import (
    CardPinViewModel,
    CodeViewModel,
    DeskCodeViewModel,
    IdentifyViewModel,
    NoneOfTheseViewModel,
    NumberViewModel,
    PinNewViewModel,
    PinViewModel,
)
from kiosk.ui.knowledge_view_models import ArticleViewModel, SearchViewModel, TopicsViewModel, TopicViewModel
from kiosk.ui.limits_view_model import LimitsViewModel
from kiosk.ui.maintenance_view_models import (
    MaintenanceActViewModel,
    MaintenanceDoorViewModel,
    MaintenanceViewModel,
)
from kiosk.ui.outcome_view_models import DoneViewModel, OutOfServiceViewModel, UnavailableViewModel
from kiosk.ui.page_view_model import PageViewModel, Post
from kiosk.ui.reading_view_models import PrivacyViewModel, SlipViewModel, TicketActViewModel, TicketsViewModel
from kiosk.ui.report_view_models import (
    AnswerViewModel,
    CategoryViewModel,
    DetailsViewModel,
    NoteViewModel,
    PlaceViewModel,
    SubjectViewModel,
    WriteViewModel,
)
from kiosk.ui.secret_keys import SecretKeys
from kiosk.ui.sign_in_view_model import SignInViewModel
from kiosk.ui.start_view_models import HomeViewModel
from kiosk.ui.top_up_view_models import TopUpPayViewModel, TopUpViewModel


def later_pages(post: Post, keys: SecretKeys) -> dict[Screen, PageViewModel]:
    """One view model for every page but attract."""
    return {
        Screen.HOME: HomeViewModel(post),
        Screen.IDENTIFY: IdentifyViewModel(post),
        Screen.NUMBER: NumberViewModel(post),
        Screen.PIN: PinViewModel(post, keys),
        Screen.PIN_NEW: PinNewViewModel(post, keys),
        Screen.CODE: CodeViewModel(post),
        Screen.DESK_CODE: DeskCodeViewModel(post),
        Screen.SIGN_IN: SignInViewModel(post),
        Screen.NONE_OF_THESE: NoneOfTheseViewModel(post),
        Screen.CATEGORY: CategoryViewModel(post),
        Screen.SUBJECT: SubjectViewModel(post),
        Screen.DETAILS: DetailsViewModel(post),
        Screen.PLACE: PlaceViewModel(post),
        Screen.NOTE: NoteViewModel(post),
        Screen.TOPICS: TopicsViewModel(post),
        Screen.TOPIC: TopicViewModel(post),
        Screen.SEARCH: SearchViewModel(post),
        Screen.ARTICLE: ArticleViewModel(post),
        Screen.ANSWER: AnswerViewModel(post),
        Screen.DONE: DoneViewModel(post),
        Screen.TICKETS: TicketsViewModel(post),
        Screen.TICKET_ACT: TicketActViewModel(post),
        Screen.SLIP: SlipViewModel(post),
        Screen.FEEDBACK: FeedbackViewModel(post),
        Screen.WRITE: WriteViewModel(post),
        Screen.ACCOUNT: AccountViewModel(post),
        Screen.ACCOUNT_LOCKED: AccountLockedViewModel(post),
        Screen.PASSWORD: PasswordViewModel(post, keys),
        Screen.PRIVACY: PrivacyViewModel(post),
        Screen.OUTAGE: OutageViewModel(post),
        Screen.NOTICES: NoticesViewModel(post),
        Screen.PROMISE: PromiseViewModel(post),
        Screen.CARD_CONFIRM: CardConfirmViewModel(post),
        Screen.FOUND_CARD: FoundCardViewModel(post),
        Screen.UNAVAILABLE: UnavailableViewModel(post),
        Screen.CARD: CardViewModel(post),
        Screen.CARD_OFFICE: CardOfficeViewModel(post),
        Screen.MOVEMENTS: MovementsViewModel(post),
        Screen.LIMITS: LimitsViewModel(post),
        Screen.CARD_PIN: CardPinViewModel(post, keys),
        Screen.TOP_UP: TopUpViewModel(post),
        Screen.TOP_UP_PAY: TopUpPayViewModel(post),
        Screen.MAINTENANCE_DOOR: MaintenanceDoorViewModel(post),
        Screen.MAINTENANCE: MaintenanceViewModel(post),
        Screen.MAINTENANCE_ACT: MaintenanceActViewModel(post),
        Screen.DESK_DOOR: DeskDoorViewModel(post),
        Screen.DESK: DeskViewModel(post),
        Screen.DESK_LIST: DeskListViewModel(post),
        Screen.OUT_OF_SERVICE: OutOfServiceViewModel(post),
        Screen.ENROL: EnrolViewModel(post),
    }
