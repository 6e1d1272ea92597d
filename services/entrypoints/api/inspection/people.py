"""Who the people are whom the organisation's posts name: an administrator puts them into the registry by their ids."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import structlog
from pydantic import ConfigDict, Field
from starlette.responses import Response

from services.application.handler import Done
from services.application.registry import Person
from services.entrypoints.api.bodies import Input
from services.entrypoints.api.call import Call
from services.entrypoints.api.inspection.organisation import RECORDS
from services.entrypoints.api.routing import Router

router = Router(prefix="/people", tags=["organisation"])

log = structlog.get_logger(__name__)


class PersonIn(Input):
    """Who a person is and how to reach them; what is left out is not known."""

    model_config = ConfigDict(hide_input_in_errors=True)

    name: Annotated[
        str,
        Field(
            min_length=1, max_length=200, pattern=r"\S", description="The whole name.", examples=["Kiều Thị Hồng Thắm"]
        ),
    ]
    email: Annotated[
        str | None,
        Field(
            max_length=254,
            pattern=r"^[^@\s]+@[^@\s]+$",
            description="Where mail goes to; without one the person has the inbox alone.",
            examples=["tham.kth@binhlam.gov.example"],
        ),
    ] = None


@router.command("/{person_id}", method="PUT", access=RECORDS)
async def put(person_id: UUID, body: PersonIn, call: Call) -> Response:
    """Put a person into the registry, or correct one: the whole entry is replaced."""
    # No event may hold a person's data, and none could be erased: the registry itself records who changed whose entry.
    person = Person(body.name, body.email)
    version = await call.context.registry.put_person(person_id, person, call.principal.actor)
    log.info("person_put", person_id=str(person_id), version=version, actor=call.principal.actor)
    return call.changed(person_id, Done(f"person-{person_id}", version))
