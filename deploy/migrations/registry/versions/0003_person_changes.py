"""Who changed whose entry, and the letters about it to the address before."""

from alembic import op

revision = "0003"
down_revision = "0002"

STATEMENTS = (
    """
    create table registry.person_changes (
        number bigint generated always as identity primary key,
        at timestamptz not null default now(),
        caller text not null,
        actor text not null,
        person_id uuid not null,
        version integer not null,
        fields text[] not null check (cardinality(fields) > 0),
        unique (person_id, version)
    )
    """,
    "comment on table registry.person_changes is 'Every change of a person''s entry, by names of fields; append only'",
    "comment on column registry.person_changes.version is 'Of the person''s contents: what it made'",
    """
    create table registry.address_notices (
        number bigint primary key references registry.person_changes,
        id uuid not null unique default gen_random_uuid(),
        attempts integer not null default 0,
        next_try_at timestamptz default now(),
        what text
    )
    """,
    "comment on table registry.address_notices is 'Whom to tell of a change at the mail address that he had before it'",
    "comment on column registry.address_notices.next_try_at is 'None: nothing more is tried'",
    "create index address_notices_open on registry.address_notices (next_try_at) where next_try_at is not null",
    "revoke update, delete, truncate on registry.person_changes from kycuong_registry",
    "revoke update, delete, truncate on registry.address_notices from kycuong_registry",
    "grant update (attempts, next_try_at, what) on registry.address_notices to kycuong_registry",
)


def upgrade() -> None:
    """Create the tables."""
    for statement in STATEMENTS:
        op.execute(statement)
