"""What the documents of each kind can say, and what each must say.

A field that a kind does not have cannot stand in its template: so a publication cannot name what must not be published
(who denounced, third persons, the subject's own data, discipline of the Party), whoever words it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from schemas.discipline.documents import DocumentKind as Kind


@dataclass(frozen=True, slots=True)
class Field:
    """Something that a template may name."""

    name: str
    must: bool = False
    """A document of the kind is none without it."""
    parts: tuple[str, ...] = ()
    """Of a list: what each of its items has; the list is gone through with `for`."""


def _must(name: str, *parts: str) -> Field:
    return Field(name, must=True, parts=parts)


def _may(name: str, *parts: str) -> Field:
    return Field(name, parts=parts)


_ISSUER = (
    _may("issuer_name"),
    _may("issuer_abbreviation"),
    _may("agency_name"),
    _may("signer_name"),
    _may("signer_title"),
    _may("signing_for"),
    _may("authority_title"),
    _may("place"),
    _may("day"),
)
_SUBJECT = (_must("subject_name"), _may("subject_position"), _may("subject_agency"))
_CASE = (
    _may("provision"),
    _may("findings", "fact_date", "violation"),
    _may("legal_bases"),
    _may("calculations", "name", "lines"),
)
_CLOCKS = _must("calculations", "name", "lines")
_VOTES = ("choice", "count")

FIELDS: Final[Mapping[Kind, tuple[Field, ...]]] = {
    Kind.REVIEW_OPENING: (
        *_ISSUER, *_SUBJECT, _may("provision"), _must("findings", "fact_date", "violation"), _may("legal_bases"),
        _CLOCKS, _may("opened_on"), _may("meeting_until"), _may("reasons"),
    ),
    Kind.SUMMONS: (
        *_ISSUER, *_SUBJECT, *_CASE, _must("summons_number"), _must("hearing_at"), _must("content"),
    ),
    Kind.MINUTES: (
        *_ISSUER, *_SUBJECT, *_CASE, _must("session"), _must("held_at"), _must("attended", "name", "position"),
        _may("absent", "name", "position"), _must("content"), _may("subject_present"), _may("statement"),
        _may("votes", *_VOTES), _must("dissents", "name", "opinion"), _may("recommendation"), _may("chair_name"),
        _may("secretary_name"),
    ),
    Kind.RECOMMENDATION: (
        *_ISSUER, *_SUBJECT, *_CASE, _must("recommendation"), _must("votes", *_VOTES), _may("took_part"),
        _may("heard_on"), _may("authority_name"),
    ),
    Kind.DECISION: (
        *_ISSUER, *_SUBJECT, _may("provision"), _must("conclusions", "fact_date", "violation", "form"),
        _must("legal_bases"), _CLOCKS, _must("form"), _must("content"), _may("recommendation"), _may("deviates"),
    ),
    Kind.COMPLAINT_ANSWER: (
        *_ISSUER, *_SUBJECT, *_CASE, _must("instance"), _must("outcome"), _may("form"), _must("content"),
        _may("filed_on"), _may("decision_number"), _may("decision_day"),
    ),
    Kind.PUBLICATION: (
        *_ISSUER, *_SUBJECT, _must("form"), _must("content"), _may("decision_number"), _may("decision_day"),
        _may("in_force_from"),
    ),
}  # fmt: skip
"""By kind."""


def names(kind: Kind) -> frozenset[str]:
    """Every name that a template of the kind may use; an item's part as `list.part`."""
    fields = FIELDS[kind]
    return frozenset(
        [*(field.name for field in fields), *(f"{field.name}.{part}" for field in fields for part in field.parts)]
    )


def obligatory(kind: Kind) -> frozenset[str]:
    """The names that a template of the kind must use."""
    return frozenset(field.name for field in FIELDS[kind] if field.must)
