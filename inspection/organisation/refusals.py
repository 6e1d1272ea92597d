"""Why something cannot be recorded of the organisation, or asked of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from schemas.refusal import Coded, Refusal


@dataclass(unsafe_hash=True)
class OrganisationAlreadyFounded(Refusal):
    """The suite serves one authority, and its organisation exists."""

    authority_id: str


@dataclass(unsafe_hash=True)
class OrganisationNotFounded(Refusal):
    """There is no organisation yet."""


@dataclass(unsafe_hash=True)
class AgencyAlreadyExists(Refusal):
    """The id is taken by another agency."""

    agency_id: str
    field = "agency_id"


@dataclass(unsafe_hash=True)
class AgencyUnknown(Refusal):
    """There is no such agency."""

    agency_id: str
    field = "agency_id"


@dataclass(unsafe_hash=True)
class AgencyNotYetThere(Refusal):
    """The agency begins to exist later than the day asked for."""

    agency_id: str
    since: date
    field = "agency_id"


@dataclass(unsafe_hash=True)
class AgencyEndedBefore(Refusal):
    """The agency no longer exists on the day asked for; its successor does."""

    agency_id: str
    ended_on: date
    successor_id: str
    field = "agency_id"


@dataclass(unsafe_hash=True)
class ParentMissing(Refusal):
    """Every agency but a central one stands below another."""

    agency_id: str
    field = "parent_id"


@dataclass(unsafe_hash=True)
class CentralStandsOutside(Refusal):
    """A central agency stands outside the authority's tree."""

    agency_id: str
    field = "parent_id"


@dataclass(unsafe_hash=True)
class AuthorityIsTheRoot(Refusal):
    """The authority is the one root of the tree: there is no second, and it neither moves nor ends."""

    agency_id: str
    field = "agency_id"


@dataclass(unsafe_hash=True)
class AgencyWouldStandBelowItself(Refusal):
    """The tree would close to a ring on that day."""

    agency_id: str
    day: date
    field = "parent_id"


@dataclass(unsafe_hash=True)
class SuccessorEnds(Refusal):
    """The successor has an end itself: what is open would have nobody."""

    successor_id: str
    ended_on: date
    field = "successor_id"


@dataclass(unsafe_hash=True)
class HeadPostExists(Refusal):
    """An agency has one head."""

    agency_id: str
    post_id: str
    field = "kind"


@dataclass(unsafe_hash=True)
class PostAlreadyExists(Refusal):
    """The id is taken by another post."""

    post_id: str
    field = "post_id"


@dataclass(unsafe_hash=True)
class PostUnknown(Refusal):
    """There is no such post."""

    post_id: str
    field = "post_id"


@dataclass(unsafe_hash=True)
class PostNotYetThere(Refusal):
    """The post begins to exist later than the day asked for."""

    post_id: str
    since: date
    field = "valid_from"


@dataclass(unsafe_hash=True)
class PostIsHeld(Refusal):
    """Somebody is appointed on that day, so nobody can act in the post."""

    post_id: str
    field = "acting"


@dataclass(unsafe_hash=True)
class HeadPostMissing(Refusal):
    """The agency has no head's post on that day, so nobody would answer for it."""

    agency_id: str
    day: date
    field = "agency_id"


@dataclass(unsafe_hash=True)
class InspectorateMissing(Refusal):
    """The authority has no inspectorate on that day, so nobody would watch over it."""

    day: date


@dataclass(unsafe_hash=True)
class AgencyNamedTwice(Refusal):
    """An agency stands twice among the predecessors or among the successors."""

    agency_id: str
    field = "predecessors"


@dataclass(unsafe_hash=True)
class RestructuringOfAnotherShape(Refusal):
    """An end and a merger have one successor, a division one predecessor and several successors."""

    kind: Coded
    before: int
    after: int
    field = "kind"


@dataclass(unsafe_hash=True)
class HeirNotAmongSuccessors(Refusal):
    """Whoever inherits what nothing else is said of is one of the successors."""

    heir_id: str
    field = "heir_id"


@dataclass(unsafe_hash=True)
class RestructuringUnderWay(Refusal):
    """The agency ends, or is to take over, by an act that was announced and is neither completed nor withdrawn."""

    agency_id: str
    succession_id: str
    day: date
    field = "agency_id"


@dataclass(unsafe_hash=True)
class RestructuringUnknown(Refusal):
    """There is no such act."""

    succession_id: str
    field = "succession_id"


@dataclass(unsafe_hash=True)
class RestructuringCompleted(Refusal):
    """The plan was approved and the agencies have their end: it cannot be withdrawn any more."""

    succession_id: str
    day: date


@dataclass(unsafe_hash=True)
class PostEndedBefore(Refusal):
    """The post no longer exists on the day asked for, or has an end already."""

    post_id: str
    ended_on: date
    field = "post_id"


@dataclass(unsafe_hash=True)
class SuccessorPostEnds(Refusal):
    """The post that should take over has an end itself."""

    post_id: str
    field = "successor_post"


@dataclass(unsafe_hash=True)
class HeadWithoutSuccessor(Refusal):
    """A head's post gives way to another post of the same agency only: somebody must answer for it."""

    post_id: str
    field = "successor_post"


@dataclass(unsafe_hash=True)
class NobodyAppointed(Refusal):
    """Nobody is appointed to the post on that day, so nobody is away from it."""

    post_id: str
    field = "post_id"


@dataclass(unsafe_hash=True)
class ActsForHimself(Refusal):
    """Whoever is away cannot act for himself."""

    post_id: str
    field = "acted_by"


@dataclass(unsafe_hash=True)
class FactUnknown(Refusal):
    """Nothing of the kind was recorded of that day, or it is what the agency began with."""

    fact: Coded
    subject_id: str
    day: date
    field = "valid_from"
