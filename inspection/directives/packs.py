"""From a pack's text to the pack, or to everything that is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from inspection.directives.marked_yaml import parse
from inspection.directives.meaning import meaning_problems
from inspection.directives.problems import PackError, PackProblem
from inspection.directives.reading import shape_problems
from inspection.directives.source import (
    ConsultationSource,
    DefaultReview,
    Defaults,
    DutySource,
    FrequencySource,
    IndicatorSource,
    PackSource,
    ReportSource,
    TakesDefault,
    TakesPace,
    TermSource,
    ViolationSource,
)
from schemas.inspection.directives import (
    ConsultationRules,
    DutyRow,
    Frequency,
    IndicatorRow,
    Origin,
    Pack,
    ReportRow,
    ReviewRules,
    ViolationType,
)
from schemas.values import Ladder, StallTerms, Term

if TYPE_CHECKING:
    from inspection.directives.marked_yaml import Document

M = TypeVar("M", bound=BaseModel)


def load_defaults(text: str, *, file: str) -> Defaults:
    """Return the defaults that a text holds.

    Raises:
        PackError: naming everything that is wrong, with line and mend.
    """
    return _read(parse(text, file), Defaults)


def load(text: str, *, file: str, defaults: Defaults) -> Pack:
    """Return the pack that a text holds, the defaults filled in where the directive gives no number.

    Raises:
        PackError: naming everything that is wrong, with line and mend.
    """
    return _Builder(defaults).pack(_read(parse(text, file), PackSource))


def _read(document: Document, model: type[M]) -> M:
    problems: list[PackProblem] = []
    source = None
    try:
        source = model.model_validate(document.data)
    except ValidationError as error:
        problems += shape_problems(document, error, model)
    known = {(problem.line, problem.where) for problem in problems}
    problems += [found for found in meaning_problems(document) if (found.line, found.where) not in known]
    if source is None or problems:
        raise PackError(problems)
    return source


class _Builder:
    """Puts the defaults where the text is silent, and says so in every row."""

    def __init__(self, defaults: Defaults) -> None:
        self._defaults = defaults

    def pack(self, source: PackSource) -> Pack:
        contest, contest_origin = self._term(source.contest, self._defaults.contest)
        extensions, hand_overs = source.max_extensions, source.max_hand_overs
        default = self._defaults
        return Pack(
            directive_id=source.directive_id,
            version=source.version,
            number=source.number,
            name=source.name,
            issuer=source.issuer,
            issued_on=source.issued_on,
            source=source.source,
            addressees=source.addressees,
            contest=contest,
            contest_origin=contest_origin,
            max_extensions=default.max_extensions if isinstance(extensions, TakesDefault) else extensions.times,
            extensions_origin=Origin(extensions.origin),
            max_hand_overs=default.max_hand_overs if isinstance(hand_overs, TakesDefault) else hand_overs.times,
            hand_overs_origin=Origin(hand_overs.origin),
            ladder=default.ladder if isinstance(source.ladder, TakesDefault) else Ladder(steps=source.ladder.steps),
            ladder_origin=Origin(source.ladder.origin),
            stall=self._stall(source),
            stall_origin=Origin(source.stall.origin),
            review=self._review(source),
            consultation=self._consultation(source.consultation),
            shirking_type=source.shirking_type,
            violation_types=tuple(map(self._violation, source.violation_types)),
            duties=tuple(map(self._duty, source.duties)),
            reports=tuple(map(self._report, source.reports)),
            indicators=tuple(map(self._indicator, source.indicators)),
        )

    def _term(self, source: TermSource, default: Term) -> tuple[Term, Origin]:
        if isinstance(source, TakesDefault):
            return default, Origin.DEFAULT
        return Term(days=source.days, day_kind=source.day_kind), Origin.TEXT

    def _frequency(self, source: FrequencySource) -> tuple[Frequency, Origin]:
        if isinstance(source, TakesDefault):
            return self._defaults.frequency, Origin.DEFAULT
        return source.every, Origin.TEXT

    def _stall(self, source: PackSource) -> StallTerms:
        if isinstance(source.stall, TakesDefault):
            return self._defaults.stall
        return StallTerms.model_validate(source.stall.model_dump(exclude={"origin"}))

    def _review(self, source: PackSource) -> ReviewRules:
        numbers = self._defaults.review if isinstance(source.review, DefaultReview) else source.review
        return ReviewRules(
            on_last_step=numbers.on_last_step,
            threshold=numbers.threshold,
            period_days=numbers.period_days,
            provision=source.review.provision,
            origin=Origin(source.review.origin),
        )

    def _consultation(self, source: ConsultationSource | None) -> ConsultationRules | None:
        if source is None:
            return None
        answer, origin = self._term(source.answer, self._defaults.consultation)
        return ConsultationRules(**source.model_dump(exclude={"answer"}), answer=answer, answer_origin=origin)

    def _violation(self, source: ViolationSource) -> ViolationType:
        given = source.remediation
        if isinstance(given, TakesPace):
            remediation, origin = getattr(self._defaults.remediation, given.pace), Origin.DEFAULT
        else:
            remediation, origin = self._term(given, given)
        return ViolationType(
            violation_type=source.violation_type,
            name=source.name,
            provision=source.provision,
            remediation=remediation,
            remediation_origin=origin,
            demands_review=source.demands_review,
            answerable=source.answerable,
        )

    def _duty(self, source: DutySource) -> DutyRow:
        frequency, origin = self._frequency(source.frequency)
        return DutyRow(**source.model_dump(exclude={"frequency"}), frequency=frequency, frequency_origin=origin)

    def _report(self, source: ReportSource) -> ReportRow:
        frequency, origin = self._frequency(source.frequency)
        return ReportRow(**source.model_dump(exclude={"frequency"}), frequency=frequency, origin=origin)

    def _indicator(self, source: IndicatorSource) -> IndicatorRow:
        frequency, origin = self._frequency(source.frequency)
        return IndicatorRow(**source.model_dump(exclude={"frequency"}), frequency=frequency, origin=origin)
