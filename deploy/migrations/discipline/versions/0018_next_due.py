"""When a consultation is due next, for whoever moves the demo clock."""

from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Add the function that he looks for in every context."""
    op.execute(
        """
        -- In domain time; null when nothing is due.
        create function discipline.next_due() returns timestamptz language sql stable as $$
            select min(due_at) from discipline.consultation_view where going_on;
        $$;
        """
    )
