"""What every process begins with: settings, secrets, the probe, logs; and the supervisor's merged page."""

import json
import logging as standard
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

from services.adapters.embedded.ports import LOOPBACK
from services.adapters.embedded.service_user import ServiceUser, obstacle
from services.entrypoints import logging, secret_files
from services.entrypoints.probe import Probe
from services.entrypoints.running_suite import SuiteNotRunning, describe, forget, settings_of
from services.entrypoints.settings import SecretMissing, Settings
from services.entrypoints.status import Merged, fetch

HEALTHY = Path(__file__).parents[2] / "deploy" / "images" / "healthy.py"


@pytest.fixture
def restored_logging() -> Iterator[None]:
    """Logging is the whole process's: give it back as it was."""
    root = standard.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def test_a_context_s_address_carries_its_own_login_and_password(tmp_path: Path) -> None:
    (tmp_path / "database-discipline").write_text("p@ss/word\n")
    settings = Settings(database="postgresql:///kycuong?host=/run/pg&port=5433", secrets=tmp_path)
    expected = "postgresql://kycuong_discipline:p%40ss%2Fword@/kycuong?host=/run/pg&port=5433"
    assert settings.dsn("discipline") == expected


def test_a_context_may_live_on_a_server_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "database-notifier").write_text("x")
    settings = Settings(database_notifier="postgresql://other:5432/alerts", secrets=tmp_path)
    assert settings.dsn("notifier") == "postgresql://kycuong_notifier:x@other:5432/alerts"


def test_a_secret_that_is_missing_is_named_by_its_file(tmp_path: Path) -> None:
    with pytest.raises(SecretMissing, match=r"wrapping-key"):
        Settings(secrets=tmp_path).secret("wrapping-key")


def test_an_empty_secret_is_none_and_named_by_its_file(tmp_path: Path) -> None:
    (tmp_path / "smtp-password").write_text("\n")
    with pytest.raises(SecretMissing, match=r"smtp-password"):
        Settings(secrets=tmp_path).secret("smtp-password")


def test_an_empty_variable_leaves_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KYCUONG_SMTP_HOST", "")
    assert Settings().smtp_host is None


def test_a_second_start_keeps_every_secret(tmp_path: Path) -> None:
    secret_files.ensure(tmp_path / "secrets")
    first = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    secret_files.ensure(tmp_path / "secrets")
    assert {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()} == first
    assert len(set(first.values())) == len(first) == len(secret_files.SECRETS)


