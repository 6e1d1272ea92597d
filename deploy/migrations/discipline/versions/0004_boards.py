"""Boards and secret ballots: their views, the keys that sign papers, and the boxes."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the views, their indexes, and the two tables of the ballot; neither of these has a time or an order."""
    op.execute(
        """
        create table discipline.board_view (
            id uuid primary key,
            matter_id uuid not null,
            authority_post text not null,
            reviews uuid[] not null,
            subjects uuid[] not null,
            persons uuid[] not null,
            seats jsonb not null,
            size jsonb not null,
            quorum jsonb not null,
            recusals_asked uuid[] not null,
            recused uuid[] not null,
            sittings integer not null,
            sitting integer,
            vote uuid,
            dissolved boolean not null,
            version integer not null,
            updated_at timestamptz not null
        );
        create index board_view_by_review on discipline.board_view using gin (reviews);
        create index board_view_by_person on discipline.board_view using gin (persons);
        create index board_view_by_authority on discipline.board_view (authority_post, id);

        create table discipline.ballot_view (
            id uuid primary key,
            review_id uuid not null,
            body text not null,
            board_id uuid,
            status text not null,
            chair uuid not null,
            secretary uuid not null,
            voters uuid[] not null,
            took_part uuid[] not null,
            quorum jsonb not null,
            choices text[] not null,
            key text not null,
            box_until timestamptz,
            totals jsonb,
            blank integer,
            invalid integer,
            missing integer,
            gives_away text,
            dissents uuid[] not null,
            version integer not null,
            updated_at timestamptz not null
        );
        create index ballot_view_by_review on discipline.ballot_view (review_id, id);

        create table discipline.ballot_keys (
            ballot_id uuid primary key,
            sealed bytea not null
        );
        create table discipline.ballot_boxes (
            ballot_id uuid primary key,
            sealed bytea not null,
            closed boolean not null default false
        );
        """
    )
