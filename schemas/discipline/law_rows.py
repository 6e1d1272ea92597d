"""Rows of the law that ship inactive, for nobody has verified them, and that an administrator has applied."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from schemas.base import Contract, Day, Event, Moment, Slug, Text
from schemas.discipline.law import RowUsed
from schemas.values import DayKind, DocumentRef

RowNumber = Annotated[int, Field(strict=True, ge=0, le=100_000)]


class RowStated(Contract):
    """What the administrator read in the source; what is left out is as the table has it."""

    number: Annotated[RowNumber | None, Field(description="The number, where the row's value is one.")] = None
    words: Annotated[
        tuple[Slug, ...] | None, Field(description="The word or words, in their order, where the value is such.")
    ] = None
    day_kind: Annotated[DayKind | None, Field(description="How days are counted.")] = None
    rolls: Annotated[bool | None, Field(description="A last day that is off rolls to the next working day.")] = None
    article: Annotated[Text | None, Field(description="The article.")] = None
    effective_from: Annotated[Day | None, Field(description="First day in force.")] = None
    effective_to: Annotated[Day | None, Field(description="First day no longer in force.")] = None


class LawRowEvent(Event):
    """Something that an administrator did with a row."""

    topic: ClassVar[str] = "discipline.restricted"
    row_id: Annotated[Slug, Field(description="The row of the table.")]


class LawRowActivated(LawRowEvent):
    """An administrator has the row applied, from a source that he read."""

    type: Literal["discipline.law_row_activated.v1"] = "discipline.law_row_activated.v1"
    row: Annotated[RowUsed, Field(description="The row as it is applied.")]
    stated: Annotated[RowStated, Field(description="What he read in the source.")]
    source: Annotated[Text, Field(description="Where: document, number, article, gazette.")]
    reasons: Annotated[DocumentRef, Field(description="Why.")]
    applied_from: Annotated[Moment, Field(description="Steps are judged by it from here; what was fixed before stays.")]
    activated_by: Annotated[UUID, Field(description="The administrator.")]


class LawRowWithdrawn(LawRowEvent):
    """An administrator takes an activation back; what was fixed by it stays."""

    type: Literal["discipline.law_row_withdrawn.v1"] = "discipline.law_row_withdrawn.v1"
    reasons: Annotated[DocumentRef, Field(description="Why.")]
    applied_until: Annotated[Moment, Field(description="From here no step is judged by it.")]
    withdrawn_by: Annotated[UUID, Field(description="The administrator.")]


AnyLawRowEvent = LawRowActivated | LawRowWithdrawn
