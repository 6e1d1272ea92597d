"""`kycuong schemas`: write the contracts down for others, in a checkout of the suite."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import typer
import yaml

import discipline.law
import inspection.directives
import schemas
from discipline.law.rows import LawFile
from inspection.directives.source import Defaults, PackSource
from schemas.publishing.asyncapi import asyncapi
from schemas.publishing.compatibility import Break, breaks, moves
from schemas.publishing.json_schema import HEADERS, editor_schema, json_schemas, published, read
from schemas.publishing.samples import sample
from schemas.registry import CONTRACTS
from schemas.topics import KEYS
from schemas.upcasting import UPCASTERS
from services.application.province import Province
from services.entrypoints.console import err, say

app = typer.Typer(name="schemas", help="The contracts as documents.", no_args_is_help=True)

SCHEMAS = Path(schemas.__file__).parent
PACKS = Path(inspection.directives.__file__).parent
LAW = Path(discipline.law.__file__).parent
GOLDEN = SCHEMAS / "golden"
RELEASED = SCHEMAS / "released"
TOPICS = RELEASED / "topics.json"
PROVINCE = Path(str(files("deploy"))) / "sample" / "province.schema.json"


@app.command()
def write() -> None:
    """Write JSON Schema, AsyncAPI and the samples that are missing; a sample that is there is never touched."""
    current = documents()
    for path in stale(current):
        path.unlink()
    for path, text in {**missing_samples(), **current}.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    say("schemas-written", count=len(current), folder=str(SCHEMAS))


@app.command()
def release() -> None:
    """Make today's contracts the released ones, which later changes are compared with."""
    if found := broken():
        for one in found:
            err.print(str(one), style="red", markup=False)
        raise typer.Exit(1)
    RELEASED.mkdir(exist_ok=True)
    for name, document in json_schemas().items():
        (RELEASED / f"{name}.json").write_text(_json(document), encoding="utf-8")
    TOPICS.write_text(_json(places()), encoding="utf-8")
    say("schemas-released", count=len(CONTRACTS))


def documents() -> dict[Path, str]:
    """Return what stands in the committed documents, by file."""
    written = {SCHEMAS / "json" / f"{name}.json": _json(document) for name, document in json_schemas().items()}
    written[SCHEMAS / "asyncapi.yaml"] = _yaml(asyncapi())
    written[PACKS / "pack.schema.json"] = _json(editor_schema("pack", PackSource))
    written[PACKS / "defaults.schema.json"] = _json(editor_schema("defaults", Defaults))
    written[LAW / "law.schema.json"] = _json(editor_schema("law", LawFile))
    written[PROVINCE] = _json(editor_schema("province", Province))
    return written


def stale(current: dict[Path, str]) -> list[Path]:
    """Return the committed documents of contracts that are no more."""
    return sorted(path for path in (SCHEMAS / "json").glob("*.json") if path not in current)


def missing_samples() -> dict[Path, str]:
    """Return samples for the contracts that have none yet."""
    wanted = {GOLDEN / f"{type_}.json": contract for type_, contract in CONTRACTS.items()}
    return {path: _json(sample(contract)) for path, contract in wanted.items() if not path.exists()}


def places() -> dict[str, dict[str, str | None]]:
    """Return the topic and the key of every event."""
    return {type_: {"topic": contract.topic, "key": KEYS[type_]} for type_, contract in sorted(CONTRACTS.items())}


def broken() -> list[Break]:
    """Return every change since the last release that a reader would not survive."""
    if not RELEASED.exists():
        return []
    paths = [path for path in sorted(RELEASED.glob("*.json")) if path != TOPICS]
    released = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in paths}
    current = {name: read(name, contract) for name, contract in {**published(), **HEADERS}.items()}
    moved = moves(json.loads(TOPICS.read_text(encoding="utf-8")), places())
    return [*breaks(released, current, UPCASTERS), *moved]


def _json(document: Any) -> str:  # noqa: ANN401 -- any JSON
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


class _Readable(yaml.SafeDumper):
    """Texts of several lines as such, and nothing as a reference."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 -- yaml's signature
        return True


_Readable.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None),
)


def _yaml(document: Any) -> str:  # noqa: ANN401 -- any JSON
    return yaml.dump(document, Dumper=_Readable, sort_keys=False, allow_unicode=True, width=120)
