"""A clock's calculation in words, the same wherever it is shown: in the answer on a case, and printed in a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas.values import DayKind
from services.adapters import law_words
from services.adapters.catalogues import has, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from schemas.discipline.law import ClockCalculation, NamedDay, RowUsed, Suspension
    from services.adapters.catalogues import Language


@dataclass(frozen=True, slots=True)
class InWords:
    """What a clock measures, and how its end was reached, step by step."""

    name: str
    lines: tuple[str, ...]


def in_words(language: Language, clock: ClockCalculation) -> InWords:
    """A calculation so that it can be recomputed by hand: start, rule, what did not count and why, end."""
    return InWords(_name(language, clock), tuple(_lines(language, clock)))


def _name(language: Language, clock: ClockCalculation) -> str:
    named = f"clock-{clock.clock}"
    told = text(language, named) if has(language, named) else text(language, "calculation-term")
    if clock.condition is None or (when := law_words.condition(language, clock.condition)) in told:
        return told
    return f"{told}, {when}"


def _lines(language: Language, clock: ClockCalculation) -> Iterator[str]:
    cause = f"clock-start-{clock.started_by}"
    yield text(
        language,
        "calculation-start",
        {"day": clock.starts_on, "cause": text(language, cause) if has(language, cause) else "none"},
    )
    if clock.start_row is not None:
        yield text(language, "calculation-start-row", {"row": _source(language, clock.start_row)})
    if clock.restarts:
        yield text(language, "calculation-restarts", {"days": _days(language, clock.restarts)})
    yield _length(language, clock)
    if clock.extension is not None:
        longer = clock.extension
        facts = {"days": longer.days, "row": _source(language, longer.row), "before": longer.ended_before}
        yield text(language, "calculation-extended", {**facts, "day_kind": longer.day_kind.value})
    for suspension in clock.suspensions:
        yield _suspension(language, suspension)
    if clock.skipped_days:
        yield text(language, "calculation-skipped", {"days": _named(language, clock.skipped_days)})
    elif clock.skipped:
        yield text(language, "calculation-skipped", {"days": _days(language, clock.skipped)})
    if clock.exchanged_days:
        yield text(language, "calculation-exchanged", {"days": _named(language, clock.exchanged_days)})
    if clock.suspended_since is None:
        yield text(language, "calculation-end", {"end": clock.ends_at})
    else:
        facts = {"end": clock.ends_at, "since": clock.suspended_since, "as_of": clock.as_of}
        yield text(language, "calculation-end-suspended", facts)


def _length(language: Language, clock: ClockCalculation) -> str:
    row = law_words.cited(language, clock.instrument, clock.article)
    if clock.days is not None:
        kind = (clock.day_kind or DayKind.CALENDAR).value
        return text(language, "calculation-days", {"days": clock.days, "day_kind": kind, "row": row})
    return text(language, "calculation-months", {"months": clock.months or 0, "row": row})


def _suspension(language: Language, one: Suspension) -> str:
    named = f"time-not-counted-{one.reason}"
    facts: dict[str, object] = {
        "days": one.days,
        "first": one.first,
        "last": one.last,
        "reason": text(language, named) if has(language, named) else one.reason,
        "row": "" if one.row is None else _source(language, one.row),
        "bounds": "open" if one.last is None else "closed",
    }
    return text(language, "calculation-counted-all-the-same" if one.row is None else "calculation-suspended", facts)


def _named(language: Language, days: Sequence[NamedDay]) -> str:
    told = []
    for one in days:
        why = text(language, f"day-reason-{one.reason}") if one.name is None else getattr(one.name, language)
        told.append(f"{_days(language, [one.day])} ({why})")
    return "; ".join(told)


def _days(language: Language, days: Sequence[object]) -> str:
    return ", ".join(text(language, "calculation-day", {"day": day}) for day in days)


def _source(language: Language, row: RowUsed) -> str:
    return law_words.cited(language, row.instrument, row.article)
