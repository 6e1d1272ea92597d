"""Whose matter a collective's review is asked at each look at an inbox: the reviews of an agency are found by it."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Find reviews by the subject's agency."""
    op.execute("""
        create index stall_case_by_reviewed_agency on notifier.stall_case ((state->'subject'->>'agency_id'))
        where case_kind = 'review'""")
