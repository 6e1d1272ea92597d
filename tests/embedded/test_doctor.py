"""`kycuong doctor` names what is broken, and how to mend it, in both languages."""

import re
import socket
from pathlib import Path

import pytest
from typer.testing import CliRunner

from services.adapters.catalogues import LANGUAGES, has, text
from services.adapters.embedded import jars
from services.adapters.embedded.kafka import Kafka
from services.adapters.embedded.ports import free_port
from services.adapters.embedded.service_user import ServiceUser
from services.entrypoints import doctor, secret_files
from services.entrypoints.cli import build
from services.entrypoints.doctor import Finding, examine

SOURCES = Path("services/adapters/embedded"), Path("services/entrypoints")


def broken(data: Path, port: int | None = None) -> dict[str, dict[str, str]]:
    """What is not well, by name; every finding has its words, well or not."""
    findings = list(examine(data, port or free_port()))
    for finding in findings:
        assert words_of(finding)
    return {finding.name: finding.facts for finding in findings if not finding.well}


def words_of(finding: Finding) -> list[str]:
    text_id = f"doctor-{finding.name}" if finding.well else f"doctor-{finding.name}.mend"
    return [text(language, text_id, finding.facts) for language in LANGUAGES]


def test_a_machine_that_has_everything_is_well(runtime_folder: Path, kafka_server: Kafka) -> None:
    assert broken(runtime_folder / "new") == {}


def test_a_jar_that_differs_is_named(
    runtime_folder: Path, kafka_server: Kafka, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for jar in jars.manifest():
        (tmp_path / jar.file_name).symlink_to(kafka_server.jars / jar.file_name)
    (tmp_path / "kafka-tools-4.1.1.jar").unlink()
    (tmp_path / "kafka-tools-4.1.1.jar").write_bytes(b"another")
    monkeypatch.setenv(jars.CACHE_VARIABLE, str(tmp_path))
    found = broken(runtime_folder / "new")
    assert found.keys() == {"jars"}
    assert "kafka-tools-4.1.1.jar" in found["jars"]["what"]


def test_a_port_that_somebody_has_is_named(runtime_folder: Path, kafka_server: Kafka) -> None:
    with socket.create_server(("127.0.0.1", free_port())) as somebody:
        port = somebody.getsockname()[1]
        assert broken(runtime_folder / "new", port) == {"port": {"port": str(port)}}


def test_a_secret_that_others_can_read_and_one_that_is_missing_are_named(
    runtime_folder: Path, kafka_server: Kafka
) -> None:
    data = runtime_folder / "loose"
    secret_files.ensure(data / "secrets")
    (data / "secrets" / "wrapping-key").chmod(0o644)
    (data / "secrets" / "signing-key").unlink()
    found = broken(data)
    assert found.keys() == {"secrets", "secrets-private"}
    assert found["secrets"]["names"] == "signing-key"
    assert found["secrets-private"]["names"] == "wrapping-key"


def test_data_of_another_major_version_is_named(runtime_folder: Path, kafka_server: Kafka) -> None:
    data = runtime_folder / "old"
    secret_files.ensure(data / "secrets")
    cluster = data / "database" / "cluster"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("17\n")
    assert broken(data) == {"database-version": {"found": "17", "expected": "18"}}


def test_a_folder_that_the_database_s_user_cannot_reach_is_named(
    tmp_path: Path, kafka_server: Kafka, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "service_user", lambda: ServiceUser("kycuong", uid=64_999, gid=64_999))
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    found = broken(closed / "data")
    assert found.keys() == {"folder-unreachable"}
    assert Path(found["folder-unreachable"]["blocked"]) in (closed / "data").parents


def test_the_command_exits_with_1_and_says_the_mend(
    runtime_folder: Path, kafka_server: Kafka, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KYCUONG_LANGUAGE", "en")
    with socket.create_server(("127.0.0.1", free_port())) as somebody:
        port = str(somebody.getsockname()[1])
        result = CliRunner().invoke(build(), ["doctor", "--data", str(runtime_folder / "new"), "--port", port])
    assert result.exit_code == 1
    assert f"✗ Port {port} is used by another program. Stop that program" in result.output


def test_every_failure_that_the_embedded_parts_can_raise_has_words() -> None:
    sources = [path.read_text() for folder in SOURCES for path in folder.rglob("*.py")]
    names = {name for source in sources for name in re.findall(r'EmbeddedFailure\(\s*"([a-z-]+)"', source)}
    assert len(names) > 10
    assert {name for name in names for language in LANGUAGES if not has(language, f"embedded-{name}")} == set()
