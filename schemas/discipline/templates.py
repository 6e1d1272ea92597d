"""Events of an agency's own templates of documents: the words that it gives a kind, version by version."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from schemas.base import Event, Number, Sha256, Slug
from schemas.discipline.documents import DocumentKind, Wording


class TemplateEvent(Event):
    """Something that happened to an agency's template of a kind."""

    topic: ClassVar[str] = "discipline.restricted"
    owner: Annotated[Slug, Field(description="The agency whose documents are worded so.")]
    kind: Annotated[DocumentKind, Field(description="The kind of document.")]
    version: Annotated[Number, Field(description="The version of the template: 1, 2, …")]


class TemplateStored(TemplateEvent):
    """A version was put down; documents use it once it is activated."""

    type: Literal["discipline.template_stored.v1"] = "discipline.template_stored.v1"
    wording: Annotated[Wording, Field(description="The words.")]
    sha256: Annotated[Sha256, Field(description="SHA-256 of the words' canonical JSON: documents name it.")]
    stored_by: Annotated[UUID, Field(description="Who put it down.")]


class TemplateActivated(TemplateEvent):
    """From now on documents of the kind are worded so."""

    type: Literal["discipline.template_activated.v1"] = "discipline.template_activated.v1"
    activated_by: Annotated[UUID, Field(description="Who decided so.")]


class TemplateWithdrawn(TemplateEvent):
    """Documents of the kind use none of the agency's own words any more: those of the agency above, or the shipped."""

    type: Literal["discipline.template_withdrawn.v1"] = "discipline.template_withdrawn.v1"
    withdrawn_by: Annotated[UUID, Field(description="Who decided so.")]


AnyTemplateEvent = TemplateStored | TemplateActivated | TemplateWithdrawn
