"""Limitation: by each active row of the day of the fact or of the step, from whatever starts it."""

from datetime import date, datetime

import pytest

from discipline import clocks
from discipline.clocks import Interruption
from discipline.days import last_day
from discipline.law.rows import LawTable
from discipline.limitation import Ended, EndUnknown, Limitation, Ongoing, Violation, limitation
from schemas.discipline.law import Unlimited
from schemas.values import SubjectKind
from services.adapters import law
from tests.discipline.law_rows import SHIPPED, activated, row_of, with_rows
from tests.discipline.samples import CALENDAR

CIVIL_SERVANT = SubjectKind.CIVIL_SERVANT
FACT, STEP = date(2015, 3, 16), date(2025, 4, 15)
OLD = ("decree-112-2020-limitation-reprimand", "decree-112-2020-limitation-other")
NEW = ("decree-172-2025-limitation-reprimand", "decree-172-2025-limitation-other")


def of(violation: Violation, step: date = STEP, *interruptions: Interruption, table: LawTable = SHIPPED) -> Limitation:
    return limitation(table, CIVIL_SERVANT, violation, step, CALENDAR, interruptions=interruptions)


def ends(found: Limitation) -> list[tuple[str, date, date]]:
    return [(clock.rule_id, clock.starts_on, last_day(clock.ends_at)) for clock in found.calculations]


def test_before_the_reform_it_is_five_years_for_a_reprimand_and_ten_otherwise() -> None:
    found = of(Violation(Ended(date(2025, 3, 28))))

    assert ends(found) == [
        (OLD[0], date(2025, 3, 28), date(2030, 3, 28)),
        (OLD[1], date(2025, 3, 28), date(2035, 3, 28)),
    ]
    assert [(clock.condition, clock.months) for clock in found.calculations] == [
        ("form-reprimand", 60),
        ("form-other", 120),
    ]
    assert {(clock.clock, clock.started_by, clock.start_row) for clock in found.calculations} == {
        ("limitation", "violation", None)
    }


def test_under_the_new_decree_it_is_unverified_and_so_not_applied() -> None:
    assert of(Violation(Ended(date(2025, 8, 1))), date(2025, 8, 15)) == Limitation((), ())


def test_where_fact_and_step_fall_into_different_regimes_both_stand_side_by_side() -> None:
    """An administrator has activated the rows of the new decree."""
    found = of(Violation(Ended(date(2025, 3, 28))), date(2025, 8, 15), table=activated(*NEW))

    assert [clock.rule_id for clock in found.calculations] == [*OLD, *NEW]


@pytest.mark.parametrize("kind", [SubjectKind.COLLECTIVE, SubjectKind.PUBLIC_EMPLOYEE])
def test_no_active_row_limits_collectives_nor_yet_public_employees(kind: SubjectKind) -> None:
    violation = Violation(Ended(date(2025, 8, 1)))

    assert limitation(law.shipped(), kind, violation, date(2025, 8, 15), CALENDAR) == Limitation((), ())


def test_public_employees_have_rows_from_the_day_of_their_law_on() -> None:
    violation = Violation(Ended(date(2026, 7, 1)))

    found = limitation(law.shipped(), SubjectKind.PUBLIC_EMPLOYEE, violation, date(2026, 7, 20), CALENDAR)

    assert [clock.rule_id for clock in found.calculations] == [
        "public-employees-2025-limitation-reprimand",
        "public-employees-2025-limitation-other",
    ]


# -- what starts it ---------------------------------------------------------------------------------------------------


def test_of_a_violation_that_goes_on_it_runs_from_discovery() -> None:
    found = of(Violation(Ongoing(date(2020, 3, 2), discovered_on=date(2024, 5, 6))))

    assert ends(found) == [
        (OLD[0], date(2024, 5, 6), date(2029, 5, 7)),
        (OLD[1], date(2024, 5, 6), date(2034, 5, 8)),
    ]
    assert [(clock.started_by, clock.start_row) for clock in found.calculations] == [
        ("discovery", row_of("decree-112-2020-limitation-ongoing").used)
    ] * 2


def test_where_the_end_cannot_be_determined_it_runs_from_the_conclusion() -> None:
    found = of(Violation(EndUnknown(date(2020, 3, 2), concluded_on=date(2024, 6, 3))))

    assert {(clock.starts_on, clock.started_by) for clock in found.calculations} == {(date(2024, 6, 3), "conclusion")}
    assert {clock.start_row for clock in found.calculations} == {row_of("decree-112-2020-limitation-end-unknown").used}


