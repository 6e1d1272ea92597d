"""How far each lesson of the worker has come in each partition."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Create the list; a lesson that is missing from it is read once more, which changes nothing that is right."""
    op.execute(
        """
        create table notifier.lesson_progress (
            lesson text not null,
            partition integer not null,
            next_offset bigint not null,
            primary key (lesson, partition)
        );
        comment on table notifier.lesson_progress is 'The offset before which a lesson has folded everything.';
        """
    )
