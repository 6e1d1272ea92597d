"""`kycuong seed`: found the sample province in the deployment that the settings name."""

import typer

from services.entrypoints import sample

app = typer.Typer()


@app.command()
def seed() -> None:
    """Found the sample province in an empty store; what is there already stays as it is."""
    raise typer.Exit(sample.main())
