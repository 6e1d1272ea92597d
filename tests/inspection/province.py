"""A small province with a district that ends on 2025-07-01, as the two-tier government began."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import reduce
from uuid import UUID, uuid5

from inspection.organisation.commands import (
    Command,
    CreateAgency,
    CreatePost,
    EndAgency,
    FillPost,
    FoundOrganisation,
    MoveAgency,
)
from inspection.organisation.decide import decide
from inspection.organisation.evolve import evolve
from inspection.organisation.state import INITIAL, Organisation
from schemas.inspection.organisation import AgencyKind, AnyOrganisationEvent, PostKind
from schemas.values import Name, SubjectKind
from tests.specification import Decider

ORGANISATION = Decider(INITIAL, decide, evolve)

FOUNDED = date(2014, 1, 1)
TWO_TIERS = date(2025, 7, 1)

PROVINCE, INSPECTORATE, DEPARTMENT = "binh-an", "thanh-tra-tinh", "so-noi-vu"
DISTRICT, COMMUNE, NEW_COMMUNE, CENTRAL = "huyen-phu-son", "xa-tan-lap", "xa-phu-son", "cuc-thue"


def person(name: str) -> UUID:
    """The id of an invented person."""
    return uuid5(UUID(int=0), name)


def name(vi: str) -> Name:
    return Name(vi=vi, en=vi)


def agency(agency_id: str, kind: AgencyKind, parent: str | None, since: date = FOUNDED) -> CreateAgency:
    return CreateAgency(agency_id, name(agency_id), kind, parent, since)


def head(agency_id: str, since: date = FOUNDED) -> CreatePost:
    return CreatePost(f"{agency_id}-head", agency_id, PostKind.HEAD, name("head"), SubjectKind.CIVIL_SERVANT, since)


def filled(post_id: str, who: str, since: date = FOUNDED, *, acting: bool = False) -> FillPost:
    return FillPost(post_id, person(who), acting, since)


AGENCIES = (
    agency(INSPECTORATE, AgencyKind.INSPECTORATE, PROVINCE),
    agency(DEPARTMENT, AgencyKind.DEPARTMENT, PROVINCE),
    agency(DISTRICT, AgencyKind.DISTRICT, PROVINCE),
    agency(COMMUNE, AgencyKind.COMMUNE, DISTRICT),
    agency(CENTRAL, AgencyKind.CENTRAL, None),
)
HEADS = (PROVINCE, INSPECTORATE, DEPARTMENT, DISTRICT, COMMUNE, CENTRAL)
COMMANDS: tuple[Command, ...] = (
    FoundOrganisation(PROVINCE, name("Tỉnh Bình An"), FOUNDED),
    *AGENCIES,
    *(head(agency_id) for agency_id in HEADS),
    *(filled(f"{agency_id}-head", f"head of {agency_id}") for agency_id in HEADS),
)
REFORM: tuple[Command, ...] = (
    agency(NEW_COMMUNE, AgencyKind.COMMUNE, PROVINCE, TWO_TIERS),
    head(NEW_COMMUNE, TWO_TIERS),
    filled(f"{NEW_COMMUNE}-head", f"head of {NEW_COMMUNE}", TWO_TIERS),
    MoveAgency(COMMUNE, PROVINCE, TWO_TIERS),
    EndAgency(DISTRICT, NEW_COMMUNE, TWO_TIERS),
)


def carried_out(commands: Iterable[Command], state: Organisation = INITIAL) -> tuple[AnyOrganisationEvent, ...]:
    """The events of commands, one after the other."""
    events: list[AnyOrganisationEvent] = []
    for command in commands:
        decided = decide(command, state)
        state = reduce(evolve, decided, state)
        events += decided
    return tuple(events)


HISTORY = carried_out(COMMANDS)
"""The province before the reform."""
REFORMED = carried_out((*COMMANDS, *REFORM))
"""The province with the reform recorded."""
