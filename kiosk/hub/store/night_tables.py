"""The nights a list of people, or articles, were looked for, so that each has one."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from kiosk.hub.store.tables import Row


class PeopleNight(Row):
    """``night``: the campus's day it begins on. ``outcome``: taken, refused, none, failed. ``mark``: which file it was,
    '' for none."""

    __tablename__ = "people_nights"
    night: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    outcome: Mapped[str]
    mark: Mapped[str]


class ArticleNight(Row):
    """``night``: the campus's day it begins on. ``outcome``: taken or refused, '' where it is still to be done; ``at``
    when it was begun, or last tried."""

    __tablename__ = "article_nights"
    night: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    outcome: Mapped[str]
