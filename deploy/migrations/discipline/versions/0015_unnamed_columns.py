"""A view's row leaves columns that it does not name as they are, or to their defaults: also that of reviews."""

from alembic import op

from deploy.migrations.store import leave_unnamed_columns_v3

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Drop the trigger that did so for one column until the view was built anew.

    Whoever asks for the days of a review's facts looks at what it rests on besides, which every release has written.
    """
    leave_unnamed_columns_v3("discipline")
    op.execute(
        """
        drop trigger review_facts on discipline.review_view;
        drop function discipline.review_facts();
        alter table discipline.review_view alter column facts set default '{}';
        """
    )
