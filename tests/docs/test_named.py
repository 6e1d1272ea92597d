"""What the documents name is there: commands with their options, make's targets, routes, files."""

import re
import shlex
from functools import cache
from typing import Any

import pytest
import typer
from typer.core import TyperGroup

from services.entrypoints.api.routing import GuardedRoute
from services.entrypoints.cli import build
from tests.api.test_access import CONTEXTS, api
from tests.docs.written import ROOT, Shown, commands, links, spans

ELSEWHERE = (
    "/health",
    "/metrics",
    "/docs",
    "/openapi.json",
    "/assets",
    "/identity",
    "/inspection/docs",
    "/discipline/docs",
    "/notifier/docs",
    "/tmp",
    "/var",
    "/etc",
    "/run",
)
"""Paths that no context's API answers."""
VERBS = ("GET ", "POST ", "PUT ", "DELETE ")


def kycuong() -> list[Shown]:
    """Every call of the command line, in blocks and in prose."""
    found = [shown for shown in (*commands(), *spans()) if re.match(r"(\.venv/bin/|deploy/)?kycuong [a-z]", shown.text)]
    return [shown for shown in found if not shown.text.startswith("deploy/")]


def made() -> list[Shown]:
    """Every call of make."""
    return [shown for shown in (*commands(), *spans()) if re.match(r"make [a-z]", shown.text)]


@cache
def _command() -> TyperGroup:
    command = typer.main.get_command(build())
    assert isinstance(command, TyperGroup)
    return command


@pytest.mark.parametrize("shown", kycuong(), ids=str)
def test_every_command_is_there_with_its_options(shown: Shown) -> None:
    words = shlex.split(shown.text)[1:]
    command: Any = _command()
    while isinstance(command, TyperGroup) and words:
        name = words.pop(0)
        alternatives = [command.commands.get(one) for one in name.split("|")]
        assert all(alternatives), f"{name} is no command"
        command = next(one for one in alternatives if one is not None)
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    assert {word for word in words if word.startswith("--")} <= known


@pytest.mark.parametrize("shown", made(), ids=str)
def test_every_target_of_make_is_there(shown: Shown) -> None:
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert shown.text.split()[1] in targets


@cache
def _routes() -> frozenset[str]:
    """Every path of the APIs, with `{}` for what is put into it."""
    found = [
        f"/{name}{route.path}"
        for name in CONTEXTS
        for router in api(name).routers
        for route in router.routes
        if isinstance(route, GuardedRoute)
    ]
    return frozenset(re.sub(r"\{[^}]*\}", "{}", path) for path in found)


def paths() -> list[Shown]:
    """Every path in code style: whole ones, and endings that a document uses where the beginning is plain."""
    found = []
    for shown in spans():
        text = next((shown.text.removeprefix(verb) for verb in VERBS if shown.text.startswith(verb)), shown.text)
        text = text.partition("?")[0]
        if re.fullmatch(r"(/|…/)[a-z{][a-z{}/_-]*", text) and not text.startswith(ELSEWHERE):
            found.append(Shown(shown.document, text))
    return found


@pytest.mark.parametrize("shown", paths(), ids=str)
def test_every_route_is_there(shown: Shown) -> None:
    ending = re.sub(r"\{[^}]*\}", "{}", shown.text.removeprefix("…"))
    prefixes = {f"/{name}" for name in CONTEXTS}
    assert ending in prefixes or any(route.endswith(ending) for route in _routes())


@pytest.mark.parametrize("shown", links(), ids=str)
def test_every_link_leads_somewhere(shown: Shown) -> None:
    assert ((ROOT / shown.document).parent / shown.text).exists()
