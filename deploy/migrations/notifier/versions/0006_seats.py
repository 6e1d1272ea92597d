"""The post for which each member of a board was chosen; boards that were folded before are read again by the worker."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the posts beside the members, in the same order."""
    op.execute("alter table notifier.board add column posts text[] not null default '{}'")
    op.execute("update notifier.board set version = 0")
