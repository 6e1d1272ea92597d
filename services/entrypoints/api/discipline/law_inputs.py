"""What the routes of the law's rows take."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from schemas.base import Slug, Text
from schemas.discipline.law_rows import RowNumber, RowStated
from schemas.values import DayKind
from services.entrypoints.api.discipline.inputs import Reasons


class ActivationIn(Reasons):
    """What was read in the source; what is left out is as the table has it."""

    number: Annotated[RowNumber | None, Field(description="Where the row's value is one.", examples=[10])] = None
    words: Annotated[list[Slug] | None, Field(description="The word or words, where it is such.", max_length=50)] = None
    day_kind: Annotated[DayKind | None, Field(examples=["calendar"])] = None
    rolls: Annotated[bool | None, Field(description="A last day that is off rolls on.", examples=[True])] = None
    article: Annotated[Text | None, Field(examples=["28"])] = None
    effective_from: Annotated[date | None, Field(description="First day in force.")] = None
    effective_to: Annotated[date | None, Field(description="First day no longer in force.")] = None
    source: Annotated[
        Text, Field(description="Where it was read.", examples=["Luật Khiếu nại 02/2011/QH13, Điều 28, Công báo"])
    ]

    def stated(self) -> RowStated:
        """As the event says it."""
        return RowStated(**self.model_dump(exclude={"source", "reasons"}))
