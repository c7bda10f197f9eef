"""The tables of the hub, card accounts beside (card_tables.py). A change needs a migration; a test compares both.

Over 400 lines because tables point at each other: whoever changes one reads those around it.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, event, false
from sqlalchemy import text as sql
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kiosk.hub.store.running import place_of
from kiosk.hub.store.types import Instant

#: Lines of history that say which article was read before; services.search_gaps counts them.
ARTICLE_READ = sql("what LIKE 'read_article:%'")


class Row(DeclarativeBase):
    type_annotation_map = {datetime: Instant, bytes: LargeBinary, str: String}  # noqa: RUF012


class Document(Row):
    """A piece of the campus as one JSON text: ``campus`` holds names, desk, catalogue, places, targets; ``topics`` and
    ``synonyms`` of the knowledge base."""

    __tablename__ = "documents"
    name: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str]
    body: Mapped[bytes]


class ArticleText(Row):
    """``body``: domain.articles.ArticlePair as JSON. ``source`` and ``stamp`` of services.article_batch; ``text``:
    wire.knowledge.text_id of ``body``. ``review_by``, ``shown_from``, ``shown_until`` as in ``body``, ISO days, '' for
    none; ``pictures``: ids of those it shows, joined by spaces. A ``draft`` is seen in the console only."""

    __tablename__ = "articles"
    id: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[bytes]
    source: Mapped[str] = mapped_column(server_default="folder")
    stamp: Mapped[str] = mapped_column(server_default="")
    text: Mapped[str] = mapped_column(server_default="", index=True)
    review_by: Mapped[str] = mapped_column(server_default="")
    shown_from: Mapped[str] = mapped_column(server_default="")
    shown_until: Mapped[str] = mapped_column(server_default="")
    pictures: Mapped[str] = mapped_column(server_default="")
    draft: Mapped[bool] = mapped_column(server_default=false())


class ArticlePicture(Row):
    """``id``: domain.articles.PICTURE_ID of ``body``, a JPEG."""

    __tablename__ = "article_pictures"
    id: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[bytes]


class Kiosk(Row):
    """``ended_why``: services.fleet_acts.Ended, '' while it is one of ours or where nobody said why it is not."""

    __tablename__ = "kiosks"
    id: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[str]
    code: Mapped[str]
    public: Mapped[bytes]
    enrolled_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    ended_why: Mapped[str] = mapped_column(server_default="")


class EnrolmentCode(Row):
    """``digest``: hex SHA-256 of the eight letters."""

    __tablename__ = "enrolment_codes"
    digest: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[str]
    expires_at: Mapped[datetime]
    used_by: Mapped[str | None] = mapped_column(ForeignKey("kiosks.id"))


class Guess(Row):
    """A wrong enrolment code was tried; rows older than the window are removed."""

    __tablename__ = "enrolment_guesses"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(index=True)


class KioskToken(Row):
    __tablename__ = "kiosk_tokens"
    digest: Mapped[str] = mapped_column(primary_key=True)
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosks.id"))
    expires_at: Mapped[datetime] = mapped_column(index=True)


class UsedAssertion(Row):
    """``jti`` of a signed assertion that was answered with a token: it is not answered again."""

    __tablename__ = "used_assertions"
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosks.id"), primary_key=True)
    jti: Mapped[str] = mapped_column(primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class NumberBlock(Row):
    """Counters ``first``..``last`` of ``code`` belong to one kiosk for ever; ``op`` asked for them."""

    __tablename__ = "number_blocks"
    code: Mapped[str] = mapped_column(primary_key=True)
    first: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosks.id"))
    op: Mapped[str]
    __table_args__ = (UniqueConstraint("kiosk", "op", name="one_block_per_operation"),)


class Person(Row):
    __tablename__ = "people"
    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    latin_name: Mapped[str]
    role: Mapped[str]
    department: Mapped[str]
    phone: Mapped[str]
    email: Mapped[str]
    language: Mapped[str]
    valid_until: Mapped[datetime | None]


class Card(Row):
    """``uid`` upper-case hex; ``state``: active, lost, replaced; ``since`` when it was reported lost or replaced."""

    __tablename__ = "cards"
    uid: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(ForeignKey("people.id"))
    state: Mapped[str]
    since: Mapped[datetime | None]


class Pin(Row):
    """``phc``: Argon2id in PHC string format. A default PIN is kept to be recognised; it opens nothing."""

    __tablename__ = "pins"
    person: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    phc: Mapped[str]
    is_default: Mapped[bool]


class PinCounter(Row):
    """Failures in a row of one claim at one kiosk; ``claim`` is what services/guesses.py is asked to count."""

    __tablename__ = "pin_counters"
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosks.id"), primary_key=True)
    claim: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    locked_until: Mapped[datetime | None]
    last_at: Mapped[datetime] = mapped_column(index=True)


class GuessBucket(Row):
    """Failures of whomever at one kiosk, leaking away (services/guesses.py)."""

    __tablename__ = "guess_buckets"
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosks.id"), primary_key=True)
    failures: Mapped[int]
    paused_until: Mapped[datetime | None]
    last_at: Mapped[datetime]


class PinOperation(Row):
    """Operation id of a PIN attempt that was counted: the same envelope is never judged twice."""

    __tablename__ = "pin_operations"
    op: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)


class OneTimeCode(Row):
    """``op`` the kiosk made and knows alone; ``person`` empty where the claim is nobody's; ``digest`` of the code."""

    __tablename__ = "one_time_codes"
    op: Mapped[str] = mapped_column(primary_key=True)
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosks.id"), index=True)
    claim: Mapped[str] = mapped_column(index=True)
    person: Mapped[str | None] = mapped_column(ForeignKey("people.id"), index=True)
    channel: Mapped[str] = mapped_column(server_default="phone")
    digest: Mapped[str]
    tries: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(index=True)
    expires_at: Mapped[datetime]
    over: Mapped[bool]


