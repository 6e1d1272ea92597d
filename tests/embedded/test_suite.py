"""`kycuong up` with stand-ins for the processes: starts, mends itself, stops in order, leaves nobody behind."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
import pytest

from services.adapters.embedded.kafka import Kafka
from services.entrypoints.running_suite import settings_of
from services.entrypoints.settings import Settings
from services.entrypoints.status import fetch
from services.entrypoints.supervisor import FIRST_DELAY, LONGEST_DELAY, delay

PARTS = ("database", "broker", "early", "late")
PATIENCE = 150.0
pytestmark = pytest.mark.timeout(2 * PATIENCE)  # a machine that does other work besides starts a suite slowly
FOLDER = "stopped-suite"
"""Of the tests that end their suite; one after the other goes on with it, which is quicker than making new ones."""


@dataclass
class Running:
    """A small suite that runs as a program of its own."""

    program: subprocess.Popen[bytes]
    data: Path
    log: Path

    @property
    def settings(self) -> Settings:
        return settings_of(self.data)

    @property
    def status_port(self) -> int:
        return int(str(self.settings.supervisor).rpartition(":")[2])

    def pid(self, part: str) -> int:
        return int((self.data / "run" / f"{part}.pid").read_text().split()[0])

    def events(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]

    def named(self, event: str) -> list[object]:
        return [line["part"] for line in self.events() if line["event"] == event]

    def metrics(self) -> str:
        return self.asked("/metrics")[1].decode()

    def all_ready(self) -> bool:
        return self.asked("/health/ready")[0] == 200

    def asked(self, path: str) -> tuple[int, bytes]:
        """Its answer, however often it has to be asked: on a busy machine one may take too long."""
        answers = (fetch(self.status_port, path) for _ in range(100))
        return next(answer for answer in answers if answer is not None)

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.program.send_signal(number)
        return self.program.wait(PATIENCE)


Start = Callable[..., Running]


def eventually(condition: Callable[[], bool]) -> None:
    """Wait until it holds."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it never came about"
        time.sleep(0.05)


def start_suite(data: Path, *words: str, wait: bool = True) -> Running:
    """Run the small suite on a folder."""
    data.mkdir(exist_ok=True)
    ready_file = data / "ready.json"
    ready_file.unlink(missing_ok=True)
    log = data / "supervisor.log"
    with log.open("wb") as out:
        command = [sys.executable, "-m", "tests.embedded.small_suite", str(data), str(ready_file), *words]
        program = subprocess.Popen(command, stdout=out, stderr=out)
    running = Running(program, data, log)
    if wait:
        eventually(lambda: ready_file.exists() or program.poll() is not None)
        assert program.poll() is None, log.read_text()
    return running


@pytest.fixture(scope="module")
def start(runtime_folder: Path, kafka_server: Kafka) -> Iterator[Start]:
    """Starts suites and ends those that a failed test left (the run's broker has fetched the jars)."""
    begun: list[Running] = []

    def one(folder: str, *words: str, wait: bool = True) -> Running:
        begun.append(start_suite(runtime_folder / folder, *words, wait=wait))
        return begun[-1]

    yield one
    for running in begun:
        running.program.kill()
        running.program.wait()


@pytest.fixture(scope="module")
def suite(start: Start) -> Running:
    """A suite for the tests that leave it running."""
    return start("mended-suite")


def test_it_is_ready_when_every_part_is(suite: Running) -> None:
    status, told = suite.asked("/health/ready")
    assert (status, json.loads(told)["parts"]) == (200, dict.fromkeys(PARTS, True))


def test_it_is_not_ready_while_one_part_is_not(start: Start) -> None:
    running = start(FOLDER, "unready", wait=False)
    eventually((running.data / "run" / "late.pid").exists)
    status, told = running.asked("/health/ready")
    assert (status, json.loads(told)["parts"]["early"]) == (503, False)
    assert running.end() == 0


def test_the_metrics_of_all_processes_stand_on_one_page_with_their_names(suite: Running) -> None:
    page = suite.metrics()
    assert 'stand_in_starts_total{process="early"} 1.0' in page
    assert 'stand_in_starts_total{process="late"} 1.0' in page
    assert 'kycuong_up{process="early"} 1.0' in page
    assert page.count("# TYPE stand_in_starts_total counter") == 1


def test_secrets_are_files_that_only_their_owner_reads(suite: Running) -> None:
    modes = {path.name: path.stat().st_mode & 0o777 for path in (suite.data / "secrets").iterdir()}
    assert {"database-admin", "database-inspection", "wrapping-key", "signing-key"} <= modes.keys()
    assert set(modes.values()) == {0o600}
    assert (suite.data / "secrets").stat().st_mode & 0o777 == 0o700


