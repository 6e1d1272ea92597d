"""The permissions of boards and ballots, as rows of the discipline context."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid4

from discipline.ballots.commands import TakePaper
from discipline.boards.commands import (
    CallVote,
    ConveneSitting,
    DeclareConflict,
    EstablishBoard,
    OpenMatter,
    OpenSitting,
    Standing,
)
from discipline.boards.conflicts import Matter
from discipline.boards.state import ballot_id, board_id
from discipline.standing import Person
from schemas.discipline.boards import Seat
from services.adapters import law
from services.adapters.ballots.keys import BallotKeys
from services.adapters.ballots.sealing import Sealing
from services.application.discipline.aggregates import BALLOT, BOARD
from services.application.discipline.boards import Votes
from services.application.identity import Role
from services.entrypoints.api.context import Context
from tests.api import board_cases as cases
from tests.api.access.table import Caller, Ids, Row, row
from tests.api.discipline_cases import request
from tests.discipline import samples

TEXT = cases.TEXT
BOARD_PATH, BALLOT_PATH = "/boards/{board_id}", "/ballots/{ballot_id}"
BOTH = (Role.BOARD_MEMBER, Role.BOARD_SECRETARY)
READERS = (Role.AUTHORITY, *BOTH, Role.AUDITOR)
CONCERNED = tuple(set(Role) - {Role.AUDITOR, Role.ADMINISTRATOR})
VOTERS = (*BOTH, Role.AUTHORITY, Role.HEAD, Role.AGENCY_USER)
REASONS = {"reasons": TEXT}
SPARE = cases.SPARE.person_id
STRANGER = UUID(int=0x57A4)


def chair_as(role: Role) -> Callable[[Ids], Caller]:
    """The chair, whatever his token calls him."""
    return lambda _ids: Caller(role, cases.AGENCY, cases.CHAIR.person_id)


def stranger_as(role: Role) -> Callable[[Ids], Caller]:
    return lambda _ids: Caller(role, cases.AGENCY, STRANGER)


def at_board(path: str, body: Mapping[str, Any], *roles: Role, if_match: bool = False) -> Row:
    return row("POST", BOARD_PATH + path, *roles, outside=404, if_match=if_match, body=lambda _: body)


def voting(method: str, path: str, body: Mapping[str, Any] | None, *roles: Role) -> Row:
    insiders = {role: chair_as(role) for role in roles if role is not Role.AUDITOR}
    outsiders = {role: stranger_as(role) for role in insiders}
    told = None if body is None else (lambda _ids: body)
    return row(method, BALLOT_PATH + path, *roles, outside=404, insiders=insiders, outsiders=outsiders, body=told)


def concerned(method: str, path: str, body: Mapping[str, Any] | None, *roles: Role) -> Row:
    mine = [role for role in roles if role is not Role.AUDITOR]
    insiders, outsiders = {role: chair_as(role) for role in mine}, {role: stranger_as(role) for role in mine}
    told = None if body is None else (lambda _ids: body)
    return row(method, BOARD_PATH + path, *roles, outside=404, insiders=insiders, outsiders=outsiders, body=told)


def decision(ids: Ids) -> dict[str, Any]:
    return {
        "matter_id": ids["board_id"],
        "review_ids": [ids["review_id"]],
        "seats": [cases.seat(who) for who in cases.MEMBERS],
        "quorum": 4,
        "decision": TEXT,
    }


WORK = ("cases", "summonses", "minutes", "ballots")
PAPER = {"token": "AQAB", "signature": "AQAB"}
MEMBER = {"person_id": str(cases.MEMBERS[2].person_id)}
ROWS = (
    row("GET", "/boards", *READERS, outside=None),
    row("GET", BOARD_PATH, *READERS, outside=404),
    concerned("GET", "/composition", None, *CONCERNED, Role.AUDITOR),
    *(row("GET", f"{BOARD_PATH}/{lists}", *READERS, outside=404) for lists in WORK),
    row("GET", f"{BOARD_PATH}/sittings/{{sitting}}/bundle", *READERS, outside=404),
    row("GET", f"{BOARD_PATH}/sittings/{{sitting}}/bundle/{{document_id}}", *READERS, outside=404),
    row("GET", f"{BOARD_PATH}/sittings/{{sitting}}/bundle.zip", *READERS, outside=404),
    row("GET", f"{BOARD_PATH}/events", *READERS, outside=404, stream=True),
    row("POST", "/boards", Role.AUTHORITY, outside=404, body=decision),
    row(
        "POST",
        BOARD_PATH + "/reviews",
        Role.AUTHORITY,
        outside=404,
        body=lambda ids: {"review_id": ids["review_id"]},
    ),
    row("POST", BOARD_PATH + "/reviews/{review_id}/end", Role.AUTHORITY, outside=404, body=lambda _: {}),
    at_board("/members/replace", REASONS | MEMBER | {"seat": cases.seat(cases.SPARE)}, Role.AUTHORITY, if_match=True),
    at_board("/declaration", {"related": False, "statement": TEXT}, *BOTH),
    concerned("POST", "/recusals", REASONS | MEMBER, *CONCERNED),
    at_board("/recusals/{person_id}/grant", REASONS, Role.AUTHORITY, Role.BOARD_MEMBER, if_match=True),
    at_board("/recusals/{person_id}/refuse", REASONS, Role.AUTHORITY, Role.BOARD_MEMBER, if_match=True),
    at_board("/sittings", {"held_at": cases.AT, "review_ids": [str(uuid4())], "agenda": TEXT}, *BOTH),
    at_board("/sittings/open", {"attended": [MEMBER["person_id"]]}, *BOTH),
    at_board("/sittings/close", {"minutes": TEXT}, *BOTH),
    at_board("/votes", {"review_id": str(uuid4()), "choices": cases.CHOICES}, *BOTH),
    voting("GET", "", None, *VOTERS, Role.AUDITOR),
    voting("POST", "/papers", {"request": "AQAB"}, *VOTERS),
    voting("POST", "/roll/close", {"box_until": cases.LATER}, *VOTERS),
    voting("POST", "/count", {}, *VOTERS),
    voting("POST", "/dissent", {"opinion": TEXT}, *VOTERS),
    voting("POST", "/void", REASONS, *VOTERS),
    Row("POST", "/box/{ballot_id}", frozenset(), 404, lambda _: PAPER | {"choice": "warning"}, public=True),
    Row("POST", "/box/{ballot_id}/check", frozenset(), 404, lambda _: PAPER, public=True),
)


async def vote(context: Context, review_id: UUID) -> Ids:
    """A board that sits and has called a vote on the review; whoever brings a bad paper learns not even that."""
    known = await cases.review(context, review_id)
    matter = Matter(review_id, known.subject, Person(known.subject.person_id or uuid4(), ()))
    places = {who: samples.place(post_id, (cases.AGENCY, "tinh")) for who, post_id in cases.POSTS.items()}
    members = {who: Person(who, (place,)) for who, place in places.items()}
    standing, document, by = Standing((matter,), members), samples.document("x"), members[cases.CHAIR.person_id]
    authority = samples.person(samples.place("tinh-head", ("tinh",), head=True), name="tinh-head")
    seats = tuple(Seat.model_validate(cases.seat(who)) for who in cases.MEMBERS)
    at = await context.clock.now()
    sitting = {who: one for who, one in members.items() if who != SPARE}
    open_matter = OpenMatter(matter, known.matter_id, known.authority_post, True)
    id_ = board_id(known.matter_id, known.authority_post)
    establish = EstablishBoard(
        by=authority,
        at=at,
        matter_id=known.matter_id,
        authority_post=known.authority_post,
        reviews=(open_matter,),
        seats=seats,
        quorum=4,
        admissions=(),
        decision=document,
        law=law.shipped(),
        members=sitting,
    )
    commands: list[object] = [establish]
    commands += [DeclareConflict(one, False, document) for one in sitting.values()]
    commands.append(ConveneSitting(by, at, samples.moment("2026-03-05"), (review_id,), document, standing))
    commands.append(OpenSitting(by, samples.moment("2026-03-05"), tuple(sitting), standing))
    for command in commands:
        await context.handler.handle(BOARD, id_, command, request())
    board = await cases.board(context, id_)
    key = await BallotKeys(context.pool, Sealing(context.ballot_key)).make(ballot_id(board))
    call = CallVote(by, ballot_id(board), review_id, tuple(cases.CHOICES), key, tuple(sitting), True, standing)
    await context.handler.handle(BOARD, id_, call, request())
    await Votes(context.handler, context.store).finish(await cases.board(context, id_), uuid4())
    paper = TakePaper(cases.CHAIR.person_id, "ab" * 32)
    await context.handler.handle(BALLOT, call.ballot_id, paper, request())
    notice = samples.document("notice").document_id
    work = {"sitting": "1", "document_id": str(notice)}
    return {"board_id": str(id_), "ballot_id": str(call.ballot_id), **MEMBER, **work}
