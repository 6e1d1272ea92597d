"""Days and moments in texts, as a reader in Vietnam writes them."""

from datetime import UTC, date, datetime

import pytest

from services.adapters.catalogues import Language, text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("vi", "Cơ quan còn được phản đối đến 24:00 ngày 10/03/2025, nên chưa thể xác nhận."),
        ("en", "24:00 on 2025-03-10"),
    ],
)
def test_a_term_ends_at_24_00_of_its_last_day(language: Language, said: str) -> None:
    until = datetime(2025, 3, 10, 17, tzinfo=UTC)
    assert said in text(language, "contest-window-open", {"contest_until": until})


def test_a_moment_is_told_in_vietnams_time() -> None:
    until = datetime(2025, 3, 10, 18, 30, tzinfo=UTC)
    assert "01:30 ngày 11/03/2025" in text("vi", "contest-window-open", {"contest_until": until})


def test_a_day_is_told_in_the_order_of_the_language() -> None:
    facts = {"fact_date": date(2025, 3, 4), "today": date(2025, 3, 3)}
    assert "04/03/2025" in text("vi", "fact-in-the-future", facts)
    assert "2025-03-04" in text("en", "fact-in-the-future", facts)
