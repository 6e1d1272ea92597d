"""The small province with its directive in an in-memory store: what use-cases of inspection stand on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from inspection.directives.commands import AdoptDirective, AmendDirective
from inspection.directives.decide import fingerprint
from services.adapters.calendar import vietnam
from services.application.directives import DIRECTIVE as DIRECTIVES
from services.application.directory import AUTHORITY, ORGANISATION, own_directory
from services.application.findings import Facts
from services.application.handler import Done, Handler, Request
from tests.fakes.memory_store import MemoryStore
from tests.inspection.directive_packs import DIRECTIVE, NEWER, PACK, SHA256
from tests.inspection.province import COMMANDS, PROVINCE, REFORM

ADOPTED_FROM, AMENDED_FROM = date(2020, 1, 1), date(2025, 3, 1)
MONDAY = datetime(2025, 3, 3, 2, tzinfo=UTC)
"""9:00 in Asia/Ho_Chi_Minh."""


@dataclass
class Clock:
    """A clock that is set by hand."""

    at: datetime = MONDAY

    async def now(self) -> datetime:
        return self.at


@dataclass
class Scene:
    """A store with its handler."""

    store: MemoryStore = field(default_factory=MemoryStore)
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.handler = Handler(self.store, self.clock)
        self.directory = own_directory(self.handler)

    async def carry_out(self, aggregate: Any, id_: object, command: object, actor: str = "somebody") -> Done:
        command_id = uuid4()
        return await self.handler.handle(aggregate, id_, command, Request(command_id, actor, command_id, command_id))

    async def facts(self) -> Facts:
        return Facts(self.handler, await self.directory.current(), vietnam(), self.clock.at)

    async def state(self, aggregate: Any, id_: UUID) -> Any:
        return (await self.handler.load(aggregate, aggregate.stream(id_))).state


async def scene(*, reformed: bool = False) -> Scene:
    """The province, its directive of two versions; with the reform of 2025 recorded or not."""
    made = Scene()
    for command in (*COMMANDS, *(REFORM if reformed else ())):
        await made.carry_out(ORGANISATION, AUTHORITY, command)
    await made.carry_out(DIRECTIVES, DIRECTIVE, AdoptDirective(DIRECTIVE, PROVINCE, ADOPTED_FROM, PACK, SHA256))
    amend = AmendDirective(DIRECTIVE, AMENDED_FROM, NEWER, fingerprint(NEWER))
    await made.carry_out(DIRECTIVES, DIRECTIVE, amend)
    return made
