"""Who sits on a board and was admitted, and what a worker learned from the beginning of a topic."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add what a board's events tell besides; boards that were folded before are read again by the worker."""
    op.execute(
        """
        alter table notifier.board
            add column members uuid[] not null default '{}',
            add column admissions jsonb not null default '[]',
            add column version integer not null default 0;
        create table notifier.learned (
            lesson text primary key,
            learned_at timestamptz not null default clock_timestamp()
        );
        comment on table notifier.learned is 'What was read anew from the beginning of a topic, once.';
        """
    )
