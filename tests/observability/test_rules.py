"""Alert rules and dashboards: PromQL that names only what processes tell, and a runbook that has an answer."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import promql_parser
import pytest
import yaml
from prometheus_client import REGISTRY
from promql_parser import (
    AggregateExpr,
    BinaryExpr,
    Call,
    Expr,
    MatrixSelector,
    ParenExpr,
    SubqueryExpr,
    UnaryExpr,
    VectorSelector,
)

import services.adapters.discipline.metrics
import services.adapters.kafka.metrics
import services.adapters.notifier.metrics
import services.adapters.postgres.metrics
import services.adapters.tracing.metrics
import services.entrypoints.api.edge
import services.entrypoints.api.live  # noqa: F401 - each of these declares metrics

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
OBSERVABILITY = DEPLOY / "observability"
OF_PROMETHEUS = {"up": {"job", "service", "instance"}}
"""What Prometheus itself knows of whom it asks."""
ADDED = {"job", "service", "instance", "le"}


def rules() -> list[dict[str, Any]]:
    groups = yaml.safe_load((OBSERVABILITY / "alerts.yml").read_text())["groups"]
    return [rule for group in groups for rule in group["rules"]]


def dashboards() -> dict[str, str]:
    """Title of each panel, with its letter → its expression."""
    found: dict[str, str] = {}
    for path in (OBSERVABILITY / "grafana" / "dashboards").glob("*.json"):
        for panel in json.loads(path.read_text())["panels"]:
            found |= {f"{panel['title']} {target['refId']}": target["expr"] for target in panel["targets"]}
    return found


EXPRESSIONS = {**{rule["alert"]: rule["expr"] for rule in rules()}, **dashboards()}


def selectors(expression: Expr) -> Iterator[VectorSelector]:
    """Every choice of a metric in an expression."""
    match expression:
        case VectorSelector():
            yield expression
        case MatrixSelector():
            yield expression.vector_selector
        case BinaryExpr():
            yield from selectors(expression.lhs)
            yield from selectors(expression.rhs)
        case AggregateExpr() | ParenExpr() | SubqueryExpr() | UnaryExpr():
            yield from selectors(expression.expr)
        case Call():
            for argument in expression.args:
                yield from selectors(argument)
        case _:
            return  # a number or a text


def told() -> dict[str, set[str]]:
    """Each sample that the processes tell → its labels."""
    samples = dict(OF_PROMETHEUS)
    for name, collector in REGISTRY._names_to_collectors.items():
        samples[name] = {*getattr(collector, "_labelnames", ()), *ADDED}
    return samples


@pytest.mark.parametrize("where", EXPRESSIONS)
def test_an_expression_names_only_what_processes_tell(where: str) -> None:
    samples = told()
    chosen = list(selectors(promql_parser.parse(EXPRESSIONS[where])))
    assert chosen
    for one in chosen:
        assert one.name in samples
        assert {matcher.name for matcher in one.matchers.matchers} <= samples[one.name]


@pytest.mark.parametrize("where", EXPRESSIONS)
def test_an_expression_sums_by_labels_that_its_metrics_have(where: str) -> None:
    expression = promql_parser.parse(EXPRESSIONS[where])
    grouped = set(re.findall(r"\w+", ",".join(re.findall(r"by \(([^)]*)\)", EXPRESSIONS[where]))))
    for one in selectors(expression):
        assert grouped <= told()[str(one.name)]


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule["alert"])
def test_an_alert_has_an_entry_that_says_what_it_means_where_to_look_and_what_to_do(rule: dict[str, Any]) -> None:
    page, _, anchor = rule["annotations"]["runbook"].partition("#")
    entries = re.split(r"^## ", (ROOT / page).read_text(), flags=re.MULTILINE)[1:]
    told = {re.sub(r"[^\w -]", "", one.partition("\n")[0]).strip().lower().replace(" ", "-"): one for one in entries}
    said = set(re.findall(r"^\*(Means|Look|Do|Look and do):\*", told[anchor], re.MULTILINE))
    assert said in ({"Means", "Look", "Do"}, {"Means", "Look and do"})


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule["alert"])
def test_what_an_alert_tells_it_knows(rule: dict[str, Any]) -> None:
    """A label that the expression has lost would be told as nothing."""
    named = set(re.findall(r"\$labels\.(\w+)", rule["annotations"]["summary"]))
    kept = re.findall(r"by \(([^)]*)\)", rule["expr"])
    matched = set(re.findall(r"(\w+)=", rule["expr"]))
    assert named <= ({label.strip() for by in kept for label in by.split(",")} or OF_PROMETHEUS["up"]) | matched


def test_every_service_with_a_probe_is_asked() -> None:
    """And an alert is raised where one of them is not there at all."""
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    ours = {
        name
        for name, service in compose.items()
        if service.get("image", "").startswith("kycuong:") and "healthcheck" not in service  # that is, the image's
    }
    [job] = yaml.safe_load((OBSERVABILITY / "prometheus.yml").read_text())["scrape_configs"]
    [asked] = [found["names"] for found in job["dns_sd_configs"]]
    [absent] = [rule["expr"] for rule in rules() if rule["alert"] == "ServiceAbsent"]
    assert set(asked) == ours == set(re.findall(r'service="([^"]+)"', absent))
