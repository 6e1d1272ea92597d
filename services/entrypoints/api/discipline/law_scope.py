"""The law as it is applied at a moment: what ships, and what administrators activated by then."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from discipline.days import local_day
from discipline.law.activation.table import applied_at
from services.adapters import law
from services.application.discipline.aggregates import LAW, LAW_ROWS

if TYPE_CHECKING:
    from datetime import datetime

    from discipline.law.activation.state import Activations
    from discipline.law.rows import LawTable
    from schemas.discipline.law import RowUsed
    from services.entrypoints.api.call import Call


async def activations(call: Call) -> Activations:
    """Every activation that was ever made here."""
    loaded = await call.context.handler.shared(LAW, LAW.stream(LAW_ROWS))
    return cast("Activations", loaded.state)


async def files_kept_by(call: Call) -> RowUsed:
    """By what a file of discipline that is written now is exempt from erasure."""
    now = await call.now()
    return law.files_kept_by(await law_at(call, now), local_day(now))


async def kept_by(call: Call) -> str:
    """The same, as the registry notes it."""
    return (await files_kept_by(call)).rule_id


async def law_at(call: Call, moment: datetime) -> LawTable:
    """The table by which a step is judged at a moment."""
    return applied_at(law.shipped(), await activations(call), moment)
