"""`kycuong law`: the law's rows, as the suite applies them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import psycopg
import typer

from discipline.law.activation.state import Activations
from discipline.law.activation.table import applied
from discipline.law.rows import LawRow, LawTable, Rule
from inspection.directives.problems import PackError
from schemas.values import SubjectKind
from services.adapters import law, law_activations, law_words
from services.entrypoints.commands.packs import sentence
from services.entrypoints.console import err, failed, language, out, say, words
from services.entrypoints.running_suite import SuiteNotRunning, settings_of

app = typer.Typer(name="law", help="The law's rows, as the suite applies them.", no_args_is_help=True)

ISO = ["%Y-%m-%d"]
END = datetime.max.replace(tzinfo=UTC)
"""After all that is recorded: the suite's clock may be ahead of this machine's."""
Kind = Annotated[SubjectKind | None, typer.Option("--kind", help="Only rows that hold for this kind of subject.")]
About = Annotated[Rule | None, typer.Option("--rule", help="Only rows of this rule.")]
First = Annotated[datetime, typer.Argument(formats=ISO, metavar="DATE", help="One of the two days.")]


@app.command()
def check(
    files: Annotated[list[Path] | None, typer.Argument(help="Of one table; without any, what is shipped.")] = None,
) -> None:
    """Say what is wrong with the table: file, line and mend. Exit code 1 if anything is."""
    paths = files or sorted(law.FOLDER.glob("*.yaml"))
    try:
        table = law.read(paths)
    except PackError as error:
        for problem in error.problems:
            err.print(sentence(problem), style="red", markup=False)
        raise typer.Exit(1) from None
    active = sum(row.active for row in table.rows)
    say("law-sound", files=len(paths), rows=len(table.rows), active=active, inactive=len(table.rows) - active)


@app.command()
def show(
    at: Annotated[datetime, typer.Option(formats=ISO, help="The day: of the fact for substance, of the step else.")],
    kind: Kind = None,
    rule: About = None,
    activated: Annotated[bool, typer.Option("--activated", help="With what was activated in the deployment.")] = False,
    data: Annotated[Path | None, typer.Option(envvar="KYCUONG_DATA", help="Data folder of `kycuong up`.")] = None,
) -> None:
    """Show every row in force on a day, with its source and whether it is applied."""
    held = _recorded(data).at(END) if activated else {}
    rows = [row for row in _chosen(applied(law.shipped(), held), kind, rule) if row.in_force(at.date())]
    for row in rows:
        _print(row)
        if row.active and (found := held.get(row.row_id)) is not None:
            out.print(f"    {words('law-activated', since=found.since, source=found.source)}", markup=False)
    active = sum(row.active for row in rows)
    say("law-shown", day=at.date(), active=active, inactive=len(rows) - active)
    if not activated:
        say("law-shown-as-shipped")


@app.command()
def diff(first: First, second: First, kind: Kind = None, rule: About = None) -> None:
    """Show which rows ended and which began between two days."""
    earlier, later = sorted((first.date(), second.date()))
    rows = _chosen(law.shipped(), kind, rule)
    _changed("law-ended", [row for row in rows if row.in_force(earlier) and not row.in_force(later)], earlier, later)
    _changed("law-began", [row for row in rows if row.in_force(later) and not row.in_force(earlier)], earlier, later)


def _recorded(data: Path | None) -> Activations:
    try:
        return law_activations.recorded(settings_of(data).dsn("discipline"))
    except SuiteNotRunning as absent:
        failed("suite-not-running", folder=str(absent))
    except psycopg.OperationalError:
        failed("store-database")


def _chosen(table: LawTable, kind: SubjectKind | None, rule: Rule | None) -> list[LawRow]:
    chosen: Iterable[LawRow] = table.rows
    if kind is not None:
        chosen = (row for row in chosen if row.concerns(kind))
    return [row for row in chosen if rule is None or row.rule is rule]


def _changed(text_id: str, rows: Sequence[LawRow], first: date, second: date) -> None:
    say(text_id, first=first, second=second, count=len(rows))
    for row in rows:
        _print(row)


def _print(row: LawRow) -> None:
    here = language()
    holds = (law_words.subjects(here, row), law_words.period(here, row))
    known = (law_words.confidence(here, row), law_words.state(here, row))
    out.print(row.row_id, style="bold" if row.active else "dim", markup=False)
    out.print(f"    {law_words.rule(here, row)}: {law_words.value(here, row)}", markup=False)
    out.print(f"    {law_words.source(here, row)}; {'; '.join(holds)}", markup=False)
    out.print(f"    {', '.join(known)}. {row.source}", markup=False)
