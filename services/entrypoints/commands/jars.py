"""`kycuong jars`: the broker's jars."""

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from services.adapters.embedded import jars
from services.entrypoints.console import err, failures_said, out, say, words

app = typer.Typer(name="jars", help="The broker's jars.", no_args_is_help=True)


@app.command()
def fetch() -> None:
    """Download the jars that are missing, and prove all of them."""
    with failures_said():
        fetch_missing()
        wanted = jars.manifest()
        cache = jars.cache_folder()
        jars.class_path(wanted, cache)
        say("jars-fetched", count=len(wanted), folder=str(cache))


@app.command()
def pin() -> None:
    """Resolve the broker anew and print its manifest (deploy/broker/jars.lock)."""
    from services.adapters.embedded import maven  # noqa: PLC0415 - brings a network library that `up` has no use for

    out.print(
        "# The broker's jars: coordinate, SHA-256, bytes. Made by `kycuong jars pin`; a jar that differs is refused."
    )
    for jar in maven.pin(lambda _: None):
        out.print(f"{jar.coordinate} {jar.sha256} {jar.size}")


def fetch_missing() -> None:
    """Download what is missing, with a bar; does nothing when all jars are there.

    Raises:
        EmbeddedFailure: `jar-not-fetched` or `jar-differs`.
    """
    cache = jars.cache_folder()
    lacking = jars.missing(jars.manifest(), cache)
    if not lacking:
        return
    from services.adapters.embedded import maven  # noqa: PLC0415 - brings a network library, needed the first time only

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=err) as progress:
        task = progress.add_task(words("up-fetching"), total=sum(jar.size for jar in lacking))
        maven.fetch(lacking, cache, advance=lambda size: progress.advance(task, size))
