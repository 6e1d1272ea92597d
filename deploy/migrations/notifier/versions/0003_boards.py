"""Who runs a board and who hears nothing of its reviews; deliveries to a person whatever post he holds by then."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the boards, and mark deliveries that are a person's own."""
    op.execute(
        """
        create table notifier.board (
            id uuid primary key,
            chair uuid not null,
            secretary uuid not null,
            recused uuid[] not null,
            related uuid[] not null,
            dissolved boolean not null
        )"""
    )
    op.execute("comment on table notifier.board is 'As the worker folded it from the boards'' events.'")
    op.execute("alter table notifier.delivery add column personal boolean not null default false")
    op.execute(
        "create index delivery_own on notifier.delivery (person_id, told_at desc, id)"
        " where channel = 'inbox' and personal"
    )
