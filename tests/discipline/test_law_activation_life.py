"""Rows activated, withdrawn and activated again in any order: what is applied is what the last word says, and when."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from discipline.days import local_day
from discipline.law.activation.commands import ActivateRow, Command, WithdrawRow
from discipline.law.activation.decide import decide
from discipline.law.activation.evolve import evolve
from discipline.law.activation.refusals import (
    LawRowActivatedBefore,
    LawRowNotActivated,
    LawRowShipsActive,
    LawRowUnknown,
    LawRowUnsound,
    LawValueStatedTwice,
    LawWordNotObeyed,
)
from discipline.law.activation.state import INITIAL
from discipline.law.activation.table import applied_at
from discipline.law.rows import Confidence, LawRow, faults
from discipline.limitation import Ended, Violation, limitation
from schemas.discipline.law_rows import AnyLawRowEvent, LawRowActivated, LawRowWithdrawn, RowStated
from schemas.values import DayKind, SubjectKind
from tests.discipline import samples as s
from tests.discipline.law_rows import SHIPPED, row_of

INACTIVE = tuple(row for row in SHIPPED.rows if not row.active)
REPRIMAND = row_of("decree-172-2025-limitation-reprimand")
"""It ships inactive with a likely value."""
PLACES = {row.row_id: place for place, row in enumerate(SHIPPED.rows)}
WORDS = sorted({word for row in SHIPPED.rows for word in row.codes} | {"no-such-word"})
DAYS = st.none() | st.dates(s.moment("2020-01-01").date(), s.moment("2030-01-01").date())
row_ids = st.one_of(
    st.just(REPRIMAND.row_id),
    st.sampled_from([row.row_id for row in INACTIVE]),
    st.sampled_from([*(row.row_id for row in SHIPPED.rows), "no-such-row"]),
)
stated = st.builds(
    RowStated,
    number=st.none() | st.integers(1, 15),  # as years, the calendar reaches so far
    words=st.none() | st.lists(st.sampled_from(WORDS), max_size=2).map(tuple),
    day_kind=st.none() | st.sampled_from(DayKind),
    rolls=st.none() | st.booleans(),
    article=st.none() | st.just("27"),
    effective_from=DAYS,
    effective_to=DAYS,
)
people = st.integers(1, 3).map(lambda number: s.named(f"administrator {number}"))
ALLOWED = (
    LawRowActivatedBefore,
    LawRowNotActivated,
    LawRowShipsActive,
    LawRowUnknown,
    LawRowUnsound,
    LawValueStatedTwice,
    LawWordNotObeyed,
)


class Activation(RuleBasedStateMachine):
    """Several administrators with all rows of the table, and somebody who keeps a list of his own."""

    @initialize()
    def begins(self) -> None:
        self.state = INITIAL
        self.now = datetime(2026, 3, 2, 1, tzinfo=UTC)
        self.held: dict[str, RowStated] = {}
        """What holds now, by the list."""
        self.told: list[tuple[datetime, dict[str, RowStated]]] = [(datetime(2020, 1, 1, tzinfo=UTC), {})]
        """What held from each moment on."""
        self.fixed: list[tuple[datetime, object]] = []
        """Calculations of cases, and when each was made."""

    @rule(seconds=st.integers(0, 3600 * 24 * 40))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(row_id=row_ids, told=stated | st.just(RowStated()), by=people)
    def activates(self, row_id: str, told: RowStated, by: Any) -> None:
        reasons = s.document("reasons")
        self.does(ActivateRow(row_id, SHIPPED, told, "Công báo", reasons, self.now, by, s.CALENDAR))

    @rule(row_id=row_ids, by=people)
    def withdraws(self, row_id: str, by: Any) -> None:
        self.does(WithdrawRow(row_id, s.document("reasons"), self.now, by))

    @rule()
    def takes_a_step(self) -> None:
        """Nobody changes a row in the very same moment."""
        self.fixed.append((self.now, self.calculation(self.now)))
        self.now += timedelta(seconds=1)

    def calculation(self, at: datetime) -> object:
        """Limitation of a fact of August 2025, as a step of that moment would compute it."""
        law = applied_at(SHIPPED, self.state, at)
        violation = Violation(Ended(s.moment("2025-08-01").date()))
        return limitation(law, SubjectKind.CIVIL_SERVANT, violation, local_day(at), s.CALENDAR)

    def does(self, command: Command) -> None:
        before = dict(self.held)
        try:
            (event,) = decide(command, self.state)
        except ALLOWED:
            assert not isinstance(command, WithdrawRow) or command.row_id not in before
            return
        self.state = evolve(self.state, event)
        self.happened(event, before)
        if self.told[-1][0] == self.now:
            self.told.pop()
        self.told.append((self.now, dict(self.held)))

    def happened(self, event: AnyLawRowEvent, before: dict[str, RowStated]) -> None:
        match event:
            case LawRowActivated():
                assert event.row_id not in before
                assert event.stated.number is None or event.stated.words is None
                assert not row_of(event.row_id).active
                self.held[event.row_id] = event.stated
            case LawRowWithdrawn():
                del self.held[event.row_id]

    # -- what must hold at every moment --

    @invariant()
    def a_row_is_applied_if_its_last_word_says_so_and_no_other_row_is_touched(self) -> None:
        table = applied_at(SHIPPED, self.state, self.now)
        assert [row.row_id for row in table.rows] == [row.row_id for row in SHIPPED.rows]
        for row, shipped in zip(table.rows, SHIPPED.rows, strict=True):
            if row.row_id in self.held:
                says_what_was_stated(row, shipped, self.held[row.row_id])
            else:
                assert row == shipped

    @invariant()
    def what_is_applied_is_whole(self) -> None:
        table = applied_at(SHIPPED, self.state, self.now)
        rows = [table.rows[PLACES[row_id]] for row_id in self.held]
        assert list(faults([row.model_copy(update={"confidence": Confidence.SECONDARY}) for row in rows])) == []

    @invariant()
    def the_past_stays_as_it_was(self) -> None:
        """A case is computed by the table as it stood at its step, whatever was done with rows since."""
        for moment, held in self.told:
            made = self.state.at(moment)
            assert {row_id: one.stated for row_id, one in made.items()} == held
        for moment, calculation in self.fixed[-3:]:
            assert self.calculation(moment) == calculation

    @invariant()
    def each_activation_says_whence_and_why(self) -> None:
        for one in self.state.made:
            assert one.source == "Công báo"
            assert one.reasons == s.document("reasons")
            assert one.withdrawn is None or one.since <= one.withdrawn.at <= self.now


def says_what_was_stated(row: LawRow, shipped: LawRow, told: RowStated) -> None:
    """What he read stands in it; whatever he did not state is as the table has it."""
    assert row.active
    for column in ("day_kind", "rolls", "article", "effective_from", "effective_to"):
        read = getattr(told, column)
        assert getattr(row, column) == (getattr(shipped, column) if read is None else read)
    if told.number is not None:
        assert row.value == told.number
    elif told.words is not None:
        assert row.codes == told.words
    else:
        assert row.value == shipped.value
    kept = set(LawRow.model_fields) - {"value", "active", *RowStated.model_fields}
    assert all(getattr(row, column) == getattr(shipped, column) for column in kept)


Activation.TestCase.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)
test_any_order_of_activations = Activation.TestCase
