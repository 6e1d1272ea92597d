"""Prometheus itself reads its configuration and tries the rules on their examples."""

import pytest

from tests.compose import engine

pytestmark = [pytest.mark.timeout(900), pytest.mark.xdist_group("compose")]

FOLDER = engine.ROOT / "deploy" / "observability"


def promtool(*arguments: str) -> str:
    """What promtool says, in the image that compose.yaml asks for, on what compose.yaml mounts."""
    mounts = [f"--volume={FOLDER / name}:/etc/prometheus/{name}:ro" for name in ("prometheus.yml", "alerts.yml")]
    mounts += [f"--volume={FOLDER / 'alerts.test.yml'}:/etc/prometheus/alerts.test.yml:ro"]
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
