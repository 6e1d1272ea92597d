"""Which answers differ and wait for the lead, and what became of those that it has worked on."""

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Add both columns; what was answered before asks for nothing until it changes or the view is built anew."""
    op.execute(
        """
        alter table discipline.consultation_view add column to_reconcile boolean not null default false;
        alter table discipline.consultation_view add column reconciled text;
        """
    )
