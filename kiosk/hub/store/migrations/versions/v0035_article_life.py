"""The life of an article: what names its text, when it is shown and reviewed, what it said before; and aliases."""

import json
from datetime import date, timedelta
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

_REVIEW_EVERY = timedelta(days=365)


def upgrade() -> None:
    for name in ("text", "review_by", "shown_from", "shown_until", "pictures"):
        op.add_column("articles", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.add_column("articles", sa.Column("draft", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_articles_text", "articles", ["text"])
    op.create_table(
        "article_versions",
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("pictures", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("article", "number"),
    )
    op.create_table(
        "search_aliases",
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("means", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("word"),
    )
    connection = op.get_bind()
    articles = sa.table("articles", *map(sa.column, ("id", "body", "text", "review_by", "pictures")))
    for id, body in connection.execute(sa.select(articles.c.id, articles.c.body)).all():
        both = json.loads(bytes(body))
        reviewed = min(date.fromisoformat(both[language]["reviewed"]) for language in ("zh", "en"))
        blocks = (*both["zh"]["blocks"], *both["en"]["blocks"])
        shown = (block["picture"]["name"] for block in blocks if block.get("picture"))
        values = {
            "text": sha256(bytes(body)).hexdigest()[:32],
            "review_by": (reviewed + _REVIEW_EVERY).isoformat(),
            "pictures": " ".join(dict.fromkeys(shown)),
        }
        connection.execute(articles.update().where(articles.c.id == id).values(**values))
    connection.execute(sa.text("DELETE FROM documents WHERE name = 'knowledge'"))
