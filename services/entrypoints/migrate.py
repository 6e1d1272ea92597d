"""Migrations, run apart from start-up: logins, schemas, the suite's clock, and each context's own history.

Idempotent; two that run at once on one database wait for each other. History goes forward only: a mistake is mended by
the next revision, and a release that has to be taken back is restored from a backup.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from importlib.resources import files

import psycopg
from alembic import command
from alembic.config import Config
from psycopg import sql
from sqlalchemy import Connection, NullPool, create_engine

from services.entrypoints.settings import CONTEXTS, Context, Settings, login

MIGRATIONS = str(files("deploy") / "migrations")
EVENT_SOURCED: tuple[Context, ...] = ("inspection", "discipline", "notifier")
Plain = psycopg.Connection[tuple[object, ...]]

_LOCK = "select pg_advisory_lock(hashtextextended('kycuong migrations', 0))"

_SUITE = """
create schema if not exists suite;
create table if not exists suite.clock (
    singleton boolean primary key default true check (singleton),
    "offset" interval not null default '0',
    movable boolean not null default false
);
comment on column suite.clock."offset" is 'Domain time is the database''s time plus this; never less than before.';
comment on column suite.clock.movable is 'Whether this deployment was started with the demo clock.';
insert into suite.clock default values on conflict do nothing;
create table if not exists suite.compensated_days (
    day date primary key,
    worked boolean not null,
    name_vi text not null,
    name_en text not null,
    changed_by uuid not null,
    changed_at timestamptz not null
);
comment on table suite.compensated_days is 'Days worked or off by decision, otherwise than law and library say.';
create or replace function suite.now() returns timestamptz language sql volatile as
    $$ select clock_timestamp() + "offset" from suite.clock $$;
"""


def migrate(admin_dsn: str, passwords: Mapping[str, str]) -> None:
    """Bring a database to the newest form, for the contexts that have a password here.

    Args:
        admin_dsn: libpq address of the target database, as a role that may create roles and schemas.
        passwords: context → password of its login `kycuong_<context>`.
    """
    contexts = [context for context in CONTEXTS if context in passwords]
    with _connected(admin_dsn) as (connection, plain):
        plain.execute(_LOCK)
        plain.execute(_SUITE.encode())
        for context in contexts:
            _make_login(plain, context, passwords[context])
            _make_schema(plain, context)
        connection.commit()
        for context in contexts:
            _upgrade(connection, context)
            connection.commit()


class HoldsHistory(Exception):
    """A context's schema is there already."""


def make_logins(admin_dsn: str, passwords: Mapping[str, str]) -> None:
    """Make the logins of contexts in a database that holds nothing of them yet: what a dump's grants refer to.

    Raises:
        HoldsHistory: it does hold something.
    """
    with psycopg.connect(admin_dsn) as connection:
        for context in (context for context in CONTEXTS if context in passwords):
            if connection.execute("select to_regnamespace(%s) is not null", [context]).fetchone() == (True,):
                raise HoldsHistory(context)
            _make_login(connection, context, passwords[context])


def let_clock_move(admin_dsn: str, *, movable: bool, begins: datetime | None = None) -> None:
    """Say whether this deployment's time may be moved (`--demo-clock`); before any process starts.

    Args:
        admin_dsn: libpq address of the database.
        movable: whether it may.
        begins: when the suite's time begins; heard only where it may be moved and nothing was promised or
            recorded yet, so a later start goes on from where the clock was.
    """
    with psycopg.connect(admin_dsn) as connection:
        connection.execute("update suite.clock set movable = %s", [movable])
        stores = connection.execute("select schemaname from pg_tables where tablename = 'watermark'").fetchall()
        if movable and begins is not None and not any(_began(connection, str(schema)) for (schema,) in stores):
            connection.execute('update suite.clock set "offset" = %s - clock_timestamp()', [begins])


def _began(connection: Plain, schema: str) -> bool:
    statement = sql.SQL("select exists (select from {0}.events) or (select through > '1970-01-02' from {0}.watermark)")
    return connection.execute(statement.format(sql.Identifier(schema))).fetchone() == (True,)


@contextmanager
def _connected(admin_dsn: str) -> Iterator[tuple[Connection, Plain]]:
    plain = psycopg.connect(admin_dsn)
    engine = create_engine("postgresql+psycopg://", creator=lambda: plain, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            yield connection, plain
    finally:
        plain.close()


def _make_login(plain: Plain, context: Context, password: str) -> None:
    role = login(context)
    # Hashed here: in the clear it would stand in the server's log of a failed statement.
    verifier = plain.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    names = {"role": sql.Identifier(role), "verifier": sql.Literal(verifier), "context": sql.Identifier(context)}
    known = plain.execute("select from pg_roles where rolname = %s", [role]).fetchone()
    if known is None:
        plain.execute(sql.SQL("create role {role} login").format(**names))
    plain.execute(sql.SQL("alter role {role} password {verifier}").format(**names))
    plain.execute(sql.SQL("alter role {role} set search_path = {context}").format(**names))


def _make_schema(plain: Plain, context: Context) -> None:
    names = {"schema": sql.Identifier(context), "role": sql.Identifier(login(context))}
    for statement in (
        "create schema if not exists {schema}",
        "revoke all on schema {schema} from public",
        "grant usage on schema {schema} to {role}",
        "alter default privileges in schema {schema} grant select, insert, update, delete on tables to {role}",
        "grant usage on schema suite to {role}",
        "grant select on suite.clock, suite.compensated_days to {role}",
    ):
        plain.execute(sql.SQL(statement).format(**names))


def _upgrade(connection: Connection, context: Context) -> None:
    config = Config()
    config.set_main_option("script_location", MIGRATIONS)
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", f"{MIGRATIONS}/{context}/versions")
    config.attributes.update(connection=connection, schema=context)
    command.upgrade(config, "head")
    names = {"schema": sql.Identifier(context), "role": sql.Identifier(login(context))}
    revoke = sql.SQL("revoke all on {schema}.alembic_version from {role}").format(**names)
    cursor = connection.connection.cursor()
    cursor.execute(revoke)
    cursor.execute("select to_regproc(%s)", [f"{context}.prepare_views"])
    if cursor.fetchone() != (None,):
        cursor.execute(sql.SQL("select {schema}.prepare_views()").format(**names))


def main() -> None:
    """Migrate the deployment that the settings name, and say whether its clock may be moved."""
    settings = Settings()
    servers: dict[str, dict[str, str]] = {}
    for context in CONTEXTS:
        servers.setdefault(settings.admin_dsn_of(context), {})[context] = settings.secret(f"database-{context}")
    for admin_dsn, passwords in servers.items():
        migrate(admin_dsn, passwords)
        let_clock_move(admin_dsn, movable=settings.demo_clock, begins=settings.demo_begins)


if __name__ == "__main__":
    main()
