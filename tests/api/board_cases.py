"""A board of five in the discipline context, on the review of somebody of the department, and its vote."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from discipline.boards.state import Board, board_id
from discipline.reviews.state import Review
from inspection.organisation.commands import Command
from schemas.discipline.boards import SeatRole
from services.adapters.ballots import blind_signature
from services.application.discipline.aggregates import BOARD, REVIEW
from services.application.identity import Role
from services.entrypoints.api.context import Context
from tests.api.access.table import Caller, insider
from tests.api.discipline_cases import met_review, post

AGENCY = "so-giao-duc"
CHAIR, SECRETARY = insider(Role.BOARD_MEMBER), insider(Role.BOARD_SECRETARY)
MEMBERS = (
    CHAIR,
    SECRETARY,
    *(Caller(Role.BOARD_MEMBER, AGENCY, UUID(int=0xB0A4D0 + number)) for number in (1, 2, 3)),
)
SPARE = Caller(Role.BOARD_MEMBER, AGENCY, UUID(int=0xB0A4DF))
AUTHORITY = insider(Role.AUTHORITY)
SUBJECT = Caller(Role.AGENCY_USER, "so-y-te", UUID(int=0x5B))
"""Whose review it is: of the department, and no member of the board."""
POSTS = {who.person_id: f"board-post-{number}" for number, who in enumerate((*MEMBERS, SPARE))}
CHOICES = ["reprimand", "warning", "no-sanction"]
AT, LATER = "2026-03-05T08:00:00+07:00", "2026-03-05T10:00:00+07:00"
TEXT = "Theo biên bản."


def posts() -> list[Command]:
    """A post in another department for each who may sit."""
    return [command for person, post_id in POSTS.items() for command in post(post_id, AGENCY, person)]


def seat(who: Caller) -> dict[str, object]:
    role = {CHAIR: SeatRole.CHAIR, SECRETARY: SeatRole.SECRETARY}.get(who, SeatRole.MEMBER)
    return {"person_id": str(who.person_id), "post_id": POSTS[who.person_id], "role": role.value, "votes": True}


async def review(context: Context, review_id: UUID) -> Review:
    state: Review | None = (await context.handler.load(REVIEW, REVIEW.stream(review_id))).state
    assert state is not None
    return state


async def decision(context: Context, review_id: UUID, **but: object) -> dict[str, object]:
    """What the authority sends to establish the board."""
    matter_id = (await review(context, review_id)).matter_id
    told = {
        "matter_id": str(matter_id),
        "review_ids": [str(review_id)],
        "seats": [seat(who) for who in MEMBERS],
        "quorum": 4,
        "decision": TEXT,
    }
    return {**told, **but}


async def board_of(context: Context, review_id: UUID) -> UUID:
    one = await review(context, review_id)
    return board_id(one.matter_id, one.authority_post)


async def board(context: Context, id_: UUID) -> Board:
    state: Board | None = (await context.handler.load(BOARD, BOARD.stream(id_))).state
    assert state is not None
    return state


@dataclass
class Voter:
    """What stays on a voter's computer: the token, and the paper once it is signed."""

    who: Caller
    asked: blind_signature.Request
    signature: bytes = b""

    @property
    def paper(self) -> dict[str, str]:
        return {
            "token": blind_signature.encoded(self.asked.prepared),
            "signature": blind_signature.encoded(self.signature),
        }


def voters(key: str, who: tuple[Caller, ...] = MEMBERS) -> list[Voter]:
    public = blind_signature.read(key)
    return [Voter(one, blind_signature.request(public)) for one in who]


def unknown() -> str:
    return str(uuid4())


async def another_of_matter(context: Context, review_id: UUID, secretary: UUID) -> UUID:
    """A review of somebody else in the same matter, which has come as far."""
    matter_id = (await review(context, review_id)).matter_id
    return await met_review(context, uuid4(), secretary, matter_id=matter_id)
