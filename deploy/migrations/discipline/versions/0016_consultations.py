"""The view of consultations, and a copy of the directives under which they are asked."""

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Create both. The clock looks for those that go on, by their due moments."""
    op.execute(
        """
        create table discipline.consultation_view (
            id uuid primary key,
            request_id uuid not null,
            directive_id text not null,
            provision text not null,
            asking_agency text not null,
            consulted_agency text not null,
            subject jsonb not null,
            status text not null,
            deemed_consent boolean not null,
            answers_personally boolean not null,
            calculation jsonb not null,
            due_at timestamptz not null,
            "position" text,
            answered_at timestamptz,
            late boolean,
            going_on boolean not null,
            version integer not null,
            updated_at timestamptz not null
        );
        create index consultation_view_by_due on discipline.consultation_view (due_at, id);
        create index consultation_view_going_on on discipline.consultation_view (due_at, id) where going_on;
        create index consultation_view_by_request on discipline.consultation_view (request_id);
        create index consultation_view_by_asking on discipline.consultation_view (asking_agency, due_at, id);
        create index consultation_view_by_consulted on discipline.consultation_view (consulted_agency, due_at, id);
        create table discipline.directive_copy (
            directive_id text not null,
            version integer not null,
            event jsonb not null,
            primary key (directive_id, version)
        )
        """
    )
