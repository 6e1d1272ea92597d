"""Vietnam's calendar as it was announced, and what an administrator adds to it."""

from datetime import date

import asyncpg
import pytest

from schemas.values import Name
from services.adapters.calendar import CompensatedDay, PostgresCalendars, vietnam
from tests.parts import Database

STORM = Name(vi="Nghỉ tránh bão", en="Off because of the storm")


@pytest.mark.parametrize(
    "day",
    [
        date(2024, 2, 8),  # 29 Tết
        date(2024, 2, 14),  # mùng năm Tết
        date(2024, 4, 29),  # in exchange for Saturday 4 May
        date(2025, 4, 7),  # Giỗ Tổ Hùng Vương
        date(2025, 5, 2),  # in exchange for Saturday 26 April
        date(2025, 9, 1),  # second day of National Day
    ],
)
def test_public_holidays_and_days_in_lieu_are_off(day: date) -> None:
    assert not vietnam().is_working(day)


@pytest.mark.parametrize("day", [date(2024, 5, 4), date(2025, 4, 26)])
def test_a_saturday_that_the_government_exchanged_is_worked(day: date) -> None:
    assert vietnam().is_working(day)


def test_a_day_off_has_its_name_in_both_languages() -> None:
    (skipped,) = vietnam().off_between(date(2025, 9, 1), date(2025, 9, 2))

    assert skipped.name == Name(vi="Quốc khánh", en="National Day")


def test_an_administrators_day_is_stronger_than_law_and_library() -> None:
    calendar = vietnam(
        (
            CompensatedDay(date(2024, 9, 9), worked=False, name=STORM),
            CompensatedDay(date(2024, 9, 14), worked=True, name=Name(vi="Làm bù", en="In exchange")),
            CompensatedDay(date(2024, 5, 4), worked=False, name=STORM),
        )
    )

    assert not calendar.is_working(date(2024, 9, 9))
    assert calendar.is_working(date(2024, 9, 14))
    assert not calendar.is_working(date(2024, 5, 4)), "worked by the library's exchange"


async def test_every_login_reads_the_exchanged_days_and_the_next_reader_sees_a_change(database: Database) -> None:
    row = "insert into suite.compensated_days values (%s, false, 'Nghỉ bão', 'Storm', gen_random_uuid(), now())"
    for context in ("inspection", "discipline", "notifier"):
        async with asyncpg.create_pool(database.dsn(context), min_size=1, max_size=1) as pool:
            calendars = PostgresCalendars(pool)
            assert (await calendars.current()).is_working(date(2024, 9, 9))
            database.execute(row, date(2024, 9, 9))
            assert not (await calendars.current()).is_working(date(2024, 9, 9))
        database.execute("delete from suite.compensated_days")
