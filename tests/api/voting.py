"""A vote from its call to its count over HTTP, as chair, secretary and voters go through it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx

from services.adapters.ballots import blind_signature
from tests.api import board_cases as cases
from tests.api.access.table import Caller
from tests.api.board_cases import CHAIR, SECRETARY, Voter
from tests.api.sample import Clock
from tests.api.test_discipline import Office


async def established(office: Office, review_id: UUID) -> str:
    """The authority establishes the board; its id."""
    answer = await office.send(cases.AUTHORITY, "/boards", await cases.decision(office.context, review_id))
    assert answer.status_code == 201, answer.text
    board_id: str = answer.json()["id"]
    return board_id


async def on_review(office: Office, by: Caller, review_id: UUID, step: str, **body: object) -> httpx.Response:
    """A step of the review itself, resting on the version that the authority sees."""
    seen = (await office.get(cases.AUTHORITY, f"/reviews/{review_id}"))["review"]["version"]
    return await office.send(by, f"/reviews/{review_id}/{step}", body, seen=seen)


async def stepped(office: Office, by: Caller, review_id: UUID, step: str, **body: object) -> None:
    answer = await on_review(office, by, review_id, step, **body)
    assert answer.status_code == 200, answer.text


async def convened(office: Office, review_id: UUID) -> str:
    """A board of five, none of whom is related, is invited to sit on the fifth, or soon where that is past."""
    board_id = await established(office, review_id)
    for who in cases.MEMBERS:
        await office.done(who, f"/boards/{board_id}/declaration", {"related": False, "statement": cases.TEXT})
    ahead = await office.context.clock.now() + timedelta(minutes=10)
    held_at = max(datetime.fromisoformat(cases.AT), ahead).isoformat()
    told = {"held_at": held_at, "review_ids": [str(review_id)], "agenda": cases.TEXT}
    await office.done(SECRETARY, f"/boards/{board_id}/sittings", told)
    return board_id


async def open_sitting(office: Office, board_id: str) -> None:
    """At the moment for which it was convened, with all five."""
    clock, sitting = office.context.clock, (await cases.board(office.context, UUID(board_id))).sitting
    assert isinstance(clock, Clock)
    assert sitting is not None
    clock.not_before(sitting.held_at)
    there = {"attended": [str(who.person_id) for who in cases.MEMBERS]}
    await office.done(SECRETARY, f"/boards/{board_id}/sittings/open", there)


async def opened(office: Office, review_id: UUID) -> str:
    """A board that sits with all five."""
    board_id = await convened(office, review_id)
    await open_sitting(office, board_id)
    return board_id


async def sitting(office: Office, review_id: UUID) -> str:
    """A board that sits with all five and has heard the case."""
    board_id = await opened(office, review_id)
    await stepped(office, cases.AUTHORITY, review_id, "board", board_id=board_id, reasons=cases.TEXT)
    await stepped(office, SECRETARY, review_id, "hearing", statement=cases.TEXT, minutes=cases.TEXT)
    return board_id


async def called(office: Office, board_id: str, review_id: UUID) -> dict[str, Any]:
    """The ballot that the secretary called, as a voter sees it."""
    await office.done(SECRETARY, f"/boards/{board_id}/votes", {"review_id": str(review_id), "choices": cases.CHOICES})
    ballot_id = (await office.get(CHAIR, f"/boards/{board_id}"))["board"]["vote"]
    ballot: dict[str, Any] = (await office.get(CHAIR, f"/ballots/{ballot_id}"))["ballot"]
    return ballot


async def take_paper(office: Office, ballot: dict[str, Any], voter: Voter) -> httpx.Response:
    asked = {"request": blind_signature.encoded(voter.asked.blinded)}
    answer = await office.send(voter.who, f"/ballots/{ballot['id']}/papers", asked)
    if answer.status_code == 200:
        signed = blind_signature.decoded(answer.json()["signature"])
        voter.signature = blind_signature.finalize(blind_signature.read(ballot["key"]), voter.asked, signed)
    return answer


async def papers_taken(office: Office, ballot: dict[str, Any]) -> list[Voter]:
    """Everybody stands on the roll, and holds a paper."""
    voters = cases.voters(ballot["key"])
    for voter in voters:
        answer = await take_paper(office, ballot, voter)
        assert answer.status_code == 200, answer.text
    return voters


async def roll_closed(office: Office, ballot: dict[str, Any]) -> None:
    await office.done(SECRETARY, f"/ballots/{ballot['id']}/roll/close", {"box_until": cases.LATER})


async def put(office: Office, ballot: dict[str, Any], voter: Voter, choice: str) -> httpx.Response:
    """Without a name: no token, no key."""
    return await office.client.post(f"/discipline/box/{ballot['id']}", json=voter.paper | {"choice": choice})


async def check(office: Office, ballot: dict[str, Any], voter: Voter) -> httpx.Response:
    return await office.client.post(f"/discipline/box/{ballot['id']}/check", json=voter.paper)


async def voted(office: Office, ballot: dict[str, Any], choices: Sequence[str]) -> list[Voter]:
    """Everybody puts his ballot in, in the order of the seats."""
    voters = await papers_taken(office, ballot)
    await roll_closed(office, ballot)
    for voter, choice in zip(voters, choices, strict=True):
        answer = await put(office, ballot, voter, choice)
        assert answer.status_code == 200, answer.text
    return voters
