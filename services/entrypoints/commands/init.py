"""`kycuong init`: settings and secrets for a deployment with docker-compose."""

from pathlib import Path
from typing import Annotated

import typer

from services.entrypoints.console import failed, say
from services.entrypoints.deployment import Choices, NotRoot, lay_out

app = typer.Typer()


@app.command()
def init(
    folder: Annotated[Path, typer.Option(help="Folder of the deployment.")] = Path(),
    host: Annotated[
        list[str] | None, typer.Option(help="Name or address by which people reach it; may be repeated.")
    ] = None,
    issuer: Annotated[str | None, typer.Option(help="OIDC issuer that signs people in.")] = None,
    trial: Annotated[
        bool, typer.Option("--trial", help="Without an identity provider, for sample people only.")
    ] = False,
    publish: Annotated[str, typer.Option(help="Port, or address:port, of the proxy.")] = "443",
    cluster: Annotated[
        bool, typer.Option("--cluster", help="Three brokers with TLS, logins and access lists, instead of one.")
    ] = False,
    demo_clock: Annotated[bool, typer.Option("--demo-clock", help="Let the suite's time be moved.")] = False,
) -> None:
    """Write .env and strong secrets, each in a file of its own; what is there already stays."""
    if (issuer is None) is not trial:
        failed("init-issuer")
    if demo_clock and not trial:
        failed("init-demo-clock")
    try:
        made = lay_out(folder, Choices(host or ["localhost"], issuer, publish, demo_clock, cluster))
    except NotRoot:
        failed("init-not-root")
    say("init-made", count=len(made), names=", ".join(made)) if made else say("init-kept")
    say("init-next")