def test_other_commands_find_a_suite_by_its_folder_while_it_runs(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    describe(tmp_path, {"kafka": "127.0.0.1:1234", "demo_clock": "true"})
    assert (settings_of(tmp_path).kafka, settings_of(tmp_path).demo_clock) == ("127.0.0.1:1234", True)
    forget(tmp_path)
    with pytest.raises(SuiteNotRunning):
        settings_of(tmp_path)


def test_a_probe_is_ready_only_when_every_part_is() -> None:
    parts = {"database": True, "broker": False}
    with Probe(lambda: parts, host=LOOPBACK, port=0, registry=CollectorRegistry()) as probe:
        assert _answer(probe, "/health/live") == (200, {"live": True})
        assert _answer(probe, "/health/ready") == (503, {"ready": False, "parts": parts})
        parts["broker"] = True
        assert _answer(probe, "/health/ready") == (200, {"ready": True, "parts": parts})
        assert _answer(probe, "/elsewhere") == (404, {})


def test_a_probe_tells_what_is_under_way_until_everything_is_well() -> None:
    parts, under_way = {"broker": False}, {"messages_learned": 7}
    registry = CollectorRegistry()
    with Probe(lambda: parts, host=LOOPBACK, port=0, registry=registry, under_way=lambda: under_way) as probe:
        told = {"ready": False, "parts": parts, "under_way": under_way}
        assert _answer(probe, "/health/ready") == (503, told)
        parts["broker"] = True
        assert _answer(probe, "/health/ready") == (200, {"ready": True, "parts": parts})


@pytest.mark.parametrize(
    ("well", "under_way", "arguments", "code"),
    [
        (True, {}, (), 0),
        (True, {}, ("ready",), 0),
        (False, {}, (), 1),
        (False, {"messages_learned": 7}, (), 0),
        (False, {"messages_learned": 7}, ("ready",), 1),
    ],
    ids=["ready", "asked and ready", "dead", "learning lives", "learning is not ready"],
)
def test_a_containers_health_check_tells_who_learns_from_who_is_dead(
    well: bool, under_way: dict[str, int], arguments: tuple[str, ...], code: int
) -> None:
    registry, parts = CollectorRegistry(), {"itself": well}
    with Probe(lambda: parts, host=LOOPBACK, port=0, registry=registry, under_way=lambda: under_way) as probe:
        asked = subprocess.run(
            [sys.executable, "-I", "-S", str(HEALTHY), *arguments],
            env={"KYCUONG_PROBE_PORT": str(probe.port)},
            capture_output=True,
            check=False,
        )
    assert asked.returncode == code
    assert json.loads(asked.stdout)["ready"] is well


def test_the_merged_page_keeps_families_whole_and_labels_every_sample() -> None:
    registries = {"relay": CollectorRegistry(), "clock": CollectorRegistry()}
    for amount, registry in enumerate(registries.values(), start=1):
        Counter("sent", "Sent.", ["topic"], registry=registry).labels(topic="x").inc(amount)
        Histogram("took_seconds", "Took.", buckets=[1.0], registry=registry).observe(0.5)
    probes = {name: Probe(dict, host=LOOPBACK, port=0, registry=registry) for name, registry in registries.items()}
    for probe in probes.values():
        probe.start()
    page_registry = CollectorRegistry()
    page_registry.register(Merged(lambda: {name: probe.port for name, probe in probes.items()} | {"dead": 1}))
    page = generate_latest(page_registry).decode()
    for probe in probes.values():
        probe.stop()
    assert 'sent_total{process="relay",topic="x"} 1.0' in page
    assert 'sent_total{process="clock",topic="x"} 2.0' in page
    assert 'took_seconds_bucket{le="1.0",process="clock"} 1.0' in page
    assert page.count("# TYPE took_seconds histogram") == 1
    assert 'kycuong_up{process="dead"} 0.0' in page


@pytest.mark.usefixtures("restored_logging")
def test_production_logs_are_one_json_object_a_line_with_the_bound_ids(capfd: pytest.CaptureFixture[str]) -> None:
    logging.configure(Settings(environment="production", process="relay"))
    with logging.correlated(correlation_id="c-1", causation_id=None):
        structlog.get_logger("ours").info("batch_sent", count=3)
        standard.getLogger("uvicorn.error").warning("theirs %s", "too")
    ours, theirs = (json.loads(line) for line in capfd.readouterr().out.splitlines())
    assert (ours["event"], ours["count"], ours["process"], ours["correlation_id"]) == ("batch_sent", 3, "relay", "c-1")
    assert "causation_id" not in ours
    assert (theirs["event"], theirs["level"], theirs["correlation_id"]) == ("theirs too", "warning", "c-1")


@pytest.mark.usefixtures("restored_logging")
@pytest.mark.parametrize("environment", ["production", "development"])
def test_a_traceback_never_shows_local_variables(environment: str, capfd: pytest.CaptureFixture[str]) -> None:
    logging.configure(Settings.model_validate({"environment": environment}))
    name_of_a_person = "Nguyễn Thị Hạnh"
    try:
        int(name_of_a_person[:0])
    except ValueError:
        structlog.get_logger("ours").exception("command_failed")
    out = capfd.readouterr().out
    assert "ValueError" in out
    assert name_of_a_person not in out


def test_the_first_folder_that_shuts_a_user_out_is_found() -> None:
    with tempfile.TemporaryDirectory() as folder:
        outer, closed = Path(folder).resolve(), Path(folder).resolve() / "closed"
        (closed / "inner").mkdir(parents=True)
        for opened in (outer, closed / "inner"):
            opened.chmod(0o755)
        closed.chmod(0o700)
        assert obstacle(closed / "inner", ServiceUser("stranger", uid=64_999, gid=64_999)) == closed
        assert obstacle(closed / "inner", ServiceUser("owner", uid=os.getuid(), gid=os.getgid())) is None


def test_what_the_fork_server_imports_starts_no_thread() -> None:
    program = "import psutil, services.entrypoints.preloaded; print(psutil.Process().num_threads())"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "1\n"


def _answer(probe: Probe, path: str) -> tuple[int, object]:
    answer = fetch(probe.port, path)
    assert answer is not None
    return answer[0], json.loads(answer[1])
