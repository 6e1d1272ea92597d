"""`kycuong doctor`: what is missing or broken, one line each with the mend."""

from typing import Annotated

import typer

from services.entrypoints.commands.up import Data
from services.entrypoints.console import out, words
from services.entrypoints.doctor import examine

app = typer.Typer()


@app.command()
def doctor(
    data: Data,
    port: Annotated[int, typer.Option(help="Port that the API is to have.")] = 8000,
) -> None:
    """Say what is missing or broken, one line each with the mend; exit code 1 when something is."""
    broken = False
    for finding in examine(data, port):
        text_id = f"doctor-{finding.name}" if finding.well else f"doctor-{finding.name}.mend"
        mark, colour = ("✓", "") if finding.well else ("✗", "red")
        out.print(f"{mark} {words(text_id, **finding.facts)}", style=colour, markup=False)
        broken = broken or not finding.well
    raise typer.Exit(code=1 if broken else 0)
