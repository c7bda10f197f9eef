"""Which system stands behind a port: the built-in campus, or the real one that hub.toml names."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from kiosk.hub.article_source import ArticleSource, Shelf
from kiosk.hub.builtin.cards import BuiltinCards
from kiosk.hub.builtin.directory import BuiltinDirectory
from kiosk.hub.builtin.sign_in import SimulatedSignIn
from kiosk.hub.campus.active_directory import ActiveDirectory
from kiosk.hub.campus.csv_cards import CsvCardSystem
from kiosk.hub.campus.ldap_accounts import Dialect
from kiosk.hub.campus.ldap_directory import LdapDirectory
from kiosk.hub.campus.ldap_messages import Line
from kiosk.hub.campus.ldap_pool import LdapPool
from kiosk.hub.campus.openldap import OpenLdap
from kiosk.hub.campus.rest_cards import RestCardSystem
from kiosk.hub.card_settings import CardSettings, CsvCards
from kiosk.hub.card_systems import CardSystem
from kiosk.hub.clock import Clock
from kiosk.hub.directory_settings import DirectoryKind, DirectorySettings
from kiosk.hub.helpdesk_mapping import HelpdeskKind
from kiosk.hub.helpdesk_port import Helpdesk
from kiosk.hub.helpdesk_settings import HelpdeskSettings
from kiosk.hub.keys import HubKeys
from kiosk.hub.knowledge_settings import KnowledgeSettings
from kiosk.hub.ports import CardAccounts, DirectoryWords
from kiosk.hub.services.article_folder import FolderSource
from kiosk.hub.services.book import read_book
from kiosk.hub.services.helpdesk_articles import HelpdeskArticles
from kiosk.hub.services.outside_cards import OutsideCards
from kiosk.hub.services.past_passwords import PastPasswords
from kiosk.hub.services.pin_hashing import PinHasher
from kiosk.hub.sign_in_port import CampusSignIn
from kiosk.hub.sign_in_settings import SignInKind, SignInSettings
from kiosk.hub.store.database import Store


def directory_of(
    settings: DirectorySettings, store: Store, hasher: PinHasher, clock: Clock
) -> BuiltinDirectory | LdapDirectory:
    """Reaches nothing yet: a directory that is away when the hub starts is asked when somebody needs it."""
    builtin = BuiltinDirectory(store, hasher)
    if settings.kind is DirectoryKind.BUILTIN:
        return builtin

    def words() -> DirectoryWords | None:
        account = builtin.account()
        return DirectoryWords(account, builtin.rules(), builtin.words()) if account else None

    pool = LdapPool(lines_of(settings), settings.connections, settings.answer_within)
    dialect: Dialect
    if settings.kind is DirectoryKind.OPENLDAP:
        dialect = OpenLdap(pool, settings)
    else:
        dialect = ActiveDirectory(pool, settings, PastPasswords(store, hasher, clock))
    return LdapDirectory(pool, dialect, words)


def helpdesk_of(settings: HelpdeskSettings) -> Helpdesk:
    """Reaches nothing yet."""
    # Imported where one is named: commands of a hub without any start faster.
    from kiosk.hub.campus.glpi import Glpi
    from kiosk.hub.campus.request_tracker import RequestTracker
    from kiosk.hub.campus.rest_helpdesk import Dialect, RestHelpdesk
    from kiosk.hub.campus.zammad import Zammad

    dialects: dict[HelpdeskKind, Callable[[HelpdeskSettings], Dialect]] = {
        HelpdeskKind.REQUEST_TRACKER: RequestTracker,
        HelpdeskKind.ZAMMAD: Zammad,
        HelpdeskKind.GLPI: Glpi,
    }
    return RestHelpdesk(dialects[settings.kind](settings), settings.mapping)


def shelf_of(settings: HelpdeskSettings, field: str) -> Shelf:
    """Reaches nothing yet. ``field`` of Request Tracker's articles."""
    from kiosk.hub.campus.glpi_articles import GlpiArticles
    from kiosk.hub.campus.request_tracker_articles import RequestTrackerArticles
    from kiosk.hub.campus.zammad_articles import ZammadArticles

    if settings.kind is HelpdeskKind.REQUEST_TRACKER:
        return RequestTrackerArticles(settings, field)
    return ZammadArticles(settings) if settings.kind is HelpdeskKind.ZAMMAD else GlpiArticles(settings)


def articles_of(settings: KnowledgeSettings, helpdesk: HelpdeskSettings | None) -> ArticleSource:
    if settings.folder is not None:
        return FolderSource(settings.folder)
    assert helpdesk is not None, "hub.toml is not read without"
    return HelpdeskArticles(shelf_of(helpdesk, settings.text_field), settings.topics)


def sign_in_of(settings: SignInSettings | None, keys: HubKeys, public_url: str, clock: Clock) -> CampusSignIn | None:
    """``None``: nobody signs in by phone. Reaches nothing yet."""
    if settings is None or not public_url:
        return None
    # Imported where one is named: what they need takes a while to load.
    if settings.kind is SignInKind.OIDC:
        from kiosk.hub.campus.oidc import OidcSignIn

        return OidcSignIn(settings, clock)
    if settings.kind is SignInKind.CAS:
        from kiosk.hub.campus.cas import CasSignIn

        return CasSignIn(settings)
    return SimulatedSignIn(keys, public_url)


def cards_of(settings: CardSettings, store: Store, hasher: PinHasher | None = None) -> CardAccounts:
    """Reaches and reads nothing yet. ``hasher`` for the built-in one's PINs."""

    def zone() -> ZoneInfo:
        with store.read() as db:
            return ZoneInfo(read_book(db).zone)

    system = card_system_of(settings, zone)
    return OutsideCards(system) if system else BuiltinCards(settings.capabilities, hasher)


def card_system_of(settings: CardSettings, zone: Callable[[], ZoneInfo]) -> CardSystem | None:
    """``None`` where the built-in one is used. ``zone``: what times without one mean."""
    if settings.outside is None:
        return None
    return (
        CsvCardSystem(settings.outside, zone)
        if isinstance(settings.outside, CsvCards)
        else RestCardSystem(settings.outside)
    )


def lines_of(settings: DirectorySettings) -> tuple[Line, ...]:
    password = settings.password.reveal()
    return tuple(
        Line(server.url, server.start_tls, str(settings.ca), settings.user, password) for server in settings.servers
    )
