"""Every event that a timeline shows has a name in both languages."""

from typing import get_args

import pytest

from schemas.inspection.findings import AnyFindingEvent
from schemas.inspection.inspections import AnyInspectionEvent
from services.adapters import catalogues


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
@pytest.mark.parametrize("kind", [*get_args(AnyFindingEvent), *get_args(AnyInspectionEvent)])
def test_an_event_has_a_name(kind: type, language: catalogues.Language) -> None:
    type_: str = kind.model_fields["type"].default  # type: ignore[attr-defined]  # every contract has one
    name = type_.removesuffix(".v1").replace(".", "-").replace("_", "-")
    assert catalogues.has(language, f"event-{name}")
