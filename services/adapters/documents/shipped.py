"""The words that ship with the suite, one file a kind; an agency's own take their place."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

import discipline.documents
from schemas.discipline.documents import TemplateUsed, Wording
from services.adapters.documents.wording import composed, digest

if TYPE_CHECKING:
    from schemas.discipline.documents import DocumentKind

FOLDER = Path(discipline.documents.__file__).parent / "wordings"
VERSION = 1
"""Of the shipped words: another with the release that changes them."""


@cache
def shipped(kind: DocumentKind) -> Wording:
    """The words of a kind."""
    text = (FOLDER / f"{kind}.yaml").read_text(encoding="utf-8")
    return composed(Wording.model_validate(yaml.safe_load(text), strict=False))


def shipped_used(kind: DocumentKind) -> TemplateUsed:
    """What a document names that was made with them."""
    return TemplateUsed(owner=None, version=VERSION, sha256=digest(shipped(kind)))
