"""The law's rows: everybody looks at them, an administrator activates those that nobody has verified."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from fastapi import Query
from pydantic import AwareDatetime, BaseModel, Field
from starlette.responses import Response

from discipline.law.activation.commands import ActivateRow, WithdrawRow
from discipline.law.activation.refusals import LawRowUnknown
from discipline.law.activation.table import applied_at
from discipline.law.codes import followed
from discipline.law.rows import LawRow, Rule
from schemas.discipline.law_rows import RowStated
from schemas.values import SubjectKind
from services.adapters import law, law_words
from services.application.discipline.aggregates import LAW, LAW_ROWS
from services.application.identity import Role
from services.entrypoints.api.access import Access, anywhere
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline.inputs import Reasons
from services.entrypoints.api.discipline.law_inputs import ActivationIn
from services.entrypoints.api.discipline.law_scope import activations
from services.entrypoints.api.language import of_scope
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from collections.abc import Mapping

    from discipline.law.activation.state import Activation
    from services.adapters.catalogues import Language

router = Router(prefix="/law", tags=["law"])

OPERATES = Access({Role.ADMINISTRATOR}, anywhere, case_content=False)
EVERYBODY = Access(frozenset(Role), anywhere, case_content=False)
ANSWERS_FOR_ROWS = Access(
    {Role.ADMINISTRATOR, Role.AUDITOR, Role.AUTHORITY, Role.BOARD_SECRETARY, Role.BOARD_MEMBER},
    anywhere,
    case_content=False,
)
"""Who has to know why a row is applied that nobody verified."""


class ActivatedBy(BaseModel):
    """By what a row is applied that ships inactive."""

    since: datetime
    source: Annotated[str, Field(description="What the administrator read.")]


class RowShown(LawRow):
    """A row of the table, as it is applied."""

    rule_name: Annotated[str, Field(description="In the language asked for.")]
    value_name: Annotated[str, Field(description="In the language asked for.")]
    confidence_name: Annotated[str, Field(description="In the language asked for.")]
    followed: Annotated[
        bool, Field(description="Whether anything that the suite does changes with the row; it is shown in any case.")
    ]
    activation: Annotated[ActivatedBy | None, Field(description="None where it ships active, or is not applied.")]


class LawShown(BaseModel):
    """The rows in force on a day."""

    as_of: date
    items: list[RowShown]


class ActivationShown(BaseModel):
    """One activation."""

    since: datetime
    until: Annotated[datetime | None, Field(description="None while it holds.")]
    source: str
    stated: Annotated[RowStated, Field(description="What was stated; the rest is as the table has it.")]
    by: UUID
    reasons: Annotated[str | None, Field(description="Why; none where it was erased.")]
    withdrawn_by: UUID | None
    withdrawn_because: str | None


class RowHistory(BaseModel):
    """A row with all that administrators did with it."""

    row: RowShown
    activations: list[ActivationShown]


AsOf = Annotated[date | None, Query(description="The day to look at; today where none is named.")]
KnownAt = Annotated[
    AwareDatetime | None,
    Query(description="With what had been activated by that moment; by now if missing."),
]


@router.read("", access=EVERYBODY, answers=LawShown)
async def rows(
    call: Call,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    kind: Annotated[SubjectKind | None, Query(description="Only rows that hold for this kind of subject.")] = None,
    rule: Annotated[Rule | None, Query(description="Only rows of this rule.")] = None,
) -> Response:
    """List the rows in force on a day, applied or not, with instrument, article and how well they are known."""
    day, moment, made = as_of or await call.today(), known_at or await call.now(), await activations(call)
    held, language = made.at(moment), of_scope(call.scope)
    items = [
        _shown(language, row, held)
        for row in applied_at(law.shipped(), made, moment).rows
        if row.in_force(day) and (kind is None or row.concerns(kind)) and (rule is None or row.rule is rule)
    ]
    return call.answer(LawShown(as_of=day, items=items))


@router.read("/{row_id}", access=ANSWERS_FOR_ROWS, answers=RowHistory)
async def row_history(row_id: str, call: Call) -> Response:
    """Show a row with every activation of it, by whom and why."""
    now, made = await call.now(), await activations(call)
    row = next((row for row in applied_at(law.shipped(), made, now).rows if row.row_id == row_id), None)
    if row is None:
        raise LawRowUnknown(row_id)
    own = [one for one in made.made if one.row_id == row_id]
    refs = [one.reasons for one in own] + [one.withdrawn.reasons for one in own if one.withdrawn]
    texts = {id_: found.text for id_, found in (await call.documents(refs)).items()} if refs else {}
    shown = _shown(of_scope(call.scope), row, made.at(now))
    return call.answer(RowHistory(row=shown, activations=[_activation(one, texts) for one in own]))


@router.command("/{row_id}/activate", access=OPERATES)
async def activate(row_id: str, body: ActivationIn, call: Call) -> Response:
    """Have a row applied that ships inactive, from a source that was read; what cases have fixed stays as it is."""

    async def command() -> ActivateRow:
        reasons = await call.put_document("reasons", body.reasons)
        by, now, calendar = call.principal.person_id, await call.now(), await call.calendar()
        return ActivateRow(row_id, law.shipped(), body.stated(), body.source, reasons, now, by, calendar)

    return call.changed(row_id, await call.carry_out(LAW, LAW_ROWS, command, retry_on_conflict=True))


@router.command("/{row_id}/withdraw", access=OPERATES)
async def withdraw(row_id: str, body: Reasons, call: Call) -> Response:
    """Take an activation back; what cases have fixed by it stays as it is."""

    async def command() -> WithdrawRow:
        reasons = await call.put_document("reasons", body.reasons)
        return WithdrawRow(row_id, reasons, await call.now(), call.principal.person_id)

    return call.changed(row_id, await call.carry_out(LAW, LAW_ROWS, command, retry_on_conflict=True))


def _shown(language: Language, row: LawRow, held: Mapping[str, Activation]) -> RowShown:
    activation = held.get(row.row_id) if row.active else None
    return RowShown(
        **row.model_dump(),
        rule_name=law_words.rule(language, row),
        value_name=law_words.value(language, row),
        confidence_name=law_words.confidence(language, row),
        followed=followed(row),
        activation=None if activation is None else ActivatedBy(since=activation.since, source=activation.source),
    )


def _activation(one: Activation, texts: Mapping[UUID, str]) -> ActivationShown:
    back = one.withdrawn
    return ActivationShown(
        since=one.since,
        until=None if back is None else back.at,
        source=one.source,
        stated=one.stated,
        by=one.by,
        reasons=texts.get(one.reasons.document_id),
        withdrawn_by=None if back is None else back.by,
        withdrawn_because=None if back is None else texts.get(back.reasons.document_id),
    )
