"""A case waits for a message that waits for its turn, however far its partition has been followed."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """What is held is not due, for whoever fires and for whoever moves the demo clock."""
    op.execute(
        """
        -- The key of a message about a case is the case's id (schemas/topics.py). One that is given up holds nothing,
        -- nor what waits behind it: that can last, and operators are told.
        create index parked_by_key on notifier.parked (key) where state <> 'discarded';
        create function notifier.held(case_id uuid) returns boolean language sql stable as $$
            select exists (
                select from notifier.parked p
                where key = convert_to($1::text, 'UTF8') and state in ('waiting', 'failed') and not exists (
                    select from notifier.parked dead
                    where dead.key = p.key and dead.topic = p.topic and dead.state = 'dead'));
        $$;
        create or replace function notifier.next_due() returns timestamptz language sql stable as $$
            select least(
                (select min(due_at) from notifier.deadline where not fired and not notifier.held(case_id)),
                (select min(next_at) from notifier.alert_view
                    where next_at is not null and not notifier.held(case_id)));
        $$;
        """
    )
