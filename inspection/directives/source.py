"""A pack as its author writes it: every number says whether the text gives it or the suite's default is taken."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from schemas.base import Contract, Day, Days, Number, Percent, Slug, Text, Times
from schemas.inspection.directives import Frequency, Origin, Owner
from schemas.inspection.organisation import AgencyKind
from schemas.values import Answerable, Ladder, Name, StallTerms, Term


class Pace(StrEnum):
    """How quickly a kind of violation can be mended, where the text gives no number."""

    PROMPT = "prompt"
    """By conduct alone: from the next working days on."""
    ORDINARY = "ordinary"
    """By work on single files."""
    STRUCTURAL = "structural"
    """By changing rules, plans or systems."""


class ReviewNumbers(Contract):
    """When reviews are demanded beyond single violation types."""

    on_last_step: Annotated[bool, Field(description="The ladder's last step passed demands one.")]
    threshold: Annotated[Number | None, Field(description="Confirmed findings of an agency in the period.")]
    period_days: Annotated[Days | None, Field(ge=1, description="The period in calendar days.")]


class Paces(Contract):
    """Time to mend a violation, by pace."""

    prompt: Annotated[Term, Field(description="Where conduct alone has to change.")]
    ordinary: Annotated[Term, Field(description="Where single files have to be worked on.")]
    structural: Annotated[Term, Field(description="Where rules, plans or systems have to change.")]


class Defaults(Contract):
    """What holds where a directive's text gives no number."""

    contest: Annotated[Term, Field(description="Window to contest a finding.")]
    remediation: Annotated[Paces, Field(description="Time to mend a violation.")]
    max_extensions: Annotated[Times, Field(description="How often a due day may be extended.")]
    max_hand_overs: Annotated[Times, Field(description="Hand-overs past this number are shirking.")]
    ladder: Annotated[Ladder, Field(description="Who hears of a stalled follow-up.")]
    stall: Annotated[StallTerms, Field(description="When each rule calls a follow-up stalled.")]
    review: Annotated[ReviewNumbers, Field(description="When reviews are demanded.")]
    consultation: Annotated[Term, Field(description="Time to answer where an opinion is asked for.")]
    frequency: Annotated[Frequency, Field(description="How often a duty is looked at, a report made.")]


class TakesDefault(Contract):
    """The text gives no number: the suite's default holds."""

    origin: Annotated[Literal["default"], Field(description="The number is the default's.")]


class TakesPace(TakesDefault):
    """The text gives no number: the default of a pace holds."""

    pace: Annotated[Pace, Field(description="How quickly it can be mended.")]


class GivenTerm(Term):
    """The text gives the days."""

    origin: Annotated[Literal["text"], Field(description="The number is the text's.")]


class GivenTimes(Contract):
    """The text gives how often."""

    origin: Annotated[Literal["text"], Field(description="The number is the text's.")]
    times: Annotated[Times, Field(description="How often.")]


class GivenLadder(Ladder):
    """The text says who hears of a stall."""

    origin: Annotated[Literal["text"], Field(description="The ladder is the text's.")]


class GivenStall(StallTerms):
    """The text says when work has stalled."""

    origin: Annotated[Literal["text"], Field(description="The numbers are the text's.")]


class GivenFrequency(Contract):
    """The text says how often."""

    origin: Annotated[Literal["text"], Field(description="The frequency is the text's.")]
    every: Annotated[Frequency, Field(description="How often.")]


class DefaultReview(TakesDefault):
    """The text demands reviews without numbers."""

    provision: Annotated[Text, Field(description="The provision that speaks of responsibility.")]


class GivenReview(ReviewNumbers):
    """The text says when reviews are demanded."""

    origin: Annotated[Literal["text"], Field(description="The numbers are the text's.")]
    provision: Annotated[Text, Field(description="The provision it comes from.")]


ByOrigin = Field(discriminator="origin")
TermSource = Annotated[TakesDefault | GivenTerm, ByOrigin]
TimesSource = Annotated[TakesDefault | GivenTimes, ByOrigin]
FrequencySource = Annotated[TakesDefault | GivenFrequency, ByOrigin]


