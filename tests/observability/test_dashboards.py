"""A dashboard is what Grafana's own schema knows: read by it and written again, it is the same."""

import json
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.cog.plugins import register_default_plugins
from grafana_foundation_sdk.models.dashboard import Dashboard

FOLDER = Path(__file__).parents[2] / "deploy" / "observability" / "grafana" / "dashboards"
PATHS = sorted(FOLDER.glob("*.json"))


@pytest.fixture(autouse=True, scope="module")
def kinds_of_panels() -> None:
    """Their options have schemas of their own."""
    register_default_plugins()


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def again(dashboard: dict[str, Any]) -> Any:
    """As the schema understood it: what it does not know is gone, what was left out may be there."""
    return json.loads(JSONEncoder().encode(Dashboard.from_json(dashboard)))


def lost(said: Any, understood: Any, where: str = "") -> list[str]:
    """What was said and is not understood so."""
    if isinstance(said, dict) and isinstance(understood, dict):
        return [gone for key in said for gone in lost(said[key], understood.get(key), f"{where}.{key}")]
    if isinstance(said, list) and isinstance(understood, list) and len(said) == len(understood):
        pairs = enumerate(zip(said, understood, strict=True))
        return [gone for number, (one, other) in pairs for gone in lost(one, other, f"{where}[{number}]")]
    return [] if said == understood else [where]


def test_the_schema_is_that_of_the_grafana_that_is_deployed() -> None:
    compose = (FOLDER.parents[2] / "compose.yaml").read_text()
    deployed = re.findall(r"KYCUONG_GRAFANA_IMAGE:-grafana/grafana:([\d.]+)", compose)
    assert [version("grafana-foundation-sdk").partition("!")[2]] == deployed


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_grafanas_schema_knows_all_that_a_dashboard_says(path: Path) -> None:
    dashboard = read(path)
    assert lost(dashboard, again(dashboard)) == []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_it_would_miss_what_the_schema_does_not_know(path: Path) -> None:
    dashboard = read(path)
    panel = dashboard["panels"][0]
    panel["options"]["legend"]["place"] = panel["options"]["legend"].pop("placement")
    panel["targets"][0]["expression"] = panel["targets"][0].pop("expr")
    found = lost(dashboard, again(dashboard))
    assert found == [".panels[0].options.legend.place", ".panels[0].targets[0].expression"]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_panels_have_places_and_numbers_of_their_own(path: Path) -> None:
    panels = read(path)["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    taken = [
        (x, y)
        for place in (panel["gridPos"] for panel in panels)
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["y"], place["y"] + place["h"])
    ]
    assert len(set(taken)) == len(taken)
    assert all(x < 24 for x, _ in taken)
