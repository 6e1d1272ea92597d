"""The event store of the inspection context."""

from deploy.migrations.store import create_store_v1

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the store's tables and its append."""
    create_store_v1("inspection")
