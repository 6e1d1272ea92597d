"""What the routes of follow-ups and reviews take."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from schemas.base import Percent, Slug
from services.entrypoints.api.bodies import Input

Narrative = Annotated[str, Field(min_length=1, max_length=20_000, description="Kept encrypted in the registry.")]
Evidence = Annotated[
    list[Annotated[str, Field(min_length=1, max_length=20_000)]],
    Field(max_length=50, description="Descriptions of the evidence, one document each."),
]


class Reasons(Input):
    """Why."""

    reasons: Annotated[Narrative, Field(examples=["Kế hoạch chưa nêu người chịu trách nhiệm và thời gian cụ thể."])]


class Owner(Input):
    """Who owns it from now on."""

    post_id: Annotated[Slug, Field(description="A post of the agency.", examples=["so-xay-dung-chuyen-vien"])]


class NextOwner(Owner):
    """Who owns it from now on, and why it is passed on."""

    reason: Annotated[Narrative, Field(examples=["Nghỉ thai sản từ tháng sau."])]


class MeasureIn(Input):
    """One measure of a plan."""

    measure_id: Annotated[Slug, Field(description="Its id in the plan.", examples=["niem-yet-thu-tuc"])]
    description: Annotated[Narrative, Field(examples=["Niêm yết đủ thủ tục tại bộ phận một cửa và trên cổng."])]
    until: Annotated[date, Field(description="By which day.", examples=["2025-04-10"])]


class PlanIn(Input):
    """How and by when it will be mended."""

    measures: Annotated[list[MeasureIn], Field(min_length=1, max_length=50, description="What will be done.")]


class ProgressIn(Input):
    """How far it is."""

    percent: Annotated[Percent, Field(description="How much is done, per cent.", examples=[60])]
    report: Annotated[Narrative, Field(examples=["Đã trả 14 trong 23 hồ sơ trễ hẹn, có thư xin lỗi kèm theo."])]
    evidence: Evidence = Field(default_factory=list)


class ExtensionIn(Input):
    """More time, and why."""

    until: Annotated[date, Field(description="The asked-for last day.", examples=["2025-05-09"])]
    reason: Annotated[Narrative, Field(examples=["Chờ phần mềm một cửa được nâng cấp xong ngày 05/5."])]
    evidence: Evidence = Field(default_factory=list)


class GrantIn(Input):
    """More time is given."""

    until: Annotated[
        date | None, Field(description="The new last day; as asked for where none is named.", examples=["2025-05-09"])
    ] = None


class CompletionIn(Input):
    """It is mended; with evidence."""

    report: Annotated[Narrative, Field(examples=["Toàn bộ 23 hồ sơ đã trả; quy trình đã sửa và niêm yết."])]
    evidence: Annotated[Evidence, Field(min_length=1, examples=[["Ảnh bảng niêm yết ngày 18/4/2025"]])]


class Message(Input):
    """What the owner is urged to do."""

    message: Annotated[Narrative, Field(examples=["Đề nghị gửi kế hoạch khắc phục trước ngày 15/4."])]
