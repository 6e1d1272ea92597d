"""The event store's tables and its append, the same in every event-sourced context.

A revision that was released never changes, and so neither do `store_v1.sql` and this call of it: what comes after is a
new file and a new revision.
"""

from pathlib import Path

from alembic import op


def create_store_v1(schema: str) -> None:
    """Create the store in a context's schema."""
    _execute("store_v1.sql", schema)


def rest_appends_on_streams_v2(schema: str) -> None:
    """Let an append say on which other streams its decision rested."""
    _execute("store_v2.sql", schema)


def leave_unnamed_columns_v3(schema: str) -> None:
    """Let a view's row leave columns that it does not name as they are, or to their defaults."""
    _execute("store_v3.sql", schema)


def _execute(file: str, schema: str) -> None:
    statements = (Path(__file__).parent / file).read_text(encoding="utf-8").replace("@schema@", schema)
    # Past SQLAlchemy, which would read `:name` and `%I` as its own.
    op.get_bind().connection.cursor().execute(statements)
