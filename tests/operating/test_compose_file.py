"""compose.yaml: what every service has, also those of profiles and of a cluster."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

DEPLOY = Path(__file__).parents[2] / "deploy"
FILES = ("compose.yaml", "compose.cluster.yaml")
OURS = "kycuong:"
"""Begins the name of the image whose user, health check and end are said in deploy/images/Dockerfile."""
INNER = ("application", "data")
PUBLISHED = {
    "proxy": r"\$\{KYCUONG_PUBLISH:-443\}:8443",
    "grafana": r"\$\{KYCUONG_GRAFANA_PUBLISH:-127\.0\.0\.1:3000\}:3000",
}


def read(name: str) -> dict[str, Any]:
    """One file, with its anchors put in."""
    content: dict[str, Any] = yaml.safe_load((DEPLOY / name).read_text())
    return content


def services() -> dict[str, dict[str, Any]]:
    """Every service; what a cluster says of one that is there already stands above it."""
    found: dict[str, dict[str, Any]] = {}
    for name in FILES:
        for service, said in read(name)["services"].items():
            found[service] = found.get(service, {}) | said
    return found


SERVICES = services()
ONCE = {name for name, service in SERVICES.items() if service["restart"] == "no"}
WORKED_ON = {"database", "broker", "broker-2", "broker-3"}
every = pytest.mark.parametrize("name", SERVICES)
lasting = pytest.mark.parametrize("name", [name for name in SERVICES if name not in ONCE])


def of_the_image(name: str, instruction: str) -> bool:
    """Whether the suite's own image says it for this service."""
    dockerfile = (DEPLOY / "images" / "Dockerfile").read_text()
    return SERVICES[name]["image"].startswith(OURS) and f"\n{instruction} " in dockerfile


def test_what_runs_once_is_what_prepares_or_is_called() -> None:
    assert {"migrate", "topics", "sample", "operator"} == ONCE


@lasting
def test_a_service_starts_again_by_itself(name: str) -> None:
    assert SERVICES[name]["restart"] == "unless-stopped"


@lasting
def test_a_service_says_whether_it_does_its_work(name: str) -> None:
    told = SERVICES[name].get("healthcheck")
    assert told["test"][0] == "CMD" if told else of_the_image(name, "HEALTHCHECK")


@lasting
def test_a_service_has_time_to_end_what_it_began(name: str) -> None:
    assert re.fullmatch(r"[1-9]\d+s", SERVICES[name]["stop_grace_period"])


@pytest.mark.parametrize("name", [name for name in SERVICES if name not in ONCE | WORKED_ON])
def test_a_service_is_stopped_before_the_database_and_the_brokers_that_it_works_on(name: str) -> None:
    """A stop goes back the way of what has to be there before; docker-compose sees no further than the next step."""
    found = [read(file)["services"].get(name, {}) for file in FILES]
    before = {one for said in found for one in said.get("depends_on", ())}
    secrets = " ".join(str(said.get("secrets")) for said in found)
    assert "database" in before or "database-" not in secrets
    assert before >= WORKED_ON or "kafka-" not in secrets


@every
def test_a_service_can_take_only_so_much_memory_and_so_many_processes(name: str) -> None:
    assert re.fullmatch(r"[1-9]\d*[mg]", SERVICES[name]["mem_limit"])
    assert SERVICES[name]["pids_limit"] > 0


@every
def test_logs_are_rotated(name: str) -> None:
    assert SERVICES[name]["logging"] == {"driver": "json-file", "options": {"max-size": "10m", "max-file": "5"}}


@every
def test_a_service_is_not_root_and_can_neither_become_it_nor_change_itself(name: str) -> None:
    service = SERVICES[name]
    user = str(service.get("user", "0"))
    assert of_the_image(name, "USER") if "user" not in service else user.split(":", maxsplit=1)[0].strip("0")
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not {"privileged", "cap_add", "devices", "pid", "network_mode"} & service.keys()


@every
def test_a_service_mounts_files_of_the_host_only_to_read_them(name: str) -> None:
    for volume in SERVICES[name].get("volumes", ()):
        assert volume.endswith(":ro") or volume.partition(":")[0] in {
            each for file in FILES for each in read(file)["volumes"]
        }


def test_only_the_proxy_and_on_the_host_itself_the_dashboards_have_a_port() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published.keys() == PUBLISHED.keys()
    for name, [port] in published.items():
        assert re.fullmatch(PUBLISHED[name], port)


@every
def test_a_service_is_on_networks_that_are_named_and_the_inner_ones_have_no_way_out(name: str) -> None:
    networks = read("compose.yaml")["networks"]
    assert set(SERVICES[name]["networks"]) <= networks.keys()
    assert {network for network, said in networks.items() if said and said.get("internal")} == set(INNER)


def test_every_secret_is_a_file_of_the_one_folder() -> None:
    for file in FILES:
        for name, said in read(file)["secrets"].items():
            assert said == {"file": f"${{KYCUONG_SECRETS_FOLDER:-./secrets}}/{name}"}
