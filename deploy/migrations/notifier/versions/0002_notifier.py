"""Cases and their deadlines, alerts, deliveries, and the watch over all of it."""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the notifier's tables."""
    statements = (Path(__file__).parents[1] / "notifier_v1.sql").read_text(encoding="utf-8")
    # Past SQLAlchemy, which would read `:name` as its own.
    op.get_bind().connection.cursor().execute(statements)
