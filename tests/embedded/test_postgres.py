"""The embedded database: real, closed to strangers, and still there after a kill."""

import os
import pwd
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from services.adapters.embedded import binaries
from services.adapters.embedded.failure import EmbeddedFailure
from services.adapters.embedded.postgres import Postgres
from services.adapters.embedded.service_user import ServiceUser


@pytest.fixture(scope="module")
def server(runtime_folder: Path) -> Iterator[Postgres]:
    """A server of this module's own, which its tests may kill."""
    with Postgres(runtime_folder / "killed-database", password="only for this run") as own:
        yield own


def test_it_is_postgresql_18(server: Postgres) -> None:
    with psycopg.connect(server.admin_dsn) as connection:
        assert connection.info.server_version // 10_000 == 18


def test_it_writes_through_to_the_disk(server: Postgres) -> None:
    with psycopg.connect(server.admin_dsn) as connection:
        assert connection.execute("show fsync").fetchone() == ("on",)
        assert connection.execute("show synchronous_commit").fetchone() == ("on",)


@pytest.mark.parametrize("address", ["dsn", "tcp_dsn"])
def test_a_wrong_password_is_refused_over_socket_and_port(server: Postgres, address: str) -> None:
    dsn = getattr(server, address)("postgres", "a guess", "postgres")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(dsn)


def test_it_never_runs_as_root(server: Postgres) -> None:
    assert server.child is not None
    user = psutil.Process(server.child.pid).uids().real
    assert user != 0
    assert user == (pwd.getpwnam("kycuong").pw_uid if os.geteuid() == 0 else os.geteuid())


def test_a_kill_loses_nothing_that_was_committed(server: Postgres) -> None:
    with psycopg.connect(server.admin_dsn) as connection:
        connection.execute("create table kept(word text)")
        connection.execute("insert into kept values ('kỷ cương')")
    server.kill()
    assert not server.alive
    server.start()
    with psycopg.connect(server.admin_dsn) as connection:
        assert connection.execute("select word from kept").fetchall() == [("kỷ cương",)]


def test_a_kill_ends_its_sessions_too(server: Postgres) -> None:
    connection = psycopg.connect(server.admin_dsn)
    server.kill()
    with pytest.raises(psycopg.OperationalError):
        connection.execute("select 1")
    workers = [process for process in psutil.process_iter() if _works_in(process, server.cluster)]
    server.start()
    assert workers == []


def test_a_recycled_pid_in_the_pid_file_does_not_keep_it_from_starting(server: Postgres) -> None:
    server.kill()
    stale = server.cluster / "postmaster.pid"
    stale.write_text(f"{os.getppid()}\n{server.cluster}\n0\n{server.port}\n\n\n")
    server.start()
    assert server.alive


def test_a_cluster_of_another_major_version_is_refused(tmp_path: Path, runtime_folder: Path) -> None:
    other = Postgres(runtime_folder / "older-database", password="x")
    other.cluster.mkdir(parents=True)
    (other.cluster / "PG_VERSION").write_text("16\n")
    with pytest.raises(EmbeddedFailure) as refused:
        other.start()
    assert refused.value.name == "database-version"
    assert refused.value.facts["found"] == "16"


def test_a_port_that_is_taken_is_named(server: Postgres, runtime_folder: Path) -> None:
    twin = Postgres(runtime_folder / "twin-database", password="x", port=server.port)
    with pytest.raises(EmbeddedFailure) as refused:
        twin.start()
    assert (refused.value.name, refused.value.facts["port"]) == ("port-in-use", server.port)


def test_a_server_that_cannot_start_says_what_it_wrote_last(server: Postgres) -> None:
    server.kill()
    control = server.cluster / "global" / "pg_control"
    hidden = control.rename(control.with_name("pg_control.hidden"))
    with pytest.raises(EmbeddedFailure) as refused:
        server.start()
    hidden.rename(control)
    server.start()
    assert refused.value.name == "database-not-started"
    assert "pg_control" in str(refused.value.facts["reason"])


def test_binaries_that_the_service_user_cannot_reach_are_copied_whole(
    runtime_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "obstacle", lambda path, user: path)
    me = ServiceUser("me", uid=os.getuid(), gid=os.getgid())
    copied = binaries.binaries(runtime_folder / "copied", me)
    assert copied.is_relative_to(runtime_folder / "copied")
    done = subprocess.run([copied / "postgres", "--version"], capture_output=True, text=True, check=False)
    assert done.stdout.startswith("postgres (PostgreSQL) 18.")
    inode = copied.stat().st_ino
    assert binaries.binaries(runtime_folder / "copied", me).stat().st_ino == inode


def _works_in(process: psutil.Process, folder: Path) -> bool:
    try:
        return process.cwd() == str(folder)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False
