"""The broker's jars: pinned by SHA-256, refused when they differ, whole or not there."""

from pathlib import Path

import pytest

from services.adapters.embedded import maven
from services.adapters.embedded.failure import EmbeddedFailure
from services.adapters.embedded.jars import Jar, class_path, manifest, missing, sha256_of
from services.adapters.embedded.kafka import Kafka

SOME = Jar("org.example:thing:1.0", "0" * 64, 3)


def test_every_jar_of_the_manifest_is_pinned_and_named_once() -> None:
    jars = manifest()
    assert len({jar.file_name for jar in jars}) == len(jars)
    assert all(len(jar.sha256) == 64 and jar.size > 0 for jar in jars)
    assert {"kafka_2.13-4.1.1.jar", "kafka-tools-4.1.1.jar"} <= {jar.file_name for jar in jars}


def test_what_is_no_jar_says_so_in_its_coordinate() -> None:
    [distribution] = manifest("identity/keycloak.lock")
    assert distribution.parts[2] == "tar.gz"
    assert distribution.file_name.endswith(f"-{distribution.parts[3]}.tar.gz")


def test_a_jar_that_differs_is_refused_with_both_hashes(tmp_path: Path) -> None:
    (tmp_path / SOME.file_name).write_bytes(b"abc")
    with pytest.raises(EmbeddedFailure) as refused:
        class_path([SOME], tmp_path)
    assert refused.value.name == "jar-differs"
    assert refused.value.facts == {
        "coordinate": SOME.coordinate,
        "path": str(tmp_path / SOME.file_name),
        "expected": SOME.sha256,
        "found": sha256_of(tmp_path / SOME.file_name),
    }


def test_a_broker_does_not_start_on_a_jar_that_differs(kafka_server: Kafka, tmp_path: Path) -> None:
    for jar in manifest():
        (tmp_path / jar.file_name).symlink_to(kafka_server.jars / jar.file_name)
    changed = tmp_path / "kafka-clients-4.1.1.jar"
    changed.unlink()
    changed.write_bytes(b"another broker")
    broker = Kafka(tmp_path / "broker", jars=tmp_path)
    with pytest.raises(EmbeddedFailure) as refused:
        broker.launch()
    assert (refused.value.name, broker.child) == ("jar-differs", None)


def test_a_jar_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert missing([SOME], tmp_path) == [SOME]
    with pytest.raises(EmbeddedFailure) as refused:
        class_path([SOME], tmp_path)
    assert (refused.value.name, refused.value.facts["coordinate"]) == ("jar-missing", SOME.coordinate)


def test_a_download_that_is_not_the_pinned_file_never_enters_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    came = tmp_path / "came.jar"
    came.write_bytes(b"something else")
    monkeypatch.setattr(maven, "_download", lambda jar, context: came)
    with pytest.raises(EmbeddedFailure) as refused:
        maven.fetch([SOME], tmp_path / "cache", advance=lambda _: None)
    assert refused.value.name == "jar-differs"
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_repository_that_does_not_answer_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(maven.REPOSITORY_VARIABLE, "http://127.0.0.1:1/nothing-listens-here")
    with pytest.raises(EmbeddedFailure) as refused:
        maven.fetch([SOME], tmp_path, advance=lambda _: None)
    assert (refused.value.name, refused.value.facts["coordinate"]) == ("jar-not-fetched", SOME.coordinate)
