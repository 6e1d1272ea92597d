"""The alerts about follow-ups, as the worker hears of them: what plans of succession show of them."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Create the copy; it is found by the follow-up, and by the event that ended an alert."""
    op.execute(
        """
        create table discipline.follow_up_alert (
            id uuid primary key,
            finding_id uuid not null,
            rule text not null,
            owner_post text,
            ended_by uuid
        );
        create index follow_up_alert_by_finding on discipline.follow_up_alert (finding_id);
        create index follow_up_alert_by_end on discipline.follow_up_alert (ended_by);
        """
    )
