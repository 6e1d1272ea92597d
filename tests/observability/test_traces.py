"""The trace store of the deployment: who sends to it, who asks it, and that all of them mean the same places."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from services.entrypoints.tracing import wanted

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
GRAFANA = DEPLOY / "observability" / "grafana"
SAYS = re.compile(r"\$\{(\w+):-([^}]*)\}")


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text())


SERVICES: dict[str, dict[str, Any]] = read(DEPLOY / "compose.yaml")["services"]
STORE = read(DEPLOY / "observability" / "traces.yaml")
PROCESSES = [name for name, service in SERVICES.items() if "KYCUONG_PROCESS" in service.get("environment", {})]
SOURCES = {
    source["uid"]: source
    for path in (GRAFANA / "provisioning" / "datasources").glob("*.yml")
    for source in read(path)["datasources"]
}
DASHBOARDS = [json.loads(path.read_text()) for path in (GRAFANA / "dashboards").glob("*.json")]


def told(name: str, **settings: str) -> dict[str, str]:
    """What a process is told about traces, with these settings in `.env`."""
    environment = SERVICES[name]["environment"]
    variables = {key: str(value) for key, value in environment.items() if key.startswith("OTEL_")}
    return {key: SAYS.sub(lambda says: settings.get(says[1], says[2]), value) for key, value in variables.items()}


def port(endpoint: str) -> str:
    return endpoint.rpartition(":")[2]


@pytest.mark.parametrize("name", PROCESSES)
def test_a_process_sends_spans_where_one_setting_says_so_and_otherwise_none(name: str) -> None:
    assert not wanted(told(name))
    assert wanted(told(name, KYCUONG_TRACES="http://traces:4318"))


@pytest.mark.parametrize("name", ["api", "relay", "worker-discipline", "clock", "courier"])
def test_a_process_that_sends_reaches_the_store(name: str) -> None:
    assert set(SERVICES["traces"]["networks"]) <= set(SERVICES[name]["networks"])


def test_every_trace_is_kept_unless_a_setting_says_which() -> None:
    assert told("api")["OTEL_TRACES_SAMPLER"] == "parentbased_always_on"
    some = told("api", KYCUONG_TRACES_SAMPLER="parentbased_traceidratio", KYCUONG_TRACES_SAMPLER_ARG="0.1")
    assert (some["OTEL_TRACES_SAMPLER"], some["OTEL_TRACES_SAMPLER_ARG"]) == ("parentbased_traceidratio", "0.1")


def test_the_page_names_every_setting_with_what_holds_without_it() -> None:
    page = (ROOT / "docs" / "observability.md").read_text()
    settings = dict(SAYS.findall(json.dumps([SERVICES["api"]["environment"], SERVICES["traces"]])))
    for name, value in settings.items():
        if name.startswith("KYCUONG_TRACES"):
            assert re.search(rf"`{name}`.*{re.escape(value)}", page), name


def test_the_store_listens_where_the_page_says_and_grafana_and_the_health_check_ask() -> None:
    protocols = STORE["receivers"]["otlp"]["protocols"]
    page = (ROOT / "docs" / "observability.md").read_text()
    assert f"KYCUONG_TRACES=http://traces:{port(protocols['http']['endpoint'])}\n" in page
    query, health = STORE["extensions"]["jaeger_query"], STORE["extensions"]["healthcheckv2"]
    assert SOURCES["traces"]["url"] == f"http://traces:{port(query['http']['endpoint'])}"
    assert urlsplit(SERVICES["traces"]["healthcheck"]["test"][-1]).netloc == health["http"]["endpoint"]


def test_the_store_keeps_what_it_takes_on_its_volume() -> None:
    [pipeline] = STORE["service"]["pipelines"].values()
    [exporter] = pipeline["exporters"]
    kept = STORE["exporters"][exporter]["trace_storage"]
    badger = STORE["extensions"]["jaeger_storage"]["backends"][kept]["badger"]
    assert STORE["extensions"]["jaeger_query"]["storage"]["traces"] == kept
    [volume] = [one for one in SERVICES["traces"]["volumes"] if not one.endswith(":ro")]
    assert all(place.startswith(f"{volume.partition(':')[2]}/") for place in badger["directories"].values())
    assert not badger["ephemeral"]


def test_what_the_stores_pipeline_names_is_there() -> None:
    service = STORE["service"]
    assert set(service["extensions"]) == STORE["extensions"].keys()
    for kind in ("receivers", "processors", "exporters"):
        assert {name for pipeline in service["pipelines"].values() for name in pipeline[kind]} == STORE[kind].keys()


def test_every_panel_and_every_link_asks_a_source_that_is_provisioned() -> None:
    for dashboard in DASHBOARDS:
        for panel in dashboard["panels"]:
            for source in (panel["datasource"], *(target["datasource"] for target in panel["targets"])):
                assert SOURCES[source["uid"]]["type"] == source["type"]


def test_the_dashboard_leads_to_the_traces() -> None:
    [link] = [link for dashboard in DASHBOARDS for link in dashboard["links"]]
    [panes] = parse_qs(urlsplit(link["url"]).query)["panes"]
    [pane] = json.loads(panes).values()
    [query] = pane["queries"]
    assert {pane["datasource"], query["datasource"]["uid"]} == {"traces"}
    assert query["datasource"]["type"] == SOURCES["traces"]["type"]
    assert query["service"] in PROCESSES
