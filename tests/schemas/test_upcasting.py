"""An event stays as it was written; whoever reads it gets the current version of its contract.

The example: a check of a one-stop desk counted late dossiers. Version 2 names the agency by id instead
of by its number; version 3 counts late and unanswered ones apart.
"""

from typing import Annotated, Literal

import pytest
from pydantic import Field

from schemas.base import Event, Number, Slug
from schemas.upcasting import UPCASTERS, Data, StepStandsStill, upcast

AGENCIES = {7: "so-tu-phap"}


class DeskChecked(Event):
    """The current version of the example."""

    topic = "inspection.restricted"
    type: Literal["inspection.desk_checked.v3"] = "inspection.desk_checked.v3"
    agency_id: Annotated[Slug, Field(description="The agency.")]
    late: Annotated[Number, Field(description="Dossiers answered late.")]
    unanswered: Annotated[Number | None, Field(description="Dossiers not answered; none where it was not counted.")]


def _second(data: Data) -> Data:
    """Version 1 named the agency by its number."""
    number = data.pop("agency_number")
    return {**data, "agency_id": AGENCIES[number], "type": "inspection.desk_checked.v2"}


def _third(data: Data) -> Data:
    """Version 2 did not count what was never answered."""
    return {**data, "unanswered": None, "type": "inspection.desk_checked.v3"}


STEPS = {"inspection.desk_checked.v1": _second, "inspection.desk_checked.v2": _third}

OLD = {"type": "inspection.desk_checked.v1", "agency_number": 7, "late": 3}
NEWER = {"type": "inspection.desk_checked.v2", "agency_id": "so-tu-phap", "late": 3}
CURRENT = DeskChecked(agency_id="so-tu-phap", late=3, unanswered=None)


@pytest.mark.parametrize("written", [OLD, NEWER, CURRENT.model_dump(mode="json")], ids=["v1", "v2", "v3"])
def test_every_version_is_read_as_the_current_one(written: Data) -> None:
    data = upcast(str(written["type"]), dict(written), STEPS)
    assert DeskChecked.model_validate(data) == CURRENT


def test_a_step_that_does_not_lead_on_is_refused() -> None:
    with pytest.raises(StepStandsStill, match=r"inspection\.desk_checked\.v1"):
        upcast("inspection.desk_checked.v1", dict(OLD), {"inspection.desk_checked.v1": lambda data: data})


def test_no_current_contract_is_upcast_away_and_every_step_is_of_an_old_version() -> None:
    from schemas.registry import CONTRACTS  # noqa: PLC0415 -- the example above needs none of the real ones

    assert set(UPCASTERS) & set(CONTRACTS) == set()