def test_no_secret_is_in_a_process_s_environment_or_arguments(suite: Running) -> None:
    secrets = [path.read_text().strip() for path in (suite.data / "secrets").iterdir()]
    for part in PARTS:
        process = psutil.Process(suite.pid(part))
        told = "\n".join([*process.cmdline(), *process.environ().values()])
        assert not any(secret in told for secret in secrets)


def test_a_second_one_on_the_same_folder_is_refused_by_name(suite: Running) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "tests.embedded.small_suite", str(suite.data), str(suite.data / "other.json")],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        env={**os.environ, "KYCUONG_LANGUAGE": "en"},
        check=False,
    )
    assert second.returncode == 1
    assert f"in use by process {suite.program.pid}" in second.stderr
    assert suite.all_ready()


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_dies_is_said_and_started_again(suite: Running, part: str) -> None:
    dead = suite.pid(part)
    os.kill(dead, signal.SIGKILL)
    eventually(lambda: part in suite.named("part_restarted") and suite.pid(part) != dead)
    eventually(suite.all_ready)
    codes = [line["exit_code"] for line in suite.events() if line["event"] == "part_died" and line["part"] == part]
    assert codes == [-signal.SIGKILL]
    assert f'kycuong_restarts_total{{part="{part}"}}' in suite.metrics()


def test_when_the_fork_server_is_killed_its_processes_go_with_it_and_all_come_back(suite: Running) -> None:
    dead = suite.pid("early"), suite.pid("late")
    server = psutil.Process(dead[0]).parent()
    assert server is not None
    assert server.pid != suite.program.pid
    server.kill()
    eventually(lambda: not set(dead) & {suite.pid("early"), suite.pid("late")})
    eventually(suite.all_ready)


def test_each_start_after_a_failure_comes_later_up_to_a_limit() -> None:
    waits = [delay(failures) for failures in range(1, 20)]
    assert waits[0] == FIRST_DELAY
    assert waits == sorted(waits)
    assert waits[1] == 2 * waits[0]
    assert waits[-1] == LONGEST_DELAY


def test_it_stops_in_order_and_the_next_one_migrates_and_goes_on_with_the_data(
    start: Start,
) -> None:
    first = start(FOLDER)
    migrations = (first.data / "logs" / "newer-version.log").read_text()
    with psycopg.connect(first.settings.admin_dsn) as connection:
        connection.execute("create table kept as select 7 as number")
    assert first.end(signal.SIGINT) == 0
    stopped = first.named("part_stopped")
    assert set(stopped[:2]) == {"early", "late"}
    assert stopped[2:] == ["broker", "database"]
    assert "finished" in (first.data / "logs" / "early.log").read_text()

    second = start(FOLDER)
    assert (second.data / "logs" / "newer-version.log").read_text() == migrations + "migrated\n"
    with psycopg.connect(second.settings.admin_dsn) as connection:
        assert connection.execute("select number from kept").fetchall() == [(7,)]
    assert second.end() == 0


def test_when_it_is_killed_nobody_lingers_and_the_next_one_starts(start: Start) -> None:
    killed = start(FOLDER)
    processes = [psutil.Process(killed.pid(part)) for part in PARTS]
    sessions = [child for process in processes for child in process.children(recursive=True)]
    killed.program.kill()
    _, alive = psutil.wait_procs([*processes, *sessions], timeout=PATIENCE)
    assert alive == []
    assert start(FOLDER).end() == 0


def test_a_migration_that_fails_ends_the_start_and_names_its_log(start: Start) -> None:
    running = start(FOLDER, "fails", wait=False)
    assert running.program.wait(PATIENCE) == 1
    assert "newer-version.log" in running.log.read_text()
    assert not (running.data / "run" / "database.pid").exists()


def test_it_is_ready_when_its_errands_are_done(suite: Running) -> None:
    assert (suite.data / "logs" / "errand.log").read_text() == "migrated\n"


def test_an_errand_that_fails_ends_the_start_and_names_its_log(start: Start) -> None:
    running = start(FOLDER, "errand-fails", wait=False)
    assert running.program.wait(PATIENCE) == 1
    assert "errand.log" in running.log.read_text()
    assert not (running.data / "run" / "database.pid").exists()


def test_an_interrupt_while_it_starts_stops_what_has_begun(start: Start) -> None:
    running = start(FOLDER, wait=False)
    eventually((running.data / "run" / "broker.pid").exists)
    broker = psutil.Process(running.pid("broker"))
    assert running.end() == 0
    assert not broker.is_running()


def test_a_second_interrupt_does_not_wait_for_a_stubborn_process(start: Start) -> None:
    running = start(FOLDER, "stubborn")
    stubborn = psutil.Process(running.pid("early"))
    running.program.send_signal(signal.SIGTERM)
    eventually(lambda: any(line["event"] == "suite_stopping" for line in running.events()))
    assert running.end() == 0
    assert not stubborn.is_running()
    assert "part_had_to_be_killed" not in {line["event"] for line in running.events()}
