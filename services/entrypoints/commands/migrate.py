"""`kycuong migrate`: bring the database to the newest form."""

import typer

from services.entrypoints import migrate as migration

app = typer.Typer()


@app.command()
def migrate() -> None:
    """Make logins and schemas and run every context's migrations; does nothing where nothing is to do."""
    migration.main()