class Message(Row):
    """What the built-in notices told a person: ``address`` masked, ``gone_at`` when it is thrown away."""

    __tablename__ = "messages"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    gone_at: Mapped[datetime] = mapped_column(index=True)
    person: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    channel: Mapped[str]
    address: Mapped[str]
    kind: Mapped[str]
    text: Mapped[str] = mapped_column(Text)


class PersonSession(Row):
    """``proofs``: what was confirmed in it, as words of domain/proof_words.py with a space between."""

    __tablename__ = "person_sessions"
    digest: Mapped[str] = mapped_column(primary_key=True)
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosks.id"))
    person: Mapped[str] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    proofs: Mapped[str] = mapped_column(server_default="")


class Operation(Row):
    """``digest``: hex SHA-256 of the opened payload; ``status``/``body``: the answer, given again to the same id."""

    __tablename__ = "operations"
    op: Mapped[str] = mapped_column(primary_key=True)
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosks.id"))
    digest: Mapped[str]
    status: Mapped[int]
    body: Mapped[bytes]
    at: Mapped[datetime]
    __table_args__ = (Index("operations_refused", "status", "at"),)


class Ticket(Row):
    """``person``: id or empty; ``claim``: what was tapped or typed where it matches nobody, for the desk.

    ``assignee``: whose it is to answer, where that is one person; ``subject``: the service a complaint is about;
    ``shown``: card, number or verified: what stood behind ``person`` when it was made.

    services.clocks keeps the rest. ``respond_about``, ``resolve_about``: the promise reaches into days whose holidays
    are not published. ``responded_at``: the desk answered first; ``resolved_at``: it is solved since. ``stands_since``:
    no clock runs. While they run ``due_at`` is the promise that ends first, ``warn_at`` when it begins to run out,
    ``next_step_at`` when somebody is to be told.
    ``sorts_at``: store.running, written with every change.
    """

    __tablename__ = "tickets"
    reference: Mapped[str] = mapped_column(primary_key=True)
    op: Mapped[str] = mapped_column(ForeignKey("operations.op"), unique=True)
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosks.id"))
    channel: Mapped[str]
    type: Mapped[str]
    service: Mapped[str]
    symptom: Mapped[str]
    impact: Mapped[str]
    priority: Mapped[str]
    suspected_p0: Mapped[bool]
    state: Mapped[str]
    team: Mapped[str]
    identity: Mapped[str]
    person: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    claim: Mapped[str]
    language: Mapped[str]
    building: Mapped[str]
    location: Mapped[str]
    note: Mapped[str] = mapped_column(Text)
    contact: Mapped[str]
    address: Mapped[str]
    created_at: Mapped[datetime]
    made_at: Mapped[datetime]
    respond_by: Mapped[datetime | None]
    resolve_by: Mapped[datetime | None]
    assignee: Mapped[str | None] = mapped_column(ForeignKey("people.id", name="tickets_assignee"))
    subject: Mapped[str] = mapped_column(server_default="")
    shown: Mapped[str] = mapped_column(server_default="")
    respond_about: Mapped[bool] = mapped_column(default=False, server_default=false())
    resolve_about: Mapped[bool] = mapped_column(default=False, server_default=false())
    responded_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    stands_since: Mapped[datetime | None]
    warn_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    next_step_at: Mapped[datetime | None] = mapped_column(index=True)
    sorts_at: Mapped[datetime | None]
    __table_args__ = (
        Index("tickets_of_a_person", "person", "created_at"),
        Index("tickets_suspected", "suspected_p0", "created_at"),
        Index("tickets_open", "state", "assignee"),
        Index("tickets_queue", "sorts_at", "reference"),
        Index("tickets_queue_of", "assignee", "sorts_at", "reference"),
        Index("tickets_queue_at", "building", "sorts_at", "reference"),
    )


