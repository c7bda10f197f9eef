"""Which system stands behind a port: the built-in campus, or the real one that hub.toml names."""

from kiosk.hub.builtin.directory import BuiltinDirectory
from kiosk.hub.campus.active_directory import ActiveDirectory
from kiosk.hub.campus.ldap_accounts import Dialect
from kiosk.hub.campus.ldap_directory import LdapDirectory
from kiosk.hub.campus.ldap_messages import Line
from kiosk.hub.campus.ldap_pool import LdapPool
from kiosk.hub.campus.openldap import OpenLdap
from kiosk.hub.clock import Clock
from kiosk.hub.directory_settings import DirectoryKind, DirectorySettings
from kiosk.hub.helpdesk_port import Helpdesk
from kiosk.hub.helpdesk_settings import HelpdeskSettings
from kiosk.hub.ports import DirectoryWords
from kiosk.hub.services.past_passwords import PastPasswords
from kiosk.hub.services.pin_hashing import PinHasher
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
    from kiosk.hub.campus.request_tracker import RequestTracker

    return RequestTracker(settings)


def lines_of(settings: DirectorySettings) -> tuple[Line, ...]:
    password = settings.password.reveal()
    return tuple(
        Line(server.url, server.start_tls, str(settings.ca), settings.user, password) for server in settings.servers
    )
