"""Brokers that ask who comes: each process does its work under its own login, and nothing beyond it."""

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import (
    ACLFilter,
    ACLOperation,
    ACLPermissionType,
    ACLResourcePatternType,
    ResourcePatternFilter,
    ResourceType,
)
from kafka.errors import (
    ClusterAuthorizationFailedError,
    GroupAuthorizationFailedError,
    KafkaError,
    TopicAuthorizationFailedError,
)

from schemas.topics import RESTRICTED, TOPICS
from services.adapters.kafka import access
from services.adapters.kafka.access import AccessNotGranted, Grant
from services.adapters.kafka.brokers import Brokers, Login
from services.adapters.kafka.lag import acknowledged, unapplied
from services.adapters.kafka.publication import Message
from services.adapters.kafka.published import records
from services.adapters.kafka.sender import NotSent, Refused, Sender
from services.adapters.kafka.topics import partitions_of
from services.entrypoints import secret_files
from services.entrypoints.certificates import authority, certificate_alone
from services.entrypoints.deployment import LOGINS
from services.entrypoints.settings import Settings
from tests import servers
from tests.kafka.conftest import eventually
from tests.kafka.guarded import GuardedKafka
from tests.parts import Database
from tests.processes import Household

MESSAGE = Message("inspection.restricted", b"key", b"value", [], None)
"""What a relay sends; no worker could read it, which is as well here."""

BRIEFLY = {"bootstrap_timeout_ms": 3_000}
"""kafka-python knocks again and again, whatever it is told."""

As = Callable[[str], Brokers]


@pytest.fixture(scope="module")
def guarded(runtime_folder: Path) -> Iterator[GuardedKafka]:
    """With topics, passwords and access lists, made by the process that makes them in a deployment."""
    servers.fetch_jars()
    folder = runtime_folder / "guarded"
    folder.mkdir()
    with GuardedKafka(folder) as broker:
        let_in(broker, broker.secrets, prefix="")
        yield broker


def let_in(broker: GuardedKafka, kept: Path, *, prefix: str) -> None:
    """Make a suite's passwords, topics and access lists, as its process `topics` does."""
    secret_files.ensure(kept, {f"kafka-{login}": secret_files.password for login in LOGINS})
    told = {
        "KYCUONG_KAFKA": broker.internal,
        "KYCUONG_KAFKA_ACCESS": "true",
        "KYCUONG_TOPIC_PREFIX": prefix,
        "KYCUONG_SECRETS": str(kept),
    }
    command = [sys.executable, "-m", "services.entrypoints.topics"]
    subprocess.run(command, env={**os.environ, **told}, check=True)


@pytest.fixture(scope="module")
def as_(guarded: GuardedKafka) -> As:
    """The broker, as one of the logins."""

    def login(name: str) -> Brokers:
        password = (guarded.secrets / f"kafka-{name}").read_text().strip()
        return Brokers(guarded.bootstrap, Login(name, password, guarded.secrets / "kafka-authority"))

    return login


def sent(brokers: Brokers) -> int:
    """Send a message; how many positions arrived. Raises `NotSent`."""
    with Sender(brokers, "", position=0) as sender:
        sender.send(1, [MESSAGE])
        assert sender.flush(seconds=20)
        return sender.acknowledged


def is_refused(brokers: Brokers) -> bool:
    """Whether a message is not taken; the broker hears of a changed list a moment after the controller."""
    try:
        return sent(brokers) != 1
    except Refused:
        return True


def may_look(brokers: Brokers) -> bool:
    """Whether the broker has heard that these may look at access lists."""
    admin = KafkaAdminClient(**brokers.options())
    anything = ResourcePatternFilter(ResourceType.ANY, None, ACLResourcePatternType.ANY)
    try:
        admin.describe_acls(ACLFilter(None, None, ACLOperation.ANY, ACLPermissionType.ANY, anything))
    except ClusterAuthorizationFailedError:
        return False
    finally:
        admin.close()
    return True


# -- what each one's work needs --------------------------------------------------------------------------------------


def test_there_is_a_login_for_everybody_who_is_granted_something() -> None:
    contexts = dict.fromkeys(RESTRICTED, ())
    assert set(access.grants("", contexts, dict.fromkeys(RESTRICTED, "group"))) == set(LOGINS)


def test_the_relay_writes(as_: As) -> None:
    assert sent(as_("relay")) == 1


@pytest.mark.parametrize("context", sorted(RESTRICTED))
async def test_a_worker_joins_its_group_and_works(
    guarded: GuardedKafka, module_database: Database, tmp_path: Path, context: str
) -> None:
    household = Household(module_database, tmp_path)
    for secret in guarded.secrets.iterdir():
        (tmp_path / secret.name).write_bytes(secret.read_bytes())
    login = {"kafka": guarded.bootstrap, "kafka_login": access.worker(context)}
    async with household.running("services.entrypoints.worker", context, **login) as running:
        assert running.process.alive


def test_the_operator_reads_every_topic_and_sees_how_far_workers_are(as_: As) -> None:
    sent(as_("relay"))
    assert list(records(as_("operator"), MESSAGE.topic))
    assert unapplied(as_("operator"), "discipline-worker", [MESSAGE.topic]) > 0


def test_the_operator_makes_more_partitions(as_: As) -> None:
    admin = KafkaAdminClient(**as_("operator").options())
    try:
        admin.create_partitions({"notifier.events": 5})
    finally:
        admin.close()
    eventually(lambda: partitions_of(as_("operator"), ["notifier.events"]) == {"notifier.events": 5})


