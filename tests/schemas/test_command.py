"""`kycuong schemas`: what it writes, what it never touches, and when it refuses to release."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from services.entrypoints.cli import build
from services.entrypoints.commands import schemas as command

SOME = "inspection.finding_withdrawn.v1"


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the committed documents, which the command takes for its own."""
    folder = tmp_path / "schemas"
    for name in ("json", "golden", "released"):
        shutil.copytree(command.SCHEMAS / name, folder / name)
    for name in ("SCHEMAS", "PACKS"):
        monkeypatch.setattr(command, name, folder)
    monkeypatch.setattr(command, "PROVINCE", folder / "province.schema.json")
    monkeypatch.setattr(command, "GOLDEN", folder / "golden")
    monkeypatch.setattr(command, "RELEASED", folder / "released")
    monkeypatch.setattr(command, "TOPICS", folder / "released" / "topics.json")
    return folder


def _run(action: str) -> tuple[int, str]:
    done = CliRunner().invoke(build(), ["schemas", action])
    return done.exit_code, done.output


def test_write_mends_what_differs_and_removes_what_is_no_more(checkout: Path) -> None:
    written, gone = checkout / "json" / f"{SOME}.json", checkout / "json" / "inspection.gone.v1.json"
    before = written.read_text(encoding="utf-8")
    written.write_text("{}", encoding="utf-8")
    gone.write_text("{}", encoding="utf-8")
    assert _run("write")[0] == 0
    assert written.read_text(encoding="utf-8") == before
    assert not gone.exists()


def test_write_makes_a_missing_sample_and_touches_no_other(checkout: Path) -> None:
    missing, kept = checkout / "golden" / f"{SOME}.json", checkout / "golden" / "inspection.finding_dismissed.v1.json"
    missing.unlink()
    kept.write_text("as it was written once", encoding="utf-8")
    assert _run("write")[0] == 0
    assert json.loads(missing.read_text(encoding="utf-8"))["type"] == SOME
    assert kept.read_text(encoding="utf-8") == "as it was written once"


def test_release_makes_todays_contracts_the_released_ones(checkout: Path) -> None:
    shutil.rmtree(checkout / "released")
    assert _run("release")[0] == 0
    assert json.loads((checkout / "released" / "topics.json").read_text(encoding="utf-8"))[SOME] == {
        "topic": "inspection.restricted",
        "key": "finding_id",
    }
    assert _run("release")[0] == 0


def test_release_refuses_what_would_break_a_reader(checkout: Path) -> None:
    released = checkout / "released" / f"{SOME}.json"
    document = json.loads(released.read_text(encoding="utf-8"))
    document["properties"]["urgent"] = {"type": "boolean"}
    released.write_text(json.dumps(document), encoding="utf-8")
    code, said = _run("release")
    assert code == 1
    assert f"{SOME}: urgent: the field is gone" in said
    assert json.loads(released.read_text(encoding="utf-8")) == document
