"""The findings of a directive's story, as its file tells them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import Field, model_validator

from schemas.base import Contract, Slug, Text
from schemas.inspection.findings import FindingSource

FOLDER = Path(__file__).parent


class Then(StrEnum):
    """What happens to a finding after it was submitted, in this order."""

    CONTESTED = "contested"
    WITHDRAWN = "withdrawn"
    DUPLICATE = "duplicate"
    DISMISSED = "dismissed"
    CONFIRMED = "confirmed"
    MOVES = "moves"
    """Its follow-up goes all the way on time."""
    STALLS = "stalls"
    """Its follow-up stops at `stalls_at`, until the ladder's last step."""


class StallsAt(StrEnum):
    """What the owner, or whoever has to answer, leaves undone."""

    ACKNOWLEDGE = "acknowledge"
    PLAN = "plan"
    PROGRESS = "progress"
    OVERDUE = "overdue"
    """Everything on time, but completion is never claimed."""
    VERIFICATION = "verification"


ENDS = ((Then.WITHDRAWN,), (Then.DUPLICATE,), (Then.CONTESTED, Then.DISMISSED))
"""After these there is nothing to follow up."""


class Finding(Contract):
    """A finding of a story."""

    id: Annotated[Slug, Field(description="Its name in the story.")]
    agency_id: Annotated[Slug, Field(description="Where it was found.")]
    violation_type: Annotated[Slug, Field(description="Of the directive's pack.")]
    fact_date: Annotated[date, Field(description="The day of the fact.")]
    submitted_on: Annotated[date, Field(description="The working day on which the inspector submits it.")]
    source: Annotated[FindingSource, Field(description="How it came to light.")]
    inspector: Annotated[Slug, Field(description="The inspector's post.")]
    officials: Annotated[tuple[Slug, ...], Field(description="The posts of those whom it concerns.")]
    matter: Annotated[Slug | None, Field(description="Groups findings of one matter.")] = None
    narrative: Annotated[Text, Field(description="What was seen, in Vietnamese.")]
    evidence: Annotated[tuple[Text, ...], Field(min_length=1, description="What proves it.")]
    then: Annotated[tuple[Then, ...], Field(min_length=1, description="What happens next.")]
    stalls_at: Annotated[StallsAt | None, Field(description="Where its follow-up stalls, if it does.")] = None
    original: Annotated[Slug | None, Field(description="For a duplicate, the finding that goes on.")] = None

    @model_validator(mode="after")
    def _ends_one_way(self) -> Finding:
        followed = {Then.MOVES, Then.STALLS} & set(self.then)
        if (self.then in ENDS) == bool(followed):
            raise ValueError(f"{self.id}: it either ends or is followed up")
        if (Then.STALLS in self.then) != (self.stalls_at is not None):
            raise ValueError(f"{self.id}: what stalls, stalls somewhere")
        if (Then.DUPLICATE in self.then) != (self.original is not None):
            raise ValueError(f"{self.id}: a duplicate has an original")
        return self


class Story(Contract):
    """A directive's findings, in the order in which they are submitted."""

    directive_id: Annotated[Slug, Field(description="The directive.")]
    findings: Annotated[tuple[Finding, ...], Field(min_length=12, description="What was found.")]


@cache
def story(name: str) -> Story:
    """Return the story of a file, such as `quang_xuong_06`."""
    return Story.model_validate(yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8")))


def stories() -> tuple[Story, ...]:
    """Return every story."""
    return tuple(story(path.stem) for path in sorted(FOLDER.glob("*.yaml")))