def _keep_place(_mapper: object, _connection: object, ticket: Ticket) -> None:
    ticket.sorts_at = place_of(ticket.state, ticket.due_at)


event.listen(Ticket, "before_insert", _keep_place)
event.listen(Ticket, "before_update", _keep_place)


class HistoryLine(Row):
    """``staff``: the id of who did it, where it was done in the console; the requester is told ``by`` alone."""

    __tablename__ = "ticket_history"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    reference: Mapped[str] = mapped_column(ForeignKey("tickets.reference"), index=True)
    at: Mapped[datetime]
    by: Mapped[str]
    what: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    staff: Mapped[str] = mapped_column(server_default="")
    # Few lines of years: which article was read before a report. A question has to say it in these very words.
    __table_args__ = (Index("articles_read", "what", "at", sqlite_where=ARTICLE_READ, postgresql_where=ARTICLE_READ),)


class TicketPhoto(Row):
    """A picture the requester added, made anew by the hub; ``file`` its name in the data folder."""

    __tablename__ = "ticket_photos"
    file: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(ForeignKey("tickets.reference"), index=True)
    at: Mapped[datetime]
    size: Mapped[int]


class FollowCode(Row):
    """``digest``: hex SHA-256 of the code behind the slip's QR; ``rated``: by whoever holds it, once."""

    __tablename__ = "follow_codes"
    digest: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(ForeignKey("tickets.reference"))
    expires_at: Mapped[datetime] = mapped_column(index=True)
    rated: Mapped[bool] = mapped_column(default=False)


class CardLoss(Row):
    """A loss report as it was taken: ``effect`` is one of domain.outcomes.LossEffect, ``person`` whom it is about."""

    __tablename__ = "card_losses"
    reference: Mapped[str] = mapped_column(primary_key=True)
    op: Mapped[str] = mapped_column(ForeignKey("operations.op"), unique=True)
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosks.id"))
    person: Mapped[str | None] = mapped_column(ForeignKey("people.id"), index=True)
    effect: Mapped[str]
    made_at: Mapped[datetime]
    received_at: Mapped[datetime]
    effective_by: Mapped[datetime | None]


class Affected(Row):
    """Somebody said "me too" to an announcement at ``building``; ``person`` where their claim matched one."""

    __tablename__ = "affected"
    op: Mapped[str] = mapped_column(ForeignKey("operations.op"), primary_key=True)
    announcement: Mapped[str] = mapped_column(ForeignKey("announcements.id"), index=True)
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosks.id"))
    building: Mapped[str]
    person: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    language: Mapped[str]
    received_at: Mapped[datetime]


