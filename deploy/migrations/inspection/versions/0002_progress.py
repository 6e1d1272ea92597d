"""How each finding's follow-up stands, and its open alerts, as the inspection worker hears of them."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the table; `state` is what the worker folds, the columns are what lists ask for."""
    op.execute(
        """
        create table inspection.finding_progress (
            id uuid primary key,
            status text,
            owner_post text,
            due_at timestamptz,
            percent integer not null,
            open_alerts integer not null,
            highest_step integer,
            state jsonb not null
        )
        """
    )
