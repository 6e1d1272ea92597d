"""Three brokers that ask who comes: what a calm run gives comes out too when the leader is lost under load."""

import random
import time
from pathlib import Path

import pytest
import yaml
from kafka import KafkaAdminClient
from kafka.admin import ConfigResource

from schemas.topics import RESTRICTED, TOPICS
from services.entrypoints.deployment import BROKERS
from tests.compose import engine
from tests.compose.deployment import HEALTHY_SECONDS, SERVICES, Deployment
from tests.compose.flow import DAYS, Flow

INIT = ("--cluster",)
pytestmark = [pytest.mark.timeout(900), pytest.mark.xdist_group("compose")]

FINDINGS = "inspection.restricted"
WRITES = """
from services.adapters.kafka.publication import Message
from services.adapters.kafka.sender import NotSent, Sender
from services.entrypoints.settings import Settings
with Sender(Settings().brokers, "", position=0) as sender:
    try:
        sender.send(1, [Message("inspection.restricted", b"key", b"forged", [])])
        sender.flush(seconds=30)
    except NotSent as refused:
        print("refused:", refused)
    else:
        print("taken")
"""


@pytest.fixture(scope="module")
def brokers(deployment: Deployment) -> Deployment:
    deployment.wait_healthy(*BROKERS.values())
    return deployment


def leaders(deployment: Deployment) -> list[str]:
    """The names of the brokers that lead the partitions of findings, one for each partition."""
    names = dict(enumerate(BROKERS.values(), start=1))
    with deployment.broker_reached():
        admin = KafkaAdminClient(**deployment.settings.brokers.options())
        try:
            [topic] = admin.describe_topics([FINDINGS])
        finally:
            admin.close()
    return [names[partition["leader_id"]] for partition in topic["partitions"]]


def test_every_message_is_on_three_brokers_and_counts_when_two_have_it(brokers: Deployment) -> None:
    with brokers.broker_reached():
        admin = KafkaAdminClient(**brokers.settings.brokers.options())
        try:
            described = admin.describe_topics(list(TOPICS))
            told = admin.describe_configs([ConfigResource("TOPIC", name) for name in TOPICS], config_filter="all")
        finally:
            admin.close()
    copies = {len(partition["replica_nodes"]) for topic in described for partition in topic["partitions"]}
    needed = {settings["min.insync.replicas"]["value"] for settings in told["topic"].values()}
    assert (len(described), copies, needed) == (len(TOPICS), {3}, {"2"})


def test_a_worker_that_was_taken_over_forges_no_finding(brokers: Deployment) -> None:
    """With the worker's own login, from inside its own container."""
    inside = ("exec", "--interactive", brokers.one("worker-discipline"), "python", "-")
    assert engine.docker(*inside, stdin=WRITES).stdout.startswith("refused: ")


def test_each_broker_and_each_process_holds_its_own_proof_alone(brokers: Deployment) -> None:
    def held(service: str) -> set[str]:
        listed = engine.docker("exec", brokers.one(service), "ls", "/run/secrets").stdout.split()
        return {name for name in listed if name.startswith("kafka-")}

    assert held("relay") == {"kafka-authority", "kafka-relay"}
    assert held("worker-notifier") == {"kafka-authority", "kafka-worker-notifier"}
    assert held("broker-2") == {"kafka-authority", "kafka-broker"}
    assert held("api") == set()


def test_compose_reads_every_profile(brokers: Deployment) -> None:
    profiles = [f"--profile={name}" for name in ("observability", "mail", "trial", "operate")]
    shown = yaml.safe_load(brokers.operator.tried("compose", *profiles, "config").stdout)
    assert shown["services"].keys() == {
        name for path in brokers.operator.files for name in yaml.safe_load(path.read_text())["services"]
    }


def test_prometheus_asks_every_container(brokers: Deployment) -> None:
    """The profile `observability`, beside what runs already."""
    brokers.kycuong("compose", "--profile", "observability", "up", "-d", "--no-deps", "prometheus")
    brokers.wait_healthy("prometheus")
    query = ("promtool", "query", "instant", "http://127.0.0.1:9090", "count by (service) (up == 1)")
    services = {"api", "registry", "relay", "clock", "courier", *(f"worker-{context}" for context in RESTRICTED)}
    shown = ""
    deadline = time.monotonic() + HEALTHY_SECONDS
    while silent := {service for service in services if f'service="{service}"' not in shown}:
        assert time.monotonic() < deadline, f"not asked, or without an answer: {sorted(silent)}; shown: {shown}"
        time.sleep(1)
        shown = engine.docker("exec", brokers.one("prometheus"), *query).stdout
    brokers.kycuong("compose", "--profile", "observability", "rm", "--stop", "--force", "prometheus")


def test_the_loss_of_a_leader_and_then_of_two_brokers_loses_and_doubles_nothing(brokers: Deployment) -> None:
    """Under load: the leader is killed and comes back; then two at once, so that nothing can be sent at all."""
    lost: list[str] = []

    def kill_the_leader() -> None:
        lost.append(brokers.one(leaders(brokers)[0]))
        engine.docker("kill", lost[-1])

    def bring_back() -> None:
        while lost:
            engine.docker("start", lost.pop())
        brokers.wait_healthy(*BROKERS.values())

    def kill_two() -> None:
        for name in ("broker-2", "broker-3"):
            lost.append(brokers.one(name))
            engine.docker("kill", lost[-1])

    flow = Flow(brokers, random.Random(0), "cluster")
    flow.under([kill_the_leader, bring_back, kill_two, bring_back])
    brokers.wait_healthy()
    brokers.cli("clock", "advance", "--days", DAYS)
    flow.check()
    brokers.cli("verify")


def test_a_lost_cluster_comes_back_from_its_backup(brokers: Deployment) -> None:
    """New brokers let in whoever may come before anybody needs them."""
    before = brokers.history()
    backup = brokers.backup()
    brokers.kycuong("compose", "down", "--volumes", "--timeout", "10")
    assert brokers.all() == []
    assert "checkpoints published again" in brokers.kycuong("restore", backup.name, seconds=900)
    brokers.wait_healthy(*SERVICES, *BROKERS.values())
    assert before
    assert before <= brokers.history()


def test_a_cluster_is_upgraded_from_the_folder_of_another_release(brokers: Deployment, tmp_path: Path) -> None:
    """Under load, as from the next bundle: everything is replaced, the brokers too, and nothing is lost or doubled."""
    engine.docker("tag", engine.inspect(brokers.one("api"), "{{.Config.Image}}"), "kycuong:next")
    before = set(brokers.all())
    brokers.operator = brokers.operator.with_copy(tmp_path)
    flow = Flow(brokers, random.Random(0), "upgraded-cluster")
    flow.under([lambda: print(brokers.kycuong("upgrade", "next", seconds=900))])  # noqa: T201 -- for a failure
    brokers.wait_healthy(*SERVICES, *BROKERS.values())
    assert before & set(brokers.all()) == set()
    assert {engine.inspect(one, "{{.Config.Image}}") for one in brokers.all("relay")} == {"kycuong:next"}
    brokers.cli("clock", "advance", "--days", DAYS)
    flow.check()
    brokers.cli("verify")