def test_a_regime_without_a_row_that_moves_the_start_runs_from_the_violation() -> None:
    violation = Violation(Ongoing(date(2026, 7, 6), discovered_on=date(2026, 9, 1)))

    found = limitation(SHIPPED, SubjectKind.PUBLIC_EMPLOYEE, violation, date(2026, 9, 2), CALENDAR)

    assert {(clock.starts_on, clock.started_by, clock.start_row) for clock in found.calculations} == {
        (date(2026, 7, 6), "violation", None)
    }


# -- what starts it again ---------------------------------------------------------------------------------------------


def test_a_new_violation_restarts_it() -> None:
    found = of(Violation(Ended(FACT), new_violations=(date(2018, 9, 3),)))

    assert ends(found) == [
        (OLD[0], date(2018, 9, 3), date(2023, 9, 4)),
        (OLD[1], date(2018, 9, 3), date(2028, 9, 4)),
    ]
    restarted = found.calculations[0]
    assert (restarted.started_by, restarted.restarts) == ("new-violation", (date(2018, 9, 3),))
    assert restarted.start_row == row_of("decree-112-2020-limitation-new-violation").used


def test_each_new_violation_in_time_restarts_it_again_in_whatever_order_they_are_told() -> None:
    found = of(Violation(Ended(FACT), new_violations=(date(2023, 9, 4), date(2018, 9, 3))))

    assert [clock.restarts for clock in found.calculations] == [(date(2018, 9, 3), date(2023, 9, 4))] * 2


def test_one_after_the_end_finds_nothing_left_to_restart() -> None:
    """Five years after 16 March 2015 are 16 March 2020; ten years are not over then."""
    found = of(Violation(Ended(FACT), new_violations=(date(2020, 3, 17),)))

    assert ends(found) == [
        (OLD[0], FACT, date(2020, 3, 16)),
        (OLD[1], date(2020, 3, 17), date(2030, 3, 18)),
    ]
    assert [clock.restarts for clock in found.calculations] == [(), (date(2020, 3, 17),)]


# -- what does not count, and what never lapses -----------------------------------------------------------------------


def test_time_under_criminal_proceedings_does_not_count() -> None:
    """From 1 January to 31 December 2019: 365 days; 16 March 2020 becomes 16 March 2021."""
    found = of(Violation(Ended(FACT)), STEP, Interruption("criminal-proceedings", date(2019, 1, 1), date(2019, 12, 31)))

    assert ends(found)[0] == (OLD[0], FACT, date(2021, 3, 16))
    (suspension,) = found.calculations[0].suspensions
    assert (suspension.days, suspension.row) == (365, row_of("decree-112-2020-time-not-counted").used)


def test_what_one_regime_does_not_count_the_other_does() -> None:
    """Proceedings of 31 days: no row of the new decree says that they do not count, so its clocks go on."""
    proceedings = Interruption("criminal-proceedings", date(2025, 7, 8), date(2025, 8, 7))

    found = of(Violation(Ended(date(2025, 3, 28))), date(2025, 8, 15), proceedings, table=activated(*NEW))

    old, new = row_of("decree-112-2020-time-not-counted").used, None
    assert [(clock.rule_id, one.days, one.row) for clock in found.calculations for one in clock.suspensions] == [
        (OLD[0], 31, old),
        (OLD[1], 31, old),
        (NEW[0], 0, new),
        (NEW[1], 0, new),
    ]
    assert ends(found)[2:] == [
        (NEW[0], date(2025, 3, 28), date(2030, 3, 28)),
        (NEW[1], date(2025, 3, 28), date(2035, 3, 28)),
    ]


def test_what_only_the_regime_of_the_step_does_not_count_pauses_only_its_clocks() -> None:
    """An administrator activated a row of the new decree that speaks of litigation alone; the old one does not."""
    now = row_of("decree-112-2020-time-not-counted").model_copy(
        update={"row_id": "time-not-counted-now", "effective_from": date(2025, 7, 1), "effective_to": None}
    )
    before = row_of("decree-112-2020-time-not-counted").model_copy(update={"active": False})
    table = with_rows(*activated(*NEW).rows, now, before)
    litigation = Interruption("litigation", date(2025, 7, 8), date(2025, 8, 7))

    found = of(Violation(Ended(date(2025, 3, 28))), date(2025, 8, 15), litigation, table=table)

    assert [sum(one.days for one in clock.suspensions) for clock in found.calculations] == [0, 0, 31, 31]