class ViolationSource(Contract):
    """A kind of violation that the text describes."""

    violation_type: Annotated[Slug, Field(description="Its id, unique in the pack.")]
    name: Annotated[Name, Field(description="What it is called.")]
    provision: Annotated[Text, Field(description="The provision it comes from.")]
    remediation: Annotated[TakesPace | GivenTerm, Field(discriminator="origin", description="Time to mend it.")]
    demands_review: Annotated[bool, Field(description="A confirmed finding demands a review.")] = False
    answerable: Annotated[tuple[Answerable, ...], Field(max_length=4, description="Who answers for it.")] = ()


class DutySource(Contract):
    """A duty that the text gives."""

    duty_id: Annotated[Slug, Field(description="Its id, unique in the pack.")]
    name: Annotated[Name, Field(description="What is to be done, paraphrased.")]
    provision: Annotated[Text, Field(description="The provision it comes from.")]
    owner: Annotated[Owner, Field(description="Who owns it.")]
    owner_origin: Annotated[Origin, Field(description="Whether the text names the owner.")] = Origin.TEXT
    frequency: FrequencySource
    due: Annotated[Day | None, Field(description="The last day, where the text gives one.")] = None
    target_percent: Annotated[Percent | None, Field(description="The share to reach, per cent.")] = None


class ReportSource(Contract):
    """A report that is due."""

    report_id: Annotated[Slug, Field(description="Its id, unique in the pack.")]
    name: Annotated[Name, Field(description="What it reports.")]
    provision: Annotated[Text, Field(description="The provision it comes from.")]
    owner: Annotated[Owner, Field(description="Who owes it.")]
    recipient: Annotated[Owner, Field(description="Who receives it.")]
    frequency: FrequencySource


class IndicatorSource(Contract):
    """What the text has measured."""

    indicator_id: Annotated[Slug, Field(description="Its id, unique in the pack.")]
    name: Annotated[Name, Field(description="What it measures.")]
    provision: Annotated[Text, Field(description="The provision it comes from.")]
    owner: Annotated[Owner, Field(description="Who answers for it.")]
    owner_origin: Annotated[Origin, Field(description="Whether the text names the owner.")] = Origin.TEXT
    frequency: FrequencySource


class ConsultationSource(Contract):
    """What the text says about asking other agencies for their opinion."""

    provision: Annotated[Text, Field(description="The provision it comes from.")]
    only_concerned: Annotated[bool, Field(description="Only agencies directly concerned may be asked.")]
    clear_position: Annotated[bool, Field(description="An answer must take a clear position.")]
    reconcile_first: Annotated[bool, Field(description="The lead reconciles opinions before submitting.")]
    deemed_consent: Annotated[bool, Field(description="No answer by the due moment is consent.")]
    answers_personally: Annotated[bool, Field(description="Who let it lapse answers for it personally.")]
    answer: TermSource


class PackSource(Contract):
    """A directive as data, as its author writes it."""

    directive_id: Annotated[Slug, Field(description="The directive.")]
    version: Annotated[Number, Field(description="Version of the pack.")]
    number: Annotated[Text | None, Field(description="Number and symbol as issued; null where the text is silent.")]
    name: Annotated[Name, Field(description="What it is about.")]
    issuer: Annotated[Name, Field(description="Who issued it.")]
    issued_on: Annotated[Day | None, Field(description="Day of issue; null where the text is silent.")]
    source: Annotated[Text, Field(description="The published text that it was read from.")]
    addressees: Annotated[
        tuple[AgencyKind, ...], Field(min_length=1, max_length=10, description="The kinds of agency it addresses.")
    ]
    contest: TermSource
    max_extensions: TimesSource
    max_hand_overs: TimesSource
    ladder: Annotated[TakesDefault | GivenLadder, ByOrigin]
    stall: Annotated[TakesDefault | GivenStall, ByOrigin]
    review: Annotated[DefaultReview | GivenReview, ByOrigin]
    consultation: Annotated[ConsultationSource | None, Field(description="Null where the text has no rules on it.")]
    shirking_type: Annotated[Slug | None, Field(description="The type drafted when hand-overs pass the limit.")]
    violation_types: Annotated[tuple[ViolationSource, ...], Field(min_length=1, description="What is found.")]
    duties: Annotated[tuple[DutySource, ...], Field(description="Duties with owners and dates.")]
    reports: Annotated[tuple[ReportSource, ...], Field(description="Reports due.")]
    indicators: Annotated[tuple[IndicatorSource, ...], Field(description="What is measured.")]
