"""What the routes of findings take."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, JsonValue

from schemas.base import Slug
from schemas.inspection.findings import FindingSource
from services.entrypoints.api.bodies import Input

Narrative = Annotated[str, Field(min_length=1, max_length=20_000, description="Kept encrypted in the registry.")]
Evidence = Annotated[
    list[Annotated[str, Field(min_length=1, max_length=20_000)]],
    Field(max_length=50, description="Descriptions of the evidence, one document each."),
]
Officials = Annotated[
    list[Slug],
    Field(max_length=50, description="Posts whose holders on the day of the fact are concerned."),
]

_EXAMPLE: dict[str, JsonValue] = {
    "agency_id": "so-xay-dung",
    "violation_type": "late-without-reason",
    "directive_id": "da-nang-2090",
    "fact_date": "2025-03-03",
    "source": "feedback",
    "officials": ["so-xay-dung-giam-doc"],
    "narrative": "Hồ sơ cấp phép xây dựng trễ hẹn 12 ngày, không có thư xin lỗi và không nêu lý do.",
    "evidence": ["Phiếu hẹn trả kết quả ngày 12/02/2025"],
}

_AMENDMENT: dict[str, JsonValue] = {
    "fact_date": "2025-03-04",
    "officials": ["so-xay-dung-giam-doc"],
    "narrative": "Hồ sơ cấp phép xây dựng trễ hẹn 11 ngày, không có thư xin lỗi.",
    "evidence": ["Phiếu hẹn trả kết quả ngày 12/02/2025"],
    "reason": "Đếm lại số ngày trễ theo ngày làm việc.",
}


class Writing(Input):
    """What a finding says."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})
    agency_id: Annotated[Slug, Field(description="The agency at which it was found.")]
    violation_type: Annotated[Slug, Field(description="A violation type of the directive's pack.")]
    directive_id: Annotated[Slug, Field(description="The directive whose pack defines the type.")]
    fact_date: Annotated[date, Field(description="The day of the fact.")]
    source: Annotated[
        Literal[FindingSource.INSPECTION, FindingSource.INTERNAL_CHECK, FindingSource.FEEDBACK, FindingSource.PRESS],
        Field(description="How it came to light."),
    ]
    inspection_id: Annotated[UUID | None, Field(description="The inspection that found it, if one did.")] = None
    matter_id: Annotated[UUID | None, Field(description="The matter, where several findings are one.")] = None
    officials: Officials = Field(default_factory=list)
    narrative: Narrative
    evidence: Evidence = Field(default_factory=list)
    replaces: Annotated[UUID | None, Field(description="The withdrawn finding that this one replaces.")] = None


class Amendment(Input):
    """A finding said anew: neither agency nor violation type, which are withdrawn and submitted again."""

    model_config = ConfigDict(json_schema_extra={"examples": [_AMENDMENT]})
    fact_date: Annotated[date, Field(description="The day of the fact.")]
    officials: Officials = Field(default_factory=list)
    narrative: Narrative
    evidence: Evidence = Field(default_factory=list)
    reason: Narrative
    due_on: Annotated[date | None, Field(description="A later last day; none leaves it.")] = None


class Reasons(Input):
    """Why."""

    reason: Annotated[Narrative, Field(examples=["Hồ sơ đã được trả đúng hẹn; số ngày trễ là do nhập sai."])]


class Confirmation(Input):
    """It stands."""

    answer: Annotated[
        str | None,
        Field(
            min_length=1,
            max_length=20_000,
            description="The answer to the objections, if any.",
            examples=["Sổ theo dõi cho thấy hồ sơ trả ngày 06/03/2025."],
        ),
    ] = None


class Duplicate(Input):
    """The same violation was found before."""

    original_id: Annotated[
        UUID, Field(description="The finding that goes on.", examples=["5f0c2a52-2f3e-5d1c-8a53-0d0c6b1c9e77"])
    ]
    reason: Annotated[
        Literal["same-fact", "same-dossier", "submitted-twice"],
        Field(description="Why they are the same.", examples=["submitted-twice"]),
    ]
