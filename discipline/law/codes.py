"""Words of rows that the suite acts on.

A row that says something else where one of these is due would not be obeyed, so the table refuses it. Which forms
there are, and how long anything takes, stands in rows alone.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from discipline.law.rows import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from discipline.law.rows import LawRow


class SeveralViolations(StrEnum):
    """Which form answers several violations."""

    ONE_ABOVE_HEAVIEST = "one-level-above-heaviest"
    HIGHEST = "highest-form"


class NewOffence(StrEnum):
    """Which form answers an offence while a sanction runs."""

    ONE_ABOVE_IN_FORCE = "one-level-above-form-in-force"
    ONE_ABOVE_OWN = "one-level-above-own-form"


class NewOffenceIs(StrEnum):
    """How the new offence's own form compares with the form in force: conditions of rows."""

    EQUAL_OR_LIGHTER = "equal-or-lighter"
    HEAVIER = "heavier"


class Transferred(StrEnum):
    """Who handles an official who was transferred, and by which post."""

    BY_PRESENT_POST = "new-agency-by-present-post"


class Leavers(StrEnum):
    """What holds for those who have left; any other word is a form that they may be given besides."""

    IN_SCOPE = "in-scope"


class Transition(StrEnum):
    """Which regime of substance holds where fact and step fall into different ones."""

    BY_FACT = "by-date-of-fact"
    BY_STEP = "by-date-of-step"


class DecidedBy(StrEnum):
    """Who imposes a form, where that is not the competent authority."""

    ELECTING_BODY = "electing-body"


class NotCounted(StrEnum):
    """Time that a row leaves out of a clock, where something of the kind happens."""

    CRIMINAL_PROCEEDINGS = "criminal-proceedings"
    COMPLAINT = "complaint"
    LITIGATION = "litigation"
    DEFERRAL = "deferral"


class ComplaintEffect(StrEnum):
    """Whether a decision that is complained against has effect meanwhile."""

    SUSPENDS = "suspends"
    DOES_NOT_SUSPEND = "does-not-suspend"


class ComplaintAnswer(StrEnum):
    """What an answer to a complaint may not do."""

    NOT_HEAVIER = "not-heavier"


class AfterSanction(StrEnum):
    """What a row's number of months keeps a sanctioned official from."""

    NO_PROMOTION = "no-promotion"


class HeadFound(StrEnum):
    """What becomes of a head who found, stopped and reported it himself."""

    EXCLUDED = "responsibility-excluded"


class HeadAbsent(StrEnum):
    """Who answers while the head is away."""

    ACTING_ANSWERS = "acting-head-answers"


OBEYED: Mapping[Rule, frozenset[str]] = {
    Rule.SEVERAL_VIOLATIONS: frozenset(SeveralViolations),
    Rule.NEW_OFFENCE: frozenset(NewOffence),
    Rule.TRANSFERRED_OFFICIAL: frozenset(Transferred),
    Rule.TRANSITION: frozenset(Transition),
    Rule.FORM_DECIDED_BY: frozenset(DecidedBy),
    Rule.TIME_NOT_COUNTED: frozenset(NotCounted),
    Rule.COMPLAINT_EFFECT: frozenset(ComplaintEffect),
    Rule.COMPLAINT_ANSWER: frozenset(ComplaintAnswer),
    Rule.HEAD_FOUND_AND_REPORTED: frozenset(HeadFound),
    Rule.HEAD_ABSENT: frozenset(HeadAbsent),
}
"""By rule, the words that the suite can act on."""


SHOWN = frozenset(
    {
        # How every term is counted: the calendar does so whatever the rows say.
        Rule.TRIGGERING_DAY,
        Rule.LAST_DAY_OFF,
        # What the rows of forms say themselves, by the kind of subject.
        Rule.SCOPE,
        # What people follow.
        Rule.HEADS_ANSWER,
        Rule.PROTECTION_PROCEDURE,
        Rule.BOARD_COMPOSITION,
        Rule.DECISION_PUBLICATION,
        Rule.APOLOGY,
        Rule.CONCLUSION,
        Rule.HEADS_OPINION,
        Rule.IMPLEMENTING_DIRECTIVE,
        Rule.CONCLUSION_PUBLICATION,
        Rule.TEAM_BAR,
        Rule.CONCLUSION_FOLLOW_UP,
        Rule.RATING,
        Rule.RATING_CAP,
        Rule.DELAY_DEDUCTION,
        Rule.RANKED_BY,
    }
)
"""Rules of which the suite shows the rows and follows none: whoever activates one changes nothing that it does."""
SHOWN_OF_STEPS = frozenset({"opening", "board", "decision", "acceptance"})
"""The same of steps, whose rows name them as their condition."""
_STEPS = frozenset({Rule.REVIEW_STEP_DAYS, Rule.COMPLAINT_RESOLUTION})


def followed(row: LawRow) -> bool:
    """Whether anything that the suite does changes with the row."""
    return row.rule not in SHOWN and not (row.rule in _STEPS and row.condition in SHOWN_OF_STEPS)


def disobeyed(row: LawRow) -> Iterator[str]:
    """The row's words that the suite cannot act on: it would take the row for one that says nothing."""
    obeyed = OBEYED.get(row.rule)
    if obeyed is not None:
        yield from (code for code in row.codes if code not in obeyed)
