"""Reviews through their whole life: who keeps the file, what was decided, and until when it holds."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns; whoever was reviewed is looked for by person when a new offence is judged."""
    op.execute(
        """
        alter table discipline.review_view
            add column secretary uuid,
            add column notified boolean not null default false,
            add column outcome text,
            add column form text,
            add column in_force_from date,
            add column sanction_until timestamptz;
        alter table discipline.review_view alter column notified drop default;
        create index review_view_by_person on discipline.review_view (person_id);
        """
    )