class CardFinding(Row):
    """Somebody handed in ``card`` (UID, upper-case hex) at ``place``; ``person`` is its owner where one is known.

    ``closed_at``: the owner has it back, or the card office ticked it off.
    """

    __tablename__ = "card_findings"
    op: Mapped[str] = mapped_column(ForeignKey("operations.op"), primary_key=True)
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosks.id"))
    card: Mapped[str]
    person: Mapped[str | None] = mapped_column(ForeignKey("people.id"), index=True)
    place: Mapped[str]
    received_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class CardFindingStep(Row):
    """What became of a found card: ``what`` and ``place`` as services.findings has them."""

    __tablename__ = "card_finding_steps"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    finding: Mapped[str] = mapped_column(ForeignKey("card_findings.op"), index=True)
    at: Mapped[datetime]
    what: Mapped[str]
    place: Mapped[str]


class Rating(Row):
    """What somebody thinks, tied to nobody: no operation, no visit, no ticket, no time but the ``day`` (ISO 8601).

    ``key`` is random and the rows lie in its order, so that not even the order in which they came is kept. ``kiosk`` is
    a place's code, '' from a phone; ``mark`` one of domain.queueable.Mark; ``reasons`` ids with spaces between.
    """

    __tablename__ = "ratings"
    key: Mapped[str] = mapped_column(primary_key=True)
    kiosk: Mapped[str]
    day: Mapped[str] = mapped_column(index=True)
    about: Mapped[str] = mapped_column(index=True)
    mark: Mapped[str]
    reasons: Mapped[str]
    words: Mapped[str] = mapped_column(Text)
    language: Mapped[str]
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012


class Incident(Row):
    """Something a sound kiosk never does, kept for the admins: ids and a stable code only."""

    __tablename__ = "incidents"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    kiosk: Mapped[str]
    op: Mapped[str]
    code: Mapped[str]


class Account(Row):
    """An account of the built-in directory. ``phc`` empty: never activated; ``opens`` ids of doors, by spaces."""

    __tablename__ = "accounts"
    login: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(ForeignKey("people.id"), unique=True)
    phc: Mapped[str]
    opens: Mapped[str]
    disabled: Mapped[bool]
    protected: Mapped[bool]
    must_change: Mapped[bool]
    changed_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    locked_until: Mapped[datetime | None]
    signed_in_from: Mapped[datetime | None]  # what signed in before this is signed out


class OldPassword(Row):
    """``phc`` of a password that was in force until ``until``: it is not taken again."""

    __tablename__ = "account_history"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    login: Mapped[str] = mapped_column(ForeignKey("accounts.login"), index=True)
    phc: Mapped[str]
    until: Mapped[datetime]


class PastPassword(Row):
    """``phc`` of a password that was in force at an outside directory at ``at``, as the hub saw it."""

    __tablename__ = "past_passwords"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    login: Mapped[str] = mapped_column(index=True)
    phc: Mapped[str]
    at: Mapped[datetime]


class BadTry(Row):
    """A wrong password at a door of the campus; ``locked``: this one locked the account."""

    __tablename__ = "account_bad_tries"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    login: Mapped[str] = mapped_column(ForeignKey("accounts.login"), index=True)
    at: Mapped[datetime]
    door: Mapped[str]
    locked: Mapped[bool]


class OldPasswordCounter(Row):
    """Wrong old passwords in a row of one person at kiosks, counted before they are judged."""

    __tablename__ = "old_password_counters"
    person: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    failures: Mapped[int]
    held_until: Mapped[datetime | None]
    last_at: Mapped[datetime]


class AccountOperation(Row):
    """``digest``: hex SHA-256 of the envelope as it was sealed, never of what is in it; ``status`` 0: none yet."""

    __tablename__ = "account_operations"
    op: Mapped[str] = mapped_column(primary_key=True)
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosks.id"))
    digest: Mapped[str]
    status: Mapped[int]
    body: Mapped[bytes]
    at: Mapped[datetime] = mapped_column(index=True)


class Announced(Row):
    """What staff tell everybody. ``buildings`` Place ids joined by spaces, '' for everywhere; an end is mandatory."""

    __tablename__ = "announcements"
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    service: Mapped[str]
    buildings: Mapped[str]
    article: Mapped[str]
    title_zh: Mapped[str]
    title_en: Mapped[str]
    text_zh: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)
    next_update_at: Mapped[datetime | None]
