"""`kycuong deadletter`: messages that a worker could not handle. Their content is never shown."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, NoReturn, cast

import psycopg
import typer
from rich.table import Table

from schemas.topics import DEAD_LETTERS
from services.adapters.kafka.deadletters import DeadLetters, Letter, NoSuchLetter, NotItsTurn, PredecessorMissing
from services.entrypoints.console import err, out, say, words
from services.entrypoints.running_suite import SuiteNotRunning, settings_of
from services.entrypoints.settings import Context

app = typer.Typer(name="deadletter", help="Messages that a worker could not handle.", no_args_is_help=True)

Data = Annotated[Path | None, typer.Option("--data", envvar="KYCUONG_DATA", help="Data folder of `kycuong up`.")]
Worker = Annotated[str, typer.Argument(metavar="CONTEXT", help="Whose worker: inspection, discipline or notifier.")]
Number = Annotated[int, typer.Argument(metavar="NUMBER", help="As `list` shows it.")]

OPEN = ("failed", "dead", "waiting")
COLUMNS = ("number", "context", "state", "type", "stream", "tries", "behind", "parked", "error")
CONTEXTS = tuple(DEAD_LETTERS)


@app.command("list")
def show_all(
    data: Data = None,
    discarded: Annotated[bool, typer.Option("--discarded", help="Those that were discarded.")] = False,
) -> None:
    """Show what is parked in all contexts, oldest first."""
    table = Table(*(words("deadletter-column", column=column) for column in COLUMNS))
    for context in CONTEXTS:
        with _letters(context, data) as letters:
            for letter in letters.found(("discarded",) if discarded else OPEN):
                table.add_row(*_row(context, letter))
    if table.row_count:
        out.print(table)
    else:
        say("deadletter-none")


@app.command()
def show(context: Worker, number: Number, data: Data = None) -> None:
    """Show all that is known of one message, except its content."""
    with _letters(context, data) as letters:
        letter = letters.letter(number)
        table = Table(show_header=False)
        for name in Letter.__slots__:
            table.add_row(words("deadletter-column", column=name), _written(getattr(letter, name)))
        out.print(table)


@app.command()
def retry(
    context: Worker,
    number: Annotated[int | None, typer.Argument(metavar="NUMBER", help="All that failed, without it.")] = None,
    data: Data = None,
) -> None:
    """Let a message be tried again at once; what waits behind it follows."""
    with _letters(context, data) as letters:
        count = letters.retry(number)
        if number is not None and count == 0:
            _fail("deadletter-not-failed", number=number)
        say("deadletter-retried", count=count)


@app.command()
def discard(
    context: Worker,
    number: Number,
    reason: Annotated[str, typer.Option(help="Why; it is kept.", prompt=True)],
    data: Data = None,
) -> None:
    """Give a message up for good, with a reason; what waits behind it goes on without it."""
    if not reason.strip():
        _fail("deadletter-no-reason")
    with _letters(context, data) as letters:
        letters.discard(number, reason.strip())
        say("deadletter-discarded", number=str(number))


@contextmanager
def _letters(context: str, data: Path | None) -> Iterator[DeadLetters]:
    if context not in CONTEXTS:
        _fail("deadletter-context", contexts=", ".join(CONTEXTS))
    try:
        with DeadLetters(settings_of(data).dsn(cast("Context", context)), context) as letters:
            yield letters
    except SuiteNotRunning as absent:
        _fail("kafka-suite-not-running", folder=str(absent))
    except NoSuchLetter:
        _fail("deadletter-unknown")
    except NotItsTurn as turn:
        _fail("deadletter-not-its-turn", first=str(turn.first))
    except PredecessorMissing:
        _fail("deadletter-predecessor-missing")
    except psycopg.OperationalError as failure:
        _fail("deadletter-database", reason=str(failure))


def _row(context: str, letter: Letter) -> tuple[str, ...]:
    at = f"{letter.stream}/{letter.version}" if letter.stream else f"{letter.topic}/{letter.partition}/{letter.offset}"
    fields = (letter.id, context, letter.state, letter.type, at, letter.tries, letter.behind, letter.parked_at)
    return (*map(_written, fields), _written(letter.discard_reason or letter.error))


def _written(value: object) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case _:
            return str(value)


def _fail(text_id: str, **facts: object) -> NoReturn:
    err.print(words(text_id, **facts), style="red", markup=False)
    raise typer.Exit(1)
