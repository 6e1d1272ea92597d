"""A view's row leaves columns that it does not name as they are, or to their defaults."""

from deploy.migrations.store import leave_unnamed_columns_v3

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Let processes of the release before go on writing views that have got a column."""
    leave_unnamed_columns_v3("inspection")
