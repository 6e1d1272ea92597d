"""What a finding said and rests on: a copy of the references to its texts, for the boards that sit on it."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Create the copy. It holds references only: whoever erases a text in the registry erases it for everybody."""
    op.execute(
        """
        create table discipline.finding_paper (
            finding_id uuid not null,
            place integer not null,
            part text not null,
            document_id uuid not null,
            sha256 text not null,
            type text not null,
            version integer not null,
            recorded_at timestamptz not null,
            primary key (finding_id, place)
        )
        """
    )
