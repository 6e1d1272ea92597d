"""A calculation in words says everything that it takes to recompute it by hand, in both languages."""

from datetime import UTC, date, datetime

import pytest

from schemas.discipline.law import ClockCalculation, Extension, NamedDay, RowUsed, Suspension
from schemas.values import DayKind, DayReason, Name
from services.adapters import law, law_words
from services.adapters.calculations import in_words
from services.adapters.catalogues import LANGUAGES, has

ROW = RowUsed(rule_id="complaints-law-first", instrument="Complaints Law", article="48")
LONGER = RowUsed(rule_id="decree-172-2025-extended", instrument="Decree 172/2025/NĐ-CP", article=None)
TET = Name(vi="Tết Nguyên đán", en="Lunar New Year")
END = datetime(2026, 3, 20, 17, tzinfo=UTC)
CLOCK = ClockCalculation(
    rule_id=ROW.rule_id,
    instrument=ROW.instrument,
    article=ROW.article,
    starts_on=date(2026, 2, 10),
    days=15,
    months=None,
    day_kind=DayKind.WORKING,
    condition=None,
    skipped=(date(2026, 2, 14), date(2026, 2, 17)),
    ends_at=END,
    clock="processing",
    started_by="detection",
    skipped_days=(
        NamedDay(day=date(2026, 2, 14), reason=DayReason.WEEKLY_REST, name=None),
        NamedDay(day=date(2026, 2, 17), reason=DayReason.HOLIDAY, name=TET),
    ),
    exchanged_days=(NamedDay(day=date(2026, 2, 28), reason=DayReason.WORKED_IN_EXCHANGE, name=None),),
    suspensions=(
        Suspension(reason="criminal-proceedings", first=date(2026, 3, 1), last=date(2026, 3, 4), days=3, row=LONGER),
        Suspension(reason="complaint", first=date(2026, 3, 5), last=None, days=0, row=None),
    ),
    extension=Extension(
        row=LONGER, days=20, day_kind=DayKind.WORKING, ended_before=datetime(2026, 3, 6, 17, tzinfo=UTC)
    ),
)


def test_every_part_is_said_in_vietnamese() -> None:
    told = in_words("vi", CLOCK)
    assert told.name == "Thời hạn xử lý kỷ luật"
    assert told.lines == (
        "Bắt đầu: ngày 10/02/2026, từ ngày phát hiện vi phạm (ngày này không tính).",
        "Độ dài: 15 ngày làm việc, theo Điều 48 Luật Khiếu nại.",
        (
            "Kéo dài thành 20 ngày làm việc từ cùng ngày bắt đầu, theo Nghị định số 172/2025/NĐ-CP;"
            " nếu không kéo dài thì đã kết thúc lúc 24:00 ngày 06/03/2026."
        ),
        (
            "Không tính 3 ngày, từ ngày 01/03/2026 đến ngày 04/03/2026: điều tra, truy tố, xét xử hình sự,"
            " theo Nghị định số 172/2025/NĐ-CP."
        ),
        (
            "Vẫn tính, từ ngày 05/03/2026 đến nay: thực hiện khiếu nại;"
            " không quy định nào đang áp dụng cho phép không tính."
        ),
        "Ngày nghỉ không tính: 14/02/2026 (nghỉ hằng tuần); 17/02/2026 (Tết Nguyên đán).",
        "Ngày làm bù được tính: 28/02/2026 (làm việc bù).",
        "Kết thúc: 24:00 ngày 20/03/2026.",
    )


def test_english_says_as_much() -> None:
    told = in_words("en", CLOCK)
    assert len(told.lines) == len(in_words("vi", CLOCK).lines)
    assert told.lines[1] == "Length: 15 working days, by Complaints Law, art. 48."


def test_months_and_a_suspension_that_runs_are_said_as_such() -> None:
    running = CLOCK.model_copy(
        update={
            "days": None, "months": 60, "day_kind": None, "suspended_since": date(2026, 3, 5),
            "as_of": date(2026, 3, 9), "start_row": LONGER, "restarts": (date(2026, 2, 10),),
        }
    )  # fmt: skip
    lines = in_words("vi", running).lines
    assert "Độ dài: 60 tháng, theo Điều 48 Luật Khiếu nại." in lines
    assert "Ngày bắt đầu theo Nghị định số 172/2025/NĐ-CP." in lines
    assert "Tính lại từ các ngày có vi phạm mới: 10/02/2026." in lines
    assert lines[-1] == (
        "Còn đang tạm dừng từ ngày 05/03/2026; tính đến ngày 09/03/2026 thì kết thúc không sớm hơn"
        " 24:00 ngày 20/03/2026."
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("instrument", sorted({row.instrument for row in law.shipped().rows}))
def test_every_shipped_instrument_has_a_name_to_be_cited_by(instrument: str, language: str) -> None:
    assert language in LANGUAGES
    assert has("vi" if language == "vi" else "en", f"law-instrument-{law_words.instrument_slug(instrument)}")
