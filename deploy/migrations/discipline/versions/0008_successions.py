"""The view of plans of succession; what is open is found by the post that owns it."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Create the view and its index."""
    op.execute(
        """
        create table discipline.succession_view (
            id uuid primary key,
            kind text not null,
            status text not null,
            day date not null,
            predecessors text[] not null,
            successors text[] not null,
            heir_id text not null,
            heir_post text not null,
            passages jsonb not null,
            singled jsonb not null,
            went jsonb not null,
            version integer not null,
            updated_at timestamptz not null
        );
        create index succession_view_by_day on discipline.succession_view (day, id);
        """
    )
