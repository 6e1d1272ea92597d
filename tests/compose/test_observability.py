"""Prometheus itself reads its configuration and the dashboards' expressions, and tries the rules on their examples."""

import json
from pathlib import Path

import pytest
import yaml

from tests.compose import engine

pytestmark = [pytest.mark.timeout(900), pytest.mark.xdist_group("compose")]

FOLDER = engine.ROOT / "deploy" / "observability"


def promtool(*arguments: str, beside: tuple[Path, ...] = ()) -> str:
    """What promtool says, in the image that compose.yaml asks for, on what compose.yaml mounts, and on files beside."""
    mounts = [f"--volume={FOLDER / name}:/etc/prometheus/{name}:ro" for name in ("prometheus.yml", "alerts.yml")]
    mounts += [f"--volume={FOLDER / 'alerts.test.yml'}:/etc/prometheus/alerts.test.yml:ro"]
    mounts += [f"--volume={path}:/etc/prometheus/{path.name}:ro" for path in beside]
    image = "prom/prometheus:v2.42.0"
    inside = ("--network=none", "--workdir=/etc/prometheus", "--entrypoint=/bin/promtool", image)
    done = engine.docker("run", "--rm", *mounts, *inside, *arguments)
    return done.stdout + done.stderr


@pytest.mark.usefixtures("images")
def test_prometheus_reads_its_configuration() -> None:
    assert "rules found" in promtool("check", "config", "prometheus.yml")


@pytest.mark.usefixtures("images")
def test_the_rules_do_on_their_examples_what_they_say() -> None:
    assert "SUCCESS" in promtool("test", "rules", "alerts.test.yml")


@pytest.mark.usefixtures("images")
def test_prometheus_understands_what_the_dashboards_ask(tmp_path: Path) -> None:
    """As rules, which it can check without a server."""
    dashboards = [json.loads(path.read_text()) for path in (FOLDER / "grafana" / "dashboards").glob("*.json")]
    panels = [panel for dashboard in dashboards for panel in dashboard["panels"]]
    asked = [target["expr"] for panel in panels for target in panel["targets"]]
    rules = [{"record": f"asked:{number}", "expr": expression} for number, expression in enumerate(asked)]
    path = tmp_path / "asked.yml"
    path.write_text(yaml.safe_dump({"groups": [{"name": "asked", "rules": rules}]}))
    path.chmod(0o644)
    assert f"SUCCESS: {len(asked)} rules found" in promtool("check", "rules", path.name, beside=(path,))
