"""An INSERT that knows ``on_conflict_do_nothing`` on either database."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from kiosk.hub.store.tables import Row


def insert_into(db: Session, table: type[Row]) -> postgresql.Insert | sqlite.Insert:
    return postgresql.insert(table) if db.get_bind().dialect.name == "postgresql" else sqlite.insert(table)
