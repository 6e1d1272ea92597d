"""What a worker learned from the beginning of a topic."""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Create the list of lessons; what is missing from it the worker reads before it goes on."""
    op.execute(
        """
        create table discipline.learned (
            lesson text primary key,
            learned_at timestamptz not null default clock_timestamp()
        )
        """
    )