@pytest.mark.parametrize(
    ("clock", "limited", "processed"), [("processing", 0, 31), ("limitation", 31, 0), (None, 31, 31)]
)
def test_a_row_that_speaks_of_one_clock_alone_pauses_no_other(clock: str | None, limited: int, processed: int) -> None:
    row = row_of("decree-172-2025-time-not-counted-processing").model_copy(update={"active": True, "condition": clock})
    table = with_rows(*activated(*NEW).rows, row)
    proceedings = Interruption("criminal-proceedings", date(2025, 7, 8), date(2025, 8, 7))
    detected, step = datetime.fromisoformat("2025-07-04T02:00:00+00:00"), date(2025, 8, 15)

    found = of(Violation(Ended(date(2025, 7, 2))), step, proceedings, table=table)
    processing = clocks.processing(table, CIVIL_SERVANT, detected, step, CALENDAR, interruptions=[proceedings])

    assert {one.days for calculation in found.calculations for one in calculation.suspensions} == {limited}
    assert processing is not None
    assert [one.days for one in processing.suspensions] == [processed]


@pytest.mark.parametrize(
    "matter",
    ["deserves-party-expulsion", "internal-political-protection", "defence-security-foreign", "false-certificates"],
)
def test_some_violations_never_lapse(matter: str) -> None:
    found = of(Violation(Ended(FACT), matters=frozenset({matter})))

    exempt = Unlimited(row=row_of("decree-112-2020-limitation-none").used, ground=matter)
    assert found == Limitation((), (exempt,))


def test_under_one_regime_it_may_never_lapse_and_under_the_other_it_may() -> None:
    violation = Violation(Ended(date(2025, 3, 28)), matters=frozenset({"false-certificates"}))

    found = of(violation, date(2025, 8, 15), table=activated(*NEW))

    assert [one.row.rule_id for one in found.unlimited] == ["decree-112-2020-limitation-none"]
    assert [clock.rule_id for clock in found.calculations] == list(NEW)


# -- the new decree, once an administrator has read it ---------------------------------------------------------------

IN_FORCE, LATER = date(2025, 8, 4), date(2025, 12, 8)
"""Fact and step under the new decree alone."""


def under_the_new(violation: Violation, *also: str, interruptions: tuple[Interruption, ...] = ()) -> Limitation:
    return of(violation, LATER, *interruptions, table=activated(*NEW, *also))


def test_each_row_of_the_new_decree_is_followed_from_its_activation_on() -> None:
    """What the old decree's rows do, these do for facts and steps of after it."""
    name = "decree-172-2025-limitation-{}".format
    ended, ongoing = Ended(IN_FORCE), Ongoing(IN_FORCE, discovered_on=date(2025, 9, 1))
    unknown = EndUnknown(IN_FORCE, concluded_on=date(2025, 10, 1))
    again, forged = (date(2025, 11, 3),), frozenset({"false-certificates"})

    def starts(violation: Violation, *also: str) -> set[date]:
        return {clock.starts_on for clock in under_the_new(violation, *also).calculations}

    assert starts(Violation(ended, again)) == starts(Violation(ongoing)) == starts(Violation(unknown)) == {IN_FORCE}
    assert starts(Violation(ended, again), name("new-violation")) == set(again)
    assert starts(Violation(ongoing), name("ongoing")) == {date(2025, 9, 1)}
    assert starts(Violation(unknown), name("end-unknown")) == {date(2025, 10, 1)}
    assert starts(Violation(ended, matters=forged)) == {IN_FORCE}
    assert starts(Violation(ended, matters=forged), name("none")) == set()


def test_the_time_that_the_new_decree_does_not_count_is_not_counted_from_its_activation_on() -> None:
    proceedings = (Interruption("criminal-proceedings", date(2025, 9, 1), date(2025, 9, 30)),)
    violation, row = Violation(Ended(IN_FORCE)), "decree-172-2025-time-not-counted"

    counted = under_the_new(violation, interruptions=proceedings)
    not_counted = under_the_new(violation, row, interruptions=proceedings)

    assert [last for _, _, last in ends(counted)] == [date(2030, 8, 5), date(2035, 8, 6)]
    assert [last for _, _, last in ends(not_counted)] == [date(2030, 9, 3), date(2035, 9, 3)]
