"""Issued documents, found by their review."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Index the events that issue documents, and no others: an append of any other event pays nothing for it."""
    op.execute(
        """
        create index documents_by_review on discipline.events ((data ->> 'review_id'), position)
        where type = 'discipline.document_issued.v1'
        """
    )
