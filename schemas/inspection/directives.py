"""Events of a directive's life, and the pack of duties and rules that adopting it puts in force."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from schemas.base import Contract, Day, Days, Event, Number, Percent, Sha256, Slug, Text, Times
from schemas.inspection.organisation import AgencyKind
from schemas.values import Answerable, Ladder, Name, StallTerms, Term

OWNER_PATTERN = rf"^(addressees|{'|'.join(AgencyKind)}|agency:[a-z0-9]+(-[a-z0-9]+)*)$"
Owner = Annotated[str, StringConstraints(pattern=OWNER_PATTERN, max_length=90)]
"""Who owns a row: each agency of a kind, each addressee of the directive, or one agency by its id (`agency:<id>`)."""


class Origin(StrEnum):
    """Where a row's content comes from."""

    TEXT = "text"
    """The directive's own words give it."""
    DEFAULT = "default"
    """The text gives no number: the suite's default, said so."""


class ViolationType(Contract):
    """A kind of violation that the directive's text describes."""

    violation_type: Annotated[Slug, Field(description="Its id, unique in the pack.")]
    name: Annotated[Name, Field(description="What it is called.")]
    provision: Annotated[Text, Field(description="The provision it comes from.")]
    remediation: Annotated[Term, Field(description="Time to mend it.")]
    remediation_origin: Annotated[Origin, Field(description="Whether the text gives that number.")]
    demands_review: Annotated[bool, Field(description="A confirmed finding demands a review.")]
    answerable: Annotated[
        tuple[Answerable, ...], Field(max_length=4, description="Who answers for it; whose review is demanded.")
    ]


class Frequency(StrEnum):
    """How often a duty or report comes round."""

    ONCE = "once"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    CONTINUOUS = "continuous"
    AD_HOC = "ad_hoc"
    """Each time its occasion arises."""


class DutyRow(Contract):
    """A duty that the directive gives: one primary owner, a result, a date where the text has one."""

    duty_id: Annotated[Slug, Field(description="Its id, unique in the pack.")]
    name: Annotated[Name, Field(description="What is to be done, paraphrased.")]
    provision: Annotated[Text, Field(description="The provision it comes from.")]
    owner: Annotated[Owner, Field(description="Who owns it.")]
    owner_origin: Annotated[Origin, Field(description="Whether the text names the owner.")]
    frequency: Annotated[Frequency, Field(description="How often.")]
    frequency_origin: Annotated[Origin, Field(description="Whether the text gives the frequency.")]
    due: Annotated[Day | None, Field(description="The day by which, where the text gives one.")]
    target_percent: Annotated[Percent | None, Field(description="The share to reach by then, per cent.")]


class ReportRow(Contract):
    """A report that is due under the directive."""

    report_id: Annotated[Slug, Field(description="Its id, unique in the pack.")]
    name: Annotated[Name, Field(description="What it reports.")]
    provision: Annotated[Text, Field(description="The provision it comes from.")]
    owner: Annotated[Owner, Field(description="Who owes it.")]
    recipient: Annotated[Owner, Field(description="Who receives it.")]
    frequency: Annotated[Frequency, Field(description="How often.")]
    origin: Annotated[Origin, Field(description="Whether the text gives the frequency.")]


class IndicatorRow(Contract):
    """What the directive has measured."""

    indicator_id: Annotated[Slug, Field(description="Its id, unique in the pack.")]
    name: Annotated[Name, Field(description="What it measures.")]
    provision: Annotated[Text, Field(description="The provision it comes from.")]
    owner: Annotated[Owner, Field(description="Who answers for it.")]
    owner_origin: Annotated[Origin, Field(description="Whether the text names the owner.")]
    frequency: Annotated[Frequency, Field(description="How often it is measured.")]
    origin: Annotated[Origin, Field(description="Whether the text gives the frequency.")]


class ConsultationRules(Contract):
    """What the directive says about asking other agencies for their opinion (lấy ý kiến)."""

    only_concerned: Annotated[bool, Field(description="Only agencies directly concerned may be asked.")]
    clear_position: Annotated[bool, Field(description="An answer must take a clear position.")]
    reconcile_first: Annotated[bool, Field(description="The lead reconciles opinions before submitting.")]
    deemed_consent: Annotated[bool, Field(description="No answer by the due moment is consent.")]
    answers_personally: Annotated[
        bool, Field(description="Who let it lapse answers for what he is taken to consent to.")
    ]
    answer: Annotated[Term, Field(description="Time to answer, where the request names none.")]
    answer_origin: Annotated[Origin, Field(description="Whether the text gives that number.")]
    provision: Annotated[Text, Field(description="The provision it comes from.")]


