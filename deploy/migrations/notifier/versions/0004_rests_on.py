"""Appends that rest on other streams are stored only while those stand where the decision saw them."""

from deploy.migrations.store import rest_appends_on_streams_v2

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Let the append compare other streams under its lock."""
    rest_appends_on_streams_v2("notifier")
