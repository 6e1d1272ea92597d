"""Confirmed findings count once each; too many within the period demand a review of the collective, once a set."""

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given as for_all
from hypothesis import strategies as st

from discipline.records.commands import CountFinding, UndoCount
from discipline.records.decide import decide
from discipline.records.evolve import evolve
from discipline.records.state import Record
from schemas.discipline.followups import ThresholdTerms
from schemas.discipline.records import ConfirmedFindingCounted, CountUndone, ThresholdReached, ThresholdUndone
from schemas.discipline.reviews import ReviewGround
from tests.discipline.samples import CONFIRMED, MATTER, RECORD, REVIEW_TERMS, item, moment, named
from tests.specification import given

AGENCY, DIRECTIVE = "construction", "da-nang-2090"


def confirmed(name: str, day: date, threshold: ThresholdTerms | None = CONFIRMED.threshold) -> CountFinding:
    fields = {"finding_id": named(name), "fact_date": day, "threshold": threshold}
    return CountFinding(CONFIRMED.model_copy(update=fields))


def counted(name: str, day: date) -> ConfirmedFindingCounted:
    return ConfirmedFindingCounted(
        agency_id=AGENCY,
        directive_id=DIRECTIVE,
        finding_id=named(name),
        matter_id=MATTER,
        fact_date=day,
        detected_at=moment("2025-03-31"),
    )


def undo(name: str) -> UndoCount:
    return UndoCount(named(name), AGENCY, DIRECTIVE)


def undone(name: str) -> CountUndone:
    return CountUndone(agency_id=AGENCY, directive_id=DIRECTIVE, finding_id=named(name))


def reached(cause: str, *findings: tuple[str, date]) -> ThresholdReached:
    (event,) = [
        event
        for event in given(RECORD, *(counted(*finding) for finding in findings if finding[0] != cause))
        .when(confirmed(*next(finding for finding in findings if finding[0] == cause)))
        .decided()
        if isinstance(event, ThresholdReached)
    ]
    return event


A, B, C, D = (("a", date(2025, 1, 10)), ("b", date(2025, 2, 10)), ("c", date(2025, 3, 10)), ("d", date(2025, 4, 10)))
REACHED = reached("c", A, B, C)


def test_a_confirmed_finding_counts_once() -> None:
    given(RECORD).when(confirmed(*A)).then(counted(*A)).when(confirmed(*A)).then()


def test_enough_within_the_period_reach_the_threshold() -> None:
    after = given(RECORD, counted(*A), counted(*B)).when(confirmed(*C)).decided()

    assert after == (counted(*C), REACHED)
    assert [found.finding_id for found in REACHED.basis] == [named("a"), named("b"), named("c")]
    assert {found.ground for found in REACHED.basis} == {ReviewGround.THRESHOLD}
    assert (REACHED.threshold, REACHED.period_days, REACHED.terms) == (3, 180, REVIEW_TERMS)


def test_the_period_has_exactly_the_directives_days() -> None:
    """180 days from 10 January: the last is 8 July."""
    history = (counted(*A), counted(*B))

    inside = given(RECORD, *history).when(confirmed("c", date(2025, 7, 8))).decided()
    outside = given(RECORD, *history).when(confirmed("c", date(2025, 7, 9))).decided()

    assert [event.type for event in inside] == [
        REACHED.type.replace("threshold_reached", name)
        for name in (
            "confirmed_finding_counted",
            "threshold_reached",
        )
    ]
    assert outside == (counted("c", date(2025, 7, 9)),)


def test_it_does_not_matter_in_which_order_they_are_confirmed() -> None:
    basis = reached("a", A, B, C).basis

    assert basis == REACHED.basis


def test_a_set_is_reached_once_and_its_findings_serve_no_other() -> None:
    history = (counted(*A), counted(*B), counted(*C), REACHED)

    given(RECORD, *history).when(confirmed(*D)).then(counted(*D))


def test_without_a_threshold_it_only_counts() -> None:
    given(RECORD, counted(*A), counted(*B)).when(confirmed(*C, threshold=None)).then(counted(*C))


def test_a_finding_that_falls_away_no_longer_counts() -> None:
    (given(RECORD, counted(*A), counted(*B)).when(undo("a")).then(undone("a")).when(confirmed(*C)).then(counted(*C)))


def test_what_never_counted_is_not_undone() -> None:
    given(RECORD).when(undo("a")).then()
    given(RECORD, counted(*A), undone("a")).when(undo("a")).then()


def test_a_set_that_no_longer_suffices_is_undone() -> None:
    history = (counted(*A), counted(*B), counted(*C), REACHED)
    lost = ThresholdUndone(
        agency_id=AGENCY,
        directive_id=DIRECTIVE,
        finding_id=named("b"),
        matter_id=REACHED.matter_id,
        basis=REACHED.basis,
    )

    given(RECORD, *history).when(undo("b")).then(undone("b"), lost)


def test_what_is_left_of_an_undone_set_may_be_enough_together_with_others() -> None:
    history = (counted(*A), counted(*B), counted(*C), REACHED, counted(*D))

    decided = given(RECORD, *history).when(undo("b")).decided()

    (again,) = [event for event in decided if isinstance(event, ThresholdReached)]
    assert [found.finding_id for found in again.basis] == [named("a"), named("c"), named("d")]
    assert again.matter_id != REACHED.matter_id


def test_the_items_carry_the_dates_that_the_clocks_need() -> None:
    assert REACHED.basis[0] == item("a", ReviewGround.THRESHOLD, A[1], moment("2025-03-31"))


FACTS = st.dates(date(2025, 1, 1), date(2025, 12, 31))


@for_all(st.lists(st.tuples(st.sampled_from("abcdefgh"), FACTS, st.booleans()), max_size=30))
def test_sets_never_overlap_always_suffice_and_nothing_that_would_suffice_stays_unsaid(
    acts: list[tuple[str, date, bool]],
) -> None:
    """Over any history of counting and undoing, each finding with the fact date it was first counted with."""
    state, dates = Record(), dict[str, date]()
    for name, day, count in acts:
        command = confirmed(name, dates.setdefault(name, day)) if count else undo(name)
        for event in decide(command, state):
            state = evolve(state, event)

        counting = {known.finding_id for known in state.counted}
        used: list[UUID] = [found.finding_id for set_ in state.reached for found in set_.basis]
        assert len(used) == len(set(used))
        assert set(used) <= counting
        for set_ in state.reached:
            facts = [found.fact_date for found in set_.basis]
            assert len(facts) >= 3
            assert max(facts) - min(facts) < timedelta(days=180)
        free = sorted(known.fact_date for known in state.counted if known.finding_id not in used)
        assert all(third - first >= timedelta(days=180) for first, third in zip(free, free[2:], strict=False))