class ReviewRules(Contract):
    """When this directive demands a review beyond single violation types."""

    on_last_step: Annotated[bool, Field(description="The ladder's last step passed demands one.")]
    threshold: Annotated[Number | None, Field(description="Confirmed findings of an agency in the period.")]
    period_days: Annotated[Days | None, Field(ge=1, description="The period in calendar days.")]
    provision: Annotated[Text, Field(description="The provision it comes from.")]
    origin: Annotated[Origin, Field(description="Whether the text gives the numbers.")]


class Pack(Contract):
    """A directive as data: what it demands, of whom, by when, and what follows if not."""

    directive_id: Annotated[Slug, Field(description="The directive.")]
    version: Annotated[Number, Field(description="Version of the pack.")]
    number: Annotated[Text | None, Field(description="Number and symbol as issued, where the text tells it.")]
    name: Annotated[Name, Field(description="What it is about.")]
    issuer: Annotated[Name, Field(description="Who issued it.")]
    issued_on: Annotated[Day | None, Field(description="Day of issue, where the text tells it.")]
    source: Annotated[Text, Field(description="The published text that it was read from.")]
    addressees: Annotated[
        tuple[AgencyKind, ...], Field(min_length=1, max_length=10, description="The kinds of agency that it addresses.")
    ]
    contest: Annotated[Term, Field(description="Window to contest a finding.")]
    contest_origin: Annotated[Origin, Field(description="Whether the text gives that number.")]
    max_extensions: Annotated[Times, Field(description="How often a due day may be extended.")]
    extensions_origin: Annotated[Origin, Field(description="Whether the text gives that number.")]
    max_hand_overs: Annotated[Times, Field(description="Hand-overs past this number are shirking.")]
    hand_overs_origin: Annotated[Origin, Field(description="Whether the text gives that number.")]
    ladder: Annotated[Ladder, Field(description="Who hears of a stalled follow-up.")]
    ladder_origin: Annotated[Origin, Field(description="Whether the text gives the ladder.")]
    stall: Annotated[StallTerms, Field(description="When each rule calls it stalled.")]
    stall_origin: Annotated[Origin, Field(description="Whether the text gives those numbers.")]
    review: Annotated[ReviewRules, Field(description="When a review is demanded.")]
    consultation: Annotated[ConsultationRules | None, Field(description="Rules on opinions, where the text has any.")]
    shirking_type: Annotated[Slug | None, Field(description="The type drafted when hand-overs pass the limit.")]
    violation_types: Annotated[tuple[ViolationType, ...], Field(min_length=1, description="What is found.")]
    duties: Annotated[tuple[DutyRow, ...], Field(description="Duties with owners and dates.")]
    reports: Annotated[tuple[ReportRow, ...], Field(description="Reports due.")]
    indicators: Annotated[tuple[IndicatorRow, ...], Field(description="What is measured.")]


class DirectiveEvent(Event):
    """Something that happened to a directive."""

    topic: ClassVar[str] = "inspection.restricted"
    directive_id: Annotated[Slug, Field(description="The directive.")]


class DirectiveAdopted(DirectiveEvent):
    """The authority adopted it: the pack is in force from a day on."""

    type: Literal["inspection.directive_adopted.v1"] = "inspection.directive_adopted.v1"
    authority_id: Annotated[Slug, Field(description="The authority.")]
    effective_from: Annotated[Day, Field(description="First day in force.")]
    pack: Annotated[Pack, Field(description="Its whole content.")]
    pack_sha256: Annotated[Sha256, Field(description="SHA-256 of the pack's canonical JSON.")]


class DirectiveAmended(DirectiveEvent):
    """A new version of the pack is in force from a day on; older facts keep theirs."""

    type: Literal["inspection.directive_amended.v1"] = "inspection.directive_amended.v1"
    effective_from: Annotated[Day, Field(description="First day in force.")]
    pack: Annotated[Pack, Field(description="Its whole content.")]
    pack_sha256: Annotated[Sha256, Field(description="SHA-256 of the pack's canonical JSON.")]


class DirectiveRepealed(DirectiveEvent):
    """It is no longer in force from a day on."""

    type: Literal["inspection.directive_repealed.v1"] = "inspection.directive_repealed.v1"
    effective_to: Annotated[Day, Field(description="First day on which it no longer holds.")]


AnyDirectiveEvent = DirectiveAdopted | DirectiveAmended | DirectiveRepealed