def test_the_operator_alone_sees_how_far_somebody_from_outside_has_read(as_: As) -> None:
    """Partitions are raised only when everybody has read what there is."""
    assert acknowledged(as_("operator"), ["statistics-office"]) == {"statistics-office": {}}
    with pytest.raises(GroupAuthorizationFailedError):
        acknowledged(as_("relay"), ["statistics-office"])


# -- and no more -----------------------------------------------------------------------------------------------------


def test_the_relay_reads_nothing(as_: As) -> None:
    consumer = KafkaConsumer(**as_("relay").options(), enable_auto_commit=False)
    consumer.assign([TopicPartition(MESSAGE.topic, 0)])
    consumer.seek(TopicPartition(MESSAGE.topic, 0), 0)
    with pytest.raises(TopicAuthorizationFailedError):
        consumer.poll(timeout_ms=10_000)
    consumer.close()


@pytest.mark.parametrize("context", sorted(RESTRICTED))
def test_a_worker_writes_nothing(as_: As, context: str) -> None:
    with pytest.raises(NotSent):
        sent(as_(access.worker(context)))


def test_a_worker_reads_no_topic_of_reviews_that_its_work_does_not_need(as_: As) -> None:
    consumer = KafkaConsumer(**as_("worker-discipline").options(), enable_auto_commit=False)
    assert consumer.topics() == {"inspection.restricted", "notifier.restricted", "discipline.consultations"}
    consumer.close()


def test_a_worker_joins_no_group_of_another(as_: As) -> None:
    consumer = KafkaConsumer("inspection.restricted", **as_("worker-discipline").options(), group_id="notifier-worker")
    with pytest.raises(GroupAuthorizationFailedError):
        consumer.poll(timeout_ms=10_000)
    consumer.close(autocommit=False)


@pytest.mark.parametrize("login", LOGINS)
def test_nobody_gives_himself_access(as_: As, login: str) -> None:
    everything = {login: {Grant(ResourceType.TOPIC, topic, ACLOperation.ALL) for topic in TOPICS}}
    with pytest.raises(ClusterAuthorizationFailedError):
        access.give(as_(login), everything, {})


# -- who is not let in -----------------------------------------------------------------------------------------------


def test_a_wrong_password_is_refused(guarded: GuardedKafka) -> None:
    stranger = Login("relay", "guessed", guarded.secrets / "kafka-authority")
    with pytest.raises(KafkaError):
        KafkaAdminClient(**Brokers(guarded.bootstrap, stranger).options(), **BRIEFLY)


def test_nobody_comes_in_without_a_login(guarded: GuardedKafka) -> None:
    with pytest.raises(KafkaError):
        KafkaAdminClient(bootstrap_servers=guarded.bootstrap, **BRIEFLY)


def test_nobody_comes_to_the_brokers_own_listener_without_a_certificate(guarded: GuardedKafka, as_: As) -> None:
    told = {**as_("operator").options(), "bootstrap_servers": guarded.internal, "security_protocol": "SSL"}
    with pytest.raises(KafkaError):
        KafkaAdminClient(**told, **BRIEFLY)


def test_a_broker_of_another_authority_is_told_no_password(guarded: GuardedKafka, tmp_path: Path) -> None:
    other = tmp_path / "authority"
    other.write_text(certificate_alone(authority("another", now=dt.datetime.now(dt.UTC))))
    with pytest.raises(KafkaError):
        KafkaProducer(**Brokers(guarded.bootstrap, Login("relay", "x", other)).options(), **BRIEFLY)


def test_two_suites_on_the_same_brokers_leave_each_other_alone(guarded: GuardedKafka, as_: As, tmp_path: Path) -> None:
    """Each has logins of its own, told apart by its prefix."""
    for name in ("kafka-access", "kafka-authority"):
        (tmp_path / name).write_bytes((guarded.secrets / name).read_bytes())
    let_in(guarded, tmp_path, prefix="second.")
    settings = Settings(secrets=tmp_path, kafka=guarded.bootstrap, kafka_login="relay", topic_prefix="second.")
    second = settings.brokers
    with Sender(second, "second.", position=0) as sender:
        sender.send(1, [MESSAGE])
        assert sender.flush(seconds=20)
    assert sent(as_("relay")) == 1
    with pytest.raises(NotSent):
        sent(second)


def test_what_a_list_no_longer_says_is_taken_away(guarded: GuardedKafka, as_: As) -> None:
    narrowed = {"relay": {Grant(ResourceType.TOPIC, "discipline.events", ACLOperation.WRITE)}}
    before = {"relay": {Grant(ResourceType.TOPIC, topic, ACLOperation.WRITE) for topic in TOPICS}}
    access.give(guarded.certified, narrowed, {})
    eventually(lambda: is_refused(as_("relay")))
    access.give(guarded.certified, before, {})
    eventually(lambda: not is_refused(as_("relay")))


def test_what_the_brokers_do_not_take_away_is_told(guarded: GuardedKafka) -> None:
    """To somebody who may look at the lists and not change them."""
    watcher = Login("watcher", "looks on", guarded.secrets / "kafka-authority")
    looks = Grant(ResourceType.CLUSTER, "kafka-cluster", ACLOperation.DESCRIBE)
    access.give(guarded.certified, {watcher.name: {looks}}, {watcher.name: watcher.password})
    eventually(lambda: may_look(Brokers(guarded.bootstrap, watcher)))
    with pytest.raises(AccessNotGranted, match=watcher.name):
        access.give(Brokers(guarded.bootstrap, watcher), {watcher.name: set()}, {})
