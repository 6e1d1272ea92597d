"""Accounts of the local issuer, and their failed attempts."""

from alembic import op

revision = "0001"
down_revision = None

ACCOUNTS = """
create table identity.accounts (
    username text primary key check (username <> ''),
    password_hash text not null,
    person_id uuid not null,
    roles text[] not null check (cardinality(roles) > 0),
    agency_id text,
    created_at timestamptz not null default now()
)
"""
ATTEMPTS = """
create table identity.attempts (
    name bytea primary key,
    failures integer not null,
    last_at timestamptz not null,
    blocked_until timestamptz not null
)
"""


def upgrade() -> None:
    """Create the tables of accounts and attempts."""
    op.execute(ACCOUNTS)
    op.execute("comment on column identity.accounts.password_hash is 'argon2id, in its own encoding'")
    op.execute(ATTEMPTS)
    op.execute("comment on column identity.attempts.name is 'SHA-256 of the name that was tried; it may not exist'")
