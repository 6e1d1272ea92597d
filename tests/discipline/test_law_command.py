"""`kycuong law`: what the rows say on a day, what changed between two, and what is wrong with them."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from services.adapters import law
from services.entrypoints.cli import build


def _law(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(build(), ["law", *arguments])
    return done.exit_code, done.output


def test_the_shipped_table_is_sound() -> None:
    code, said = _law("check")

    assert code == 0
    assert f"{len(law.shipped().rows)} dòng" in said


def test_a_wrong_row_ends_with_code_1_and_its_place_and_mend(tmp_path: Path) -> None:
    tried = tmp_path / "tried.yaml"
    shipped = (law.FOLDER / "decree_172_2025.yaml").read_text(encoding="utf-8")
    tried.write_text(shipped.replace("value: highest-form", "value: lowest-form"), encoding="utf-8")
    code, said = _law("check", str(tried))

    assert code == 1
    before, _, _ = shipped.partition("value: highest-form")
    line, row = before.count("\n") + 1, before.count("- row_id:") - 1
    assert f"{tried}:{line}: rows[{row}].value: Hệ thống không làm theo được giá trị lowest-form" in said
    assert "Hãy chọn một trong: highest-form, one-level-above-heaviest." in said


@pytest.mark.parametrize(("day", "forms"), [("2025-06-30", "hạ bậc lương"), ("2025-07-01", "buộc thôi việc")])
def test_a_day_shows_the_rows_in_force_on_it(day: str, forms: str) -> None:
    code, said = _law("show", "--at", day, "--kind", "civil_servant", "--rule", "forms")

    assert code == 0
    assert forms in said
    assert ("giáng chức" in said) is (day == "2025-06-30")
    assert "2 dòng áp dụng, 0 dòng không áp dụng" in said


def test_a_row_says_its_source_and_that_it_is_not_applied() -> None:
    _, said = _law("show", "--at", "2025-07-01", "--kind", "civil_servant", "--rule", "limitation")

    assert "thời hiệu xử lý kỷ luật, nếu hình thức là khiển trách: 5 năm" in said
    named = "Luật Cán bộ, công chức số 80/2025/QH15 và Nghị định số 172/2025/NĐ-CP"
    assert f"{named}; Cán bộ, Công chức; từ 01/07/2025" in said
    assert "chưa kiểm chứng, không áp dụng." in said


def test_two_days_show_what_ended_and_what_began_in_whatever_order_they_are_told() -> None:
    _, said = _law("diff", "2025-06-30", "2025-07-01", "--rule", "forms", "--kind", "civil_servant")
    _, turned = _law("diff", "2025-07-01", "2025-06-30", "--rule", "forms", "--kind", "civil_servant")

    ended, began = said.split("Có hiệu lực sau ngày 30/06/2025, đến ngày 01/07/2025: 2 dòng.")
    assert "Hết hiệu lực sau ngày 30/06/2025, đến ngày 01/07/2025: 2 dòng." in ended
    assert "decree-112-2020-forms-leading" in ended
    assert "decree-172-2025-forms-civil-servant-leading" in began
    assert turned == said


def test_it_speaks_english_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KYCUONG_LANGUAGE", "en")
    _, said = _law("show", "--at", "2025-08-01", "--kind", "civil_servant", "--rule", "processing")

    assert "processing time: 90 calendar days" in said
    assert "verified, applied. From detection to decision." in said


def test_a_row_that_nothing_follows_says_so() -> None:
    _, shown = _law("show", "--at", "2025-08-01", "--rule", "team_bar")
    _, followed = _law("show", "--at", "2025-08-01", "--rule", "processing")

    assert "áp dụng; hệ thống chỉ hiển thị, không tự xử lý theo." in shown
    assert "hệ thống chỉ hiển thị" not in followed


def test_what_is_no_day_is_refused() -> None:
    code, said = _law("show", "--at", "tomorrow")

    assert code == 2
    assert "tomorrow" in said
