"""`deploy/kycuong` where no engine is needed to see what it does."""

import fcntl
import os
import re
import subprocess
from pathlib import Path

import pytest

LINE = 120
"""Characters that a screen shows of a line."""
SCRIPT = Path(__file__).parents[2] / "deploy" / "kycuong"
ENTER, SIGN_IN = SCRIPT.with_name("enter"), SCRIPT.parent / "identity" / "sign-in"
SAID = "\n".join(one.read_text(encoding="utf-8") for one in (SCRIPT, ENTER, SIGN_IN))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A deployment's folder, and a docker that does nothing, well, and writes down what it was asked."""
    docker = tmp_path / "bin" / "docker"
    docker.parent.mkdir()
    docker.write_text(f'#!/bin/sh\necho "$@" >>{tmp_path}/asked\n')
    docker.chmod(0o755)
    monkeypatch.setenv("PATH", f"{docker.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("KYCUONG_HOME", str(tmp_path))
    monkeypatch.setenv("KYCUONG_LANGUAGE", "en")
    (tmp_path / "backups").mkdir()
    (tmp_path / ".env").touch()
    return tmp_path


def texts(language: str) -> list[tuple[str, str]]:
    """What a catalogue of the script says, by key; a text of several lines has its key on each."""
    lines = (SCRIPT.parent / "words" / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return [(key, text) for key, _, text in (line.partition(" = ") for line in lines if not line.startswith("#"))]


def kycuong(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([SCRIPT, *arguments], capture_output=True, text=True, check=False)


def asked(home: Path) -> str:
    return (home / "asked").read_text()


def test_a_backup_takes_nothing_from_one_that_is_under_way(home: Path) -> None:
    under_way = home / "backups" / "20260101T000000Z.unfinished"
    under_way.mkdir()
    other = os.open(home / "backups", os.O_RDONLY)
    fcntl.flock(other, fcntl.LOCK_EX)
    done = kycuong("backup")
    os.close(other)
    assert done.returncode != 0
    assert "under way" in done.stderr
    assert under_way.exists()


def test_a_backup_removes_what_a_broken_one_left(home: Path) -> None:
    (home / "backups" / "20260101T000000Z.unfinished").mkdir()
    done = kycuong("backup")
    assert done.returncode == 0, done.stderr
    (made,) = (home / "backups").iterdir()
    assert made.name in done.stderr


def test_a_folder_may_be_named_from_where_one_stands(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home.parent)
    monkeypatch.setenv("KYCUONG_HOME", home.name)
    done = kycuong("backup-secrets", str(home / "vault"))
    assert done.returncode == 0, done.stderr
    assert f"--volume {home}:/deployment:ro" in asked(home)


@pytest.mark.parametrize("arguments", [(), ("--but", "group", "8"), ("--help",), ("08",), ("8x",)])
def test_partitions_want_their_number_first(home: Path, arguments: tuple[str, ...]) -> None:
    """It is kept among the settings, so nothing else may stand in its place."""
    refused = kycuong("partitions", *arguments)
    assert refused.returncode != 0
    assert "partitions 8 [--but GROUP]" in refused.stderr
    assert (home / ".env").read_text() == ""
    assert "operator" not in asked(home)


def test_the_number_of_partitions_is_kept(home: Path) -> None:
    """A restore makes the topics with as many."""
    kycuong("partitions", "8", "--but", "group")
    assert "KYCUONG_PARTITIONS=8" in (home / ".env").read_text().splitlines()
    assert "partitions 8 --but group" in asked(home)


def test_a_restore_has_the_operator_let_in_before_he_looks_at_the_topics(home: Path) -> None:
    """New brokers of a cluster know no password before `topics` has told them."""
    made = home / "backups" / "made"
    made.mkdir()
    files = ("database.dump", "checkpoints.jsonl")
    for name in files:
        (made / name).touch()
    sums = subprocess.run(["sha256sum", *files], cwd=made, capture_output=True, check=True)
    (made / "SHA256SUMS").write_bytes(sums.stdout)
    kycuong("restore", "made")
    steps = asked(home)
    assert steps.count(" topics\n") == 1
    assert steps.index(" topics\n") < steps.index("restore begin") < steps.index("restore publish")


def test_both_languages_say_the_same_with_the_same_facts() -> None:
    vietnamese, english = texts("vi"), texts("en")
    assert [(key, text.count("%")) for key, text in vietnamese] == [(key, text.count("%")) for key, text in english]
    assert [text for _, text in vietnamese + english if "%" in text.replace("%s", "") or "\\" in text] == []


def test_the_scripts_have_a_text_for_all_that_they_say_and_no_others() -> None:
    said = set(re.findall(r"\b(?:fail|words) ([a-z][a-z-]*)", SAID))
    assert said == {key for key, _ in texts("vi")}


def test_it_says_how_many_facts_a_text_names() -> None:
    facts = {key: text.count("%s") for key, text in texts("vi")}
    for key, given in re.findall(r'\b(?:fail|words) ([a-z][a-z-]*)((?: "\$\w+")*)', SAID):
        assert given.count('"$') + (key == "say-backup") == facts[key], key


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({}, "toàn bộ hệ thống"),
        ({"LANG": "C.UTF-8"}, "toàn bộ hệ thống"),
        ({"LANG": "en_US.UTF-8"}, "the whole suite"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "vi_VN.UTF-8"}, "toàn bộ hệ thống"),
        ({"LANG": "vi_VN.UTF-8", "KYCUONG_LANGUAGE": "en"}, "the whole suite"),
    ],
)
def test_help_is_in_the_readers_language_and_needs_no_engine(environment: dict[str, str], spoken: str) -> None:
    own = {"PATH": "/usr/bin:/bin", **environment}
    done = subprocess.run([SCRIPT, "help"], capture_output=True, text=True, check=True, env=own)
    assert spoken in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= LINE


@pytest.mark.parametrize("script", [ENTER, SIGN_IN])
@pytest.mark.parametrize(("language", "spoken"), [("vi_VN.UTF-8", "Hãy nêu"), ("en_US.UTF-8", "Say w")])
def test_who_forgets_an_argument_is_told_in_his_language(script: Path, language: str, spoken: str) -> None:
    own = {"PATH": "/usr/bin:/bin", "LANG": language}
    done = subprocess.run([script], capture_output=True, text=True, check=False, env=own)
    assert done.returncode != 0
    assert done.stderr.startswith(spoken)
