"""Follow-ups and reviews as lists and cases show them, and who read a review."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the inline views, their indexes, and the record of confidential reads."""
    op.execute(
        """
        create table discipline.follow_up_view (
            id uuid primary key,
            agency_id text not null,
            directive_id text not null,
            violation_type text not null,
            matter_id uuid not null,
            inspector_id uuid not null,
            owner_post text not null,
            status text not null,
            plan text not null,
            plan_number integer not null,
            implementation text not null,
            acknowledged boolean not null,
            confirmed boolean not null,
            internal_check boolean not null,
            historic boolean not null,
            due_at timestamptz not null,
            percent integer not null,
            claimed_at timestamptz,
            on_time boolean,
            extension_asked_until date,
            extensions_granted integer not null,
            hand_overs integer not null,
            past_limit boolean not null,
            cancelled text,
            going_on boolean not null,
            version integer not null,
            updated_at timestamptz not null
        );
        create index follow_up_view_by_due on discipline.follow_up_view (due_at, id);
        create index follow_up_view_by_agency on discipline.follow_up_view (agency_id, due_at, id);
        create index follow_up_view_by_owner on discipline.follow_up_view (owner_post, due_at, id);

        create table discipline.review_view (
            id uuid primary key,
            matter_id uuid not null,
            directive_id text not null,
            provision text not null,
            subject_kind text not null,
            agency_id text not null,
            person_id uuid,
            post_id text,
            authority_post text not null,
            status text not null,
            findings uuid[] not null,
            basis jsonb not null,
            fact_date date not null,
            detected_at timestamptz not null,
            open_until timestamptz not null,
            meeting_until timestamptz,
            answer_until timestamptz,
            limitation jsonb not null,
            processing jsonb,
            version integer not null,
            updated_at timestamptz not null
        );
        create index review_view_by_finding on discipline.review_view using gin (findings);
        create index review_view_by_authority on discipline.review_view (authority_post, open_until, id);

        create table discipline.confidential_reads (
            id bigint generated always as identity primary key,
            review_id uuid not null,
            reader text not null,
            route text not null,
            correlation_id uuid not null,
            read_at timestamptz not null default clock_timestamp()
        );
        create index confidential_reads_by_review on discipline.confidential_reads (review_id, id);
        -- Who read what is only ever added to.
        revoke update, delete, truncate on discipline.confidential_reads from kycuong_discipline;
        """
    )
