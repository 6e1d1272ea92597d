"""Persons and documents under envelope encryption, and who read which document."""

from alembic import op

revision = "0001"
down_revision = None

STATEMENTS = (
    """
    create table registry.keys (
        id uuid primary key,
        kind text not null check (kind in ('person', 'document')),
        wrapping_key text,
        wrapped bytea,
        created_at timestamptz not null default now(),
        erased_at timestamptz,
        erased_by text,
        erased_because text,
        check ((wrapped is null) = (erased_at is not null)),
        check ((wrapped is null) = (wrapping_key is null))
    )
    """,
    "comment on table registry.keys is 'A data key each; erasing destroys it and leaves the row as the proof of that'",
    "comment on column registry.keys.wrapped is 'The data key under the wrapping key of that id (RFC 3394)'",
    "create index keys_by_wrapping_key on registry.keys (wrapping_key) where wrapped is not null",
    """
    create table registry.contents (
        id uuid not null references registry.keys,
        version integer not null check (version > 0),
        sealed bytea not null,
        sha256 bytea,
        created_at timestamptz not null default now(),
        primary key (id, version)
    )
    """,
    "comment on column registry.contents.sealed is 'AES-256-GCM: nonce, then ciphertext; bound to kind, id, version'",
    "comment on column registry.contents.sha256 is 'Of salt and text; what events carry as proof. Documents only'",
    "create unique index contents_by_proof on registry.contents (id, sha256)",
    """
    create table registry.reads (
        number bigint generated always as identity primary key,
        at timestamptz not null default now(),
        caller text not null,
        reader text not null,
        purpose text not null,
        correlation_id uuid not null,
        document_id uuid not null,
        version integer not null
    )
    """,
    "comment on table registry.reads is 'Every reading of a confidential document; append only'",
    "create index reads_by_document on registry.reads (document_id, number)",
    "revoke update, delete, truncate on registry.reads from kycuong_registry",
    "revoke delete, truncate on registry.keys from kycuong_registry",
    "revoke update, truncate on registry.contents from kycuong_registry",
)


def upgrade() -> None:
    """Create the tables."""
    for statement in STATEMENTS:
        op.execute(statement)
