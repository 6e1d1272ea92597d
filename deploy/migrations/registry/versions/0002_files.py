"""Files as they were issued, and the rule by which something is kept whoever asks for its erasure."""

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    "alter table registry.keys drop constraint keys_kind_check",
    "alter table registry.keys add constraint keys_kind_check check (kind in ('person', 'document', 'file'))",
    # The database holds it too: while the rule stands there, no statement can mark its key as destroyed.
    "alter table registry.keys add column kept_by text, add check (kept_by is null or erased_at is null)",
    "comment on column registry.keys.kept_by is 'The rule row by which its content is exempt from erasure'",
    "comment on column registry.contents.sha256 is 'Of salt and text, or of a file''s bytes: what events carry'",
    "comment on column registry.reads.document_id is 'The document or file'",
)


def upgrade() -> None:
    """Widen the kinds, and add the rule."""
    for statement in STATEMENTS:
        op.execute(statement)
