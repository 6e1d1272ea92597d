"""`kycuong ballot`: a voter's half of a secret ballot, on his own computer. The token is made here and stays here."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID, uuid4

import httpx
import typer

from discipline.ballots.state import BallotStatus
from services.adapters.ballots import paper as papers
from services.adapters.ballots.blind_signature import Unreadable
from services.entrypoints.console import failed, language, say

app = typer.Typer(name="ballot", help="Vote in a secret ballot.", no_args_is_help=True)

File = Annotated[Path, typer.Option("--paper", help="The file that keeps the paper.")]
POLL_SECONDS = (3.0, 9.0)
"""By chance between these, so that not all who wait ask at the same moment."""
SECONDS = 30.0


@app.command()
def take(
    ballot: Annotated[UUID, typer.Argument(help="The ballot's id.")],
    paper: File,
    token_file: Annotated[Path, typer.Option(help="A file with your access token; a variable would be seen.")],
    url: Annotated[str, typer.Option(help="Where the suite is.")] = "http://127.0.0.1:8000",
) -> None:
    """Take a ballot paper, under your name. Run again after an interruption, it is given the same one."""
    headers = {"authorization": f"Bearer {token_file.read_text(encoding='utf-8').strip()}"}
    with _client(url, headers) as client:
        key = _told(client, "GET", f"/discipline/ballots/{ballot}")["ballot"]["key"]
        kept = _kept(paper)
        if kept is None:
            kept = papers.new(ballot, url, key)
            kept.keep(paper)
        if (kept.ballot_id, kept.key) != (ballot, key):
            failed("ballot-paper-of-another", file=str(paper))
        say("ballot-key-shown", fingerprint=kept.fingerprint)
        if kept.signature is None:
            answer = _told(client, "POST", f"/discipline/ballots/{ballot}/papers", {"request": kept.blinded})
            try:
                kept = kept.signed(answer["signature"])
            except Unreadable:
                failed("ballot-signature-wrong")
            kept.keep(paper)
    say("ballot-paper-taken", file=str(paper))


@app.command()
def cast(
    paper: File,
    choice: Annotated[str, typer.Option(prompt=True, help="Asked for where it is left out: a shell remembers.")],
    within: Annotated[int, typer.Option(min=0, help="Seconds; put in at a moment by chance within these.")] = 60,
    patience: Annotated[int, typer.Option(min=0, help="Seconds to wait for the box to be opened.")] = 3_600,
) -> None:
    """Put your ballot in, without a name, once the box is open. Run again, it counts once."""
    held = _signed(paper)
    with _client(held.url) as client:
        _wait_for_box(client, held, patience)
        if within:
            say("ballot-delay", seconds=within)
            time.sleep(random.SystemRandom().uniform(0, within))
        answer = _told(client, "POST", f"/discipline/box/{held.ballot_id}", {**held.shown, "choice": choice})
    say("ballot-put-in-before" if answer["before"] else "ballot-put-in")


@app.command()
def check(paper: File) -> None:
    """Say whether your ballot is in the box. What it says, nobody can show: not even you."""
    held = _signed(paper)
    with _client(held.url) as client:
        answer = _told(client, "POST", f"/discipline/box/{held.ballot_id}/check", held.shown)
    say("ballot-put-in" if answer["in_box"] else "ballot-not-in")


def _wait_for_box(client: httpx.Client, held: papers.Paper, patience: int) -> None:
    until, told = time.monotonic() + patience, False
    while _told(client, "POST", f"/discipline/box/{held.ballot_id}/check", held.shown)["status"] == BallotStatus.ROLL:
        if not told:
            say("ballot-waits")
            told = True
        if time.monotonic() >= until:
            failed("ballot-box-never-opened")
        time.sleep(min(random.SystemRandom().uniform(*POLL_SECONDS), max(0.0, until - time.monotonic())))


def _client(url: str, headers: dict[str, str] | None = None) -> httpx.Client:
    """Without a token no header names the voter, and no connection is shared with one that did."""
    sent = {"accept-language": language(), **(headers or {})}
    return httpx.Client(base_url=url, headers=sent, timeout=SECONDS)


def _told(client: httpx.Client, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    key = {"idempotency-key": str(uuid4())} if "authorization" in client.headers and body is not None else {}
    try:
        answer = client.request(method, path, json=body, headers=key)
        told: dict[str, Any] = answer.json()
    except (httpx.TransportError, ValueError):  # what is no JSON comes from something that stands in between
        failed("ballot-server-unreachable", url=str(client.base_url))
    if answer.is_error:
        failed("ballot-server-said", detail=told["detail"], mend=told["mend"])
    return told


def _kept(path: Path) -> papers.Paper | None:
    try:
        return papers.kept(path)
    except Unreadable:
        failed("ballot-paper-unreadable", file=str(path))


def _signed(path: Path) -> papers.Paper:
    kept = _kept(path)
    if kept is None:
        failed("ballot-paper-missing", file=str(path))
    if kept.signature is None:
        failed("ballot-paper-not-signed", file=str(path))
    return kept
