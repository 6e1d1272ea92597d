"""`kycuong packs`: look at directives' packs before an authority adopts them."""

from pathlib import Path
from typing import Annotated

import typer

from inspection.directives.problems import PackError, PackProblem
from schemas.inspection.directives import Pack
from services.adapters import packs
from services.entrypoints.console import err, say, words

app = typer.Typer(name="packs", help="Directives' packs.", no_args_is_help=True)
app.callback()(lambda: None)  # a group even while it has one command


@app.command()
def check(
    files: Annotated[list[Path] | None, typer.Argument(help="Pack files; without any, those that are shipped.")] = None,
) -> None:
    """Say of each pack what is wrong with it: file, line and mend. Exit code 1 if anything is."""
    wrong = False
    for path in files or packs.shipped():
        try:
            pack = packs.read(path)
        except PackError as error:
            wrong = True
            for problem in error.problems:
                err.print(sentence(problem), style="red", markup=False)
        else:
            say("pack-sound", file=str(path), **_numbers(pack))
    if wrong:
        raise typer.Exit(1)


def sentence(problem: PackProblem) -> str:
    """What is wrong, where, and how to mend it, in the reader's language."""
    facts = {name: str(fact) for name, fact in problem.facts.items()}
    stands = f"{problem.file}:{problem.line}: {problem.where}".removesuffix(": ")
    hint = words("pack-nearest", nearest=facts["nearest"]) if facts.get("nearest") else ""
    said = (words(problem.code, **facts), hint, words(f"{problem.code}.mend", **facts))
    return f"{stands}: {' '.join(filter(None, said))}"


def _numbers(pack: Pack) -> dict[str, str]:
    return {
        "types": str(len(pack.violation_types)),
        "duties": str(len(pack.duties)),
        "reports": str(len(pack.reports)),
        "indicators": str(len(pack.indicators)),
    }
