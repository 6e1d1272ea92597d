"""`kycuong packs check` tells an author what to mend, or that there is nothing."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from services.adapters.packs import FOLDER
from services.entrypoints.cli import build

SHIPPED = FOLDER / "quang_xuong_06.yaml"


def _check(*files: Path) -> tuple[int, str]:
    done = CliRunner().invoke(build(), ["packs", "check", *map(str, files)])
    return done.exit_code, done.output


def test_the_shipped_packs_are_sound() -> None:
    code, said = _check()
    assert (code, said.count("hợp lệ")) == (0, 5)


def test_a_wrong_pack_ends_with_code_1_and_its_place_and_mend(tmp_path: Path) -> None:
    tried = tmp_path / "tried.yaml"
    tried.write_text(SHIPPED.read_text(encoding="utf-8").replace("pace: prompt", "pace: promt", 1), encoding="utf-8")
    code, said = _check(tried)
    assert code == 1
    assert f"{tried}:70: violation_types[3].remediation.pace: Không dùng được giá trị promt." in said
    assert "Có phải ý bạn là prompt? Hãy chọn một trong: prompt, ordinary, structural." in said


def test_it_speaks_english_when_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KYCUONG_LANGUAGE", "en")
    code, said = _check(tmp_path / "none.yaml")
    wrong = "The file cannot be read: No such file or directory. Check the path and the permission to read it."
    assert (code, said) == (1, f"{tmp_path}/none.yaml:1: {wrong}\n")


def test_a_file_in_another_encoding_is_told_so(tmp_path: Path) -> None:
    tried = tmp_path / "tried.yaml"
    tried.write_bytes("version: 1\nname: Chỉ thị\n".encode("utf-16"))
    code, said = _check(tried)
    assert code == 1
    assert f"{tried}:1: Tệp không phải mã UTF-8." in said


def test_one_wrong_pack_does_not_hide_the_others(tmp_path: Path) -> None:
    code, said = _check(tmp_path / "none.yaml", SHIPPED)
    assert code == 1
    assert f"{SHIPPED}: hợp lệ" in said
