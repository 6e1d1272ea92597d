"""Logins, schemas, histories: made once, and nobody reads another's."""

import threading

import psycopg
import pytest

from services.entrypoints.migrate import migrate
from tests.parts import CONTEXTS, Database

EVENT_SOURCED = ("inspection", "discipline", "notifier")


@pytest.mark.parametrize("own", CONTEXTS)
def test_a_login_cannot_read_another_context_s_schema(module_database: Database, own: str) -> None:
    others = [
        (schema, table)
        for schema, table in module_database.execute(
            "select schemaname, tablename from pg_tables where schemaname = any(%s)", list(CONTEXTS)
        )
        if schema != own
    ]
    assert others
    with psycopg.connect(module_database.dsn(own), autocommit=True) as connection:
        for schema, table in others:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"select from {schema}.{table}".encode())


@pytest.mark.parametrize("own", CONTEXTS)
def test_a_login_can_read_its_own_schema(module_database: Database, own: str) -> None:
    tables = module_database.execute(
        "select tablename from pg_tables where schemaname = %s and tablename <> 'alembic_version'", own
    )
    with psycopg.connect(module_database.dsn(own), autocommit=True) as connection:
        for (table,) in tables:
            connection.execute(f"select from {table}".encode())


@pytest.mark.parametrize("context", EVENT_SOURCED)
@pytest.mark.parametrize(
    "statement",
    [
        "insert into events (event_id, stream) values (gen_random_uuid(), 's')",
        "update events set data = '{}'",
        "delete from events",
        "truncate events",
        "alter table events disable trigger all",
        "create table more (id integer)",
        "drop function append_events",
        "update alembic_version set version_num = 'x'",
    ],
)
def test_history_is_only_ever_added_to(module_database: Database, context: str, statement: str) -> None:
    with (
        psycopg.connect(module_database.dsn(context)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement.encode())


def test_once_more_changes_nothing(module_database: Database) -> None:
    what = (
        "select n.nspname, p.proname, p.prosrc, null from pg_proc p join pg_namespace n on n.oid = pronamespace"
        " where n.nspname = any(%s) union all"
        " select table_schema, table_name, column_name, data_type from information_schema.columns"
        " where table_schema = any(%s) order by 1, 2, 3, 4"
    )
    schemas = [*CONTEXTS, "suite"]
    before = module_database.execute(what, schemas, schemas)
    migrate(module_database.admin_dsn, module_database.passwords)
    assert module_database.execute(what, schemas, schemas) == before


def test_two_at_once_wait_for_each_other(module_database: Database) -> None:
    failures: list[BaseException] = []

    def once() -> None:
        try:
            migrate(module_database.admin_dsn, module_database.passwords)
        except BaseException as failure:  # noqa: BLE001 - told to the test
            failures.append(failure)

    both = [threading.Thread(target=once) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert failures == []
