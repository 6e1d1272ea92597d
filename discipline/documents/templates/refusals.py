"""Why a template is not taken or not used."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.refusal import Coded, Refusal


@dataclass(unsafe_hash=True)
class TemplateFieldUnknown(Refusal):
    """It names a field that documents of the kind do not have."""

    kind: Coded
    unknown: str
    known: str


@dataclass(unsafe_hash=True)
class TemplateFieldMissing(Refusal):
    """It leaves out what a document of the kind must say."""

    kind: Coded
    missing: str


@dataclass(unsafe_hash=True)
class TemplateStoredBefore(Refusal):
    """The same words are there already."""

    version: int


@dataclass(unsafe_hash=True)
class TemplateVersionUnknown(Refusal):
    """There is no such version."""

    version: int
    last: int


@dataclass(unsafe_hash=True)
class TemplateInUse(Refusal):
    """The version is the one in use."""

    version: int


@dataclass(unsafe_hash=True)
class TemplateNotInUse(Refusal):
    """The agency has no words of its own in use."""
