"""The view of the heads' responsibility: one row a finding."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Create the view and its index."""
    op.execute(
        """
        create table discipline.responsibility_view (
            id uuid primary key,
            matter_id uuid not null,
            agency_id text not null,
            directive_id text not null,
            provision text not null,
            authority_post text not null,
            fact_date date not null,
            own_check boolean not null,
            persons uuid[] not null,
            levels jsonb not null,
            waiting integer not null,
            answer_until timestamptz,
            version integer not null,
            updated_at timestamptz not null
        );
        create index responsibility_view_by_authority on discipline.responsibility_view (authority_post, id);
        """
    )
