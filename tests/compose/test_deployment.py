"""A deployment as operators run it: what must hold while it works, while parts of it break, and after it was lost."""

import random
import re
import shutil
import stat
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import httpx
import pytest

from schemas.topics import RESTRICTED
from services.adapters.kafka.topics import partitions_of
from services.application.identity import Role
from tests.compose import engine
from tests.compose.deployment import SERVICES, Deployment
from tests.compose.flow import DAYS, Flow
from tests.whole.sample import Sample

pytestmark = [pytest.mark.timeout(900), pytest.mark.xdist_group("compose")]

NOT_ROOT = True
"""All that is done here an operator does who may use the engine and is nobody else."""

OUTAGE_SECONDS = 4.0
"""How long what is paused or cut off stays so: longer than a poll, shorter than a client's patience."""
KILLED = 137
PATIENCE = 60.0
"""Seconds for something that takes a moment."""
PROBE = """
import concurrent.futures, socket, sys
def opened(place):
    host, port = place.split(":")
    try:
        socket.create_connection((host, int(port)), timeout=2).close()
    except OSError:
        return False
    return True
with concurrent.futures.ThreadPoolExecutor(len(sys.argv)) as asking:
    for place, there in zip(sys.argv[1:], asking.map(opened, sys.argv[1:])):
        if there:
            print(place)
"""


def followed_up(deployment: Deployment, sample: Sample) -> str:
    """Submit a finding, and wait for its follow-up; its id."""
    token = sample.inspector()
    finding = deployment.command("/inspection/findings", token, sample.finding())
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        items = deployment.get("/inspection/findings", token, mine="true")["items"]
        if any(one["id"] == finding["id"] and one.get("follow_up") for one in items):
            return str(finding["id"])
        time.sleep(0.2)
    raise AssertionError("no follow-up came")


@contextmanager
def live(deployment: Deployment, path: str, token: str, *, after: str = "") -> Iterator[Iterator[str]]:
    """The ids of a live stream's events, as they come."""
    headers = {"Authorization": f"Bearer {token}", "Accept": "text/event-stream", "Last-Event-ID": after}
    with deployment.client.stream("GET", path, headers={name: told for name, told in headers.items() if told}) as shown:
        assert shown.status_code == httpx.codes.OK
        yield (line.removeprefix("id: ") for line in shown.iter_lines() if line.startswith("id: "))


def test_the_main_job_goes_through_the_proxy(deployment: Deployment) -> None:
    """A finding that is submitted over TLS has its follow-up a moment later."""
    followed_up(deployment, Sample(deployment))


def test_a_trial_hands_out_tokens_for_its_sample_people(deployment: Deployment) -> None:
    """As docs/deploy.md shows it."""
    token = deployment.operator.tried("token", "--as", "inspector").stdout.strip()
    assert "items" in deployment.get("/inspection/findings", token, mine="true")


def test_a_live_stream_tells_at_once_and_goes_on_where_it_was_after_the_proxy_was_away(deployment: Deployment) -> None:
    sample = Sample(deployment)
    case = f"/discipline/follow-ups/{followed_up(deployment, sample)}"
    official = "select person_id from identity.accounts where agency_id = %s and 'inspector' = any(roles) limit 1"
    [(person_id,)] = deployment.rows(official, sample.inspectorate)  # whoever urges holds a post
    token = deployment.token(person_id, Role.INSPECTOR, agency_id=sample.inspectorate)

    def urge() -> None:
        deployment.command(f"{case}/urge", token, {"message": "Đề nghị báo cáo tiến độ."})

    with live(deployment, f"{case}/events", token) as ids:
        seen = [next(ids)]
        urge()
        seen.append(next(ids))  # nothing on the way waits until there is more
        engine.docker("restart", deployment.one("proxy"))
    for _ in range(2):
        urge()
    with live(deployment, f"{case}/events", token, after=seen[-1]) as ids:
        seen += islice(ids, 2)
    with live(deployment, f"{case}/events", token) as ids:
        assert list(islice(ids, len(seen))) == seen
    assert len(set(seen)) == len(seen)


def test_only_the_proxy_has_a_port_on_the_host(deployment: Deployment) -> None:
    published = {service: engine.docker("port", deployment.all(service)[0]).stdout.split() for service in SERVICES}
    assert [service for service, ports in published.items() if ports] == ["proxy"]


def test_the_proxy_keeps_metrics_inside(deployment: Deployment) -> None:
    assert deployment.client.get("/metrics").status_code == httpx.codes.NOT_FOUND
    assert deployment.client.get("/health/ready").status_code == httpx.codes.OK


def test_from_the_edge_nothing_but_the_edge_is_reached(deployment: Deployment) -> None:
    """Whoever takes over the proxy reaches neither database nor broker nor registry, not even by their addresses."""
    data, edge = f"{deployment.project}_data", f"{deployment.project}_edge"
    inside = {"database": 5432, "broker": 9092, "registry": 8001, "relay": 9000}
    hidden = [f"{engine.address(deployment.one(name), data)}:{port}" for name, port in inside.items()]
    hidden += [f"{name}:{port}" for name, port in inside.items()]
    open_ = f"{engine.address(deployment.one('api'), edge)}:8000"
    image = engine.inspect(deployment.one("api"), "{{.Config.Image}}")
    asked = ("run", "--rm", "--interactive", f"--network={edge}", "--entrypoint=python", image, "-", open_, *hidden)
    assert engine.docker(*asked, stdin=PROBE).stdout.split() == [open_]


def test_no_container_runs_as_root_or_can_change_itself(deployment: Deployment) -> None:
    for service in SERVICES:
        (container, *_) = deployment.all(service)
        assert engine.inspect(container, "{{.Config.User}}").split(":")[0].strip("0") != "", service
        users = engine.docker("top", container, "-eo", "pid,uid").stdout.split()[3::2]
        assert users, service
        assert "0" not in users, service
        assert engine.inspect(container, "{{.HostConfig.ReadonlyRootfs}}") == "true", service
        assert engine.inspect(container, "{{json .HostConfig.CapDrop}}") == '["ALL"]', service
        assert "no-new-privileges:true" in engine.inspect(container, "{{json .HostConfig.SecurityOpt}}"), service


def test_no_secret_stands_in_an_environment_or_an_image(deployment: Deployment) -> None:
    kept = {path.name: path.read_text().strip() for path in (deployment.home / "secrets").iterdir()}
    known = {name: secret for name, secret in kept.items() if secret}
    assert len(known) > 10
    for container in deployment.all():
        told = engine.docker("inspect", container).stdout
        image = engine.docker("inspect", engine.inspect(container, "{{.Image}}")).stdout
        assert [name for name, secret in known.items() if secret in told + image] == []


def test_each_process_holds_its_own_secrets_alone(deployment: Deployment) -> None:
    held = engine.docker("exec", deployment.one("worker-discipline"), "ls", "/run/secrets").stdout.split()
    assert held == ["database-discipline"]


def test_what_breaks_is_mended_and_nothing_is_lost_or_doubled(deployment: Deployment) -> None:
    """Three workers of each context, one killed; broker and database restarted; the relay paused; the network between
    relay and broker cut: every accepted finding has one follow-up, in order, and the alerts of a calm run.
    """
    workers = ("worker-inspection", "worker-discipline", "worker-notifier")
    network = f"{deployment.project}_data"
    relay = deployment.one("relay")

    def scale() -> None:
        deployment.kycuong("scale", *(f"{worker}=3" for worker in workers))

    def kill_one_worker_of_each() -> None:
        for worker in workers:
            engine.docker("kill", deployment.all(worker)[0])

    def pause_the_relay() -> None:
        engine.docker("pause", relay)
        time.sleep(OUTAGE_SECONDS)
        engine.docker("unpause", relay)

    def cut_the_broker_off() -> None:
        broker = deployment.one("broker")
        engine.docker("network", "disconnect", network, broker)
        time.sleep(OUTAGE_SECONDS)
        engine.docker("network", "connect", "--alias=broker", network, broker)

    def restart_the_broker() -> None:
        engine.docker("restart", deployment.one("broker"))

    def restart_the_database() -> None:
        engine.docker("restart", deployment.one("database"))

    flow = Flow(deployment, random.Random(0), "broken")
    flow.under(
        [
            scale,
            kill_one_worker_of_each,
            pause_the_relay,
            cut_the_broker_off,
            restart_the_broker,
            restart_the_database,
        ]
    )
    deployment.kycuong("scale", *(f"{worker}=1" for worker in workers))
    assert [len(deployment.all(worker)) for worker in workers] == [1, 1, 1]
    deployment.wait_healthy()
    deployment.cli("clock", "advance", "--days", DAYS)
    flow.check()
    deployment.cli("verify")


def test_more_partitions_lose_and_double_nothing(deployment: Deployment) -> None:
    """While findings flow; a restore afterwards makes the topics with as many (the order: tests/kafka/test_raising)."""
    flow = Flow(deployment, random.Random(0), "raised")
    flow.under([lambda: print(deployment.kycuong("partitions", "6", seconds=900))])  # noqa: T201 -- for a failure
    deployment.wait_healthy()
    deployment.cli("clock", "advance", "--days", DAYS)
    flow.counted()
    deployment.cli("verify")
    with deployment.broker_reached():
        topics = ["inspection.restricted", "discipline.restricted"]
        assert set(partitions_of(deployment.settings.brokers, topics).values()) == {6}


def test_a_backup_brings_a_lost_deployment_back(deployment: Deployment) -> None:
    """Backup, destroy, restore: the same events, chains and checkpoints proved, and work goes on."""
    sample = Sample(deployment)
    deployment.command("/inspection/findings", sample.inspector(), sample.finding())
    before = deployment.history()
    backup = deployment.backup()

    deployment.kycuong("compose", "down", "--volumes", "--timeout", "10")
    assert deployment.all() == []
    restored = deployment.kycuong("restore", backup.name, seconds=900)

    assert "checkpoints published again" in restored
    deployment.wait_healthy()
    assert before
    assert before <= deployment.history()
    flow = Flow(deployment, random.Random(0), "restored")
    flow.under([lambda: None])
    deployment.cli("verify")


@pytest.fixture(scope="module")
def made(deployment: Deployment) -> Path:
    """A backup for those that only look at one."""
    return deployment.backup()


def test_a_restore_into_a_deployment_that_holds_history_is_refused(deployment: Deployment, made: Path) -> None:
    before = deployment.rows("select count(*) from inspection.events")
    refused = deployment.operator.tried("restore", made.name)
    assert refused.returncode != 0
    assert "already" in refused.stdout + refused.stderr
    assert deployment.rows("select count(*) from inspection.events") >= before


def test_a_backup_that_was_changed_is_refused(deployment: Deployment, made: Path) -> None:
    changed = deployment.home / "changed"
    shutil.copytree(made, changed)
    with (changed / "database.dump").open("ab") as dump:
        dump.write(b"x")
    refused = deployment.operator.tried("restore", str(changed))
    assert refused.returncode != 0
    assert "changed" in refused.stderr


def test_secrets_are_kept_apart(deployment: Deployment, made: Path) -> None:
    """A backup holds none of them; they have an archive of their own, which nobody else may read."""
    kept = {path.name: path.read_bytes().strip() for path in (deployment.home / "secrets").iterdir()}
    deployment.kycuong("backup-secrets", "vault")
    archive = deployment.home / "vault" / "kycuong-secrets.tar"
    with tarfile.open(archive) as opened:
        assert {Path(name).name for name in opened.getnames() if name.startswith("secrets/")} == kept.keys()
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    told = b"".join(path.read_bytes() for path in made.iterdir())
    assert [name for name, secret in kept.items() if secret and secret in told] == []


def test_who_may_use_the_engine_operates_without_being_root(deployment: Deployment, made: Path) -> None:
    """What he makes is his own, and the secrets are not."""
    home = deployment.home
    deployment.kycuong("backup-secrets", "his")
    his = {home / ".env", *made.iterdir(), home / "his" / "kycuong-secrets.tar"}
    assert {path.stat().st_uid for path in his} == {deployment.operator.user} != {0}
    kept = [home / "secrets", *(home / "secrets").iterdir()]
    assert {path.stat().st_uid for path in kept} == {0}
    assert [path for path in kept if path.stat().st_mode & stat.S_IRWXO] == []


@pytest.mark.usefixtures("made")
def test_status_shows_the_whole_on_one_screen(deployment: Deployment) -> None:
    shown = deployment.kycuong("status")
    for said in ("inspection", "discipline", "notifier", "Deadlines due", "Last backup", "free where the backups are"):
        assert said in shown


def test_an_upgrade_under_load_loses_and_doubles_nothing(deployment: Deployment) -> None:
    """Every process is replaced, old and new side by side, while findings flow."""
    old = engine.inspect(deployment.one("api"), "{{.Config.Image}}")
    engine.docker("tag", old, "kycuong:next")
    before = set(deployment.all())
    flow = Flow(deployment, random.Random(0), "upgraded")
    flow.under([lambda: print(deployment.kycuong("upgrade", "next", seconds=900))])  # noqa: T201 -- for a failure
    deployment.wait_healthy()
    for service in ("api", "registry", "relay", "worker-discipline", "clock", "courier"):
        assert not before & set(deployment.all(service)), service
        images = {engine.inspect(one, "{{.Config.Image}}") for one in deployment.all(service)}
        assert images == {"kycuong:next"}, service
    deployment.cli("clock", "advance", "--days", DAYS)
    flow.check()
    deployment.cli("verify")


def test_a_trials_mail_is_caught_and_shown(deployment: Deployment) -> None:
    """As docs/deploy.md says; what else is there runs on."""
    page = (engine.ROOT / "docs" / "deploy.md").read_text()
    [told] = re.findall(r"```ini\n(COMPOSE_PROFILES=mail\n.*?)```", page, re.DOTALL)
    with (deployment.home / ".env").open("a") as settings:
        settings.write(told)
    before = {service: set(deployment.all(service)) for service in SERVICES}
    deployment.kycuong("start")
    deployment.wait_healthy(*SERVICES, "mailcatcher")
    assert [service for service in SERVICES if before[service] != set(deployment.all(service))] == ["courier"]

    followed_up(deployment, Sample(deployment))
    deployment.cli("clock", "advance", "--days", DAYS)
    deadline = time.monotonic() + PATIENCE
    while "@" not in (shown := deployment.kycuong("mails")):
        assert time.monotonic() < deadline, "no mail was caught"
        time.sleep(1)
    assert "Kính gửi" in shown


def test_everything_stops_within_its_grace_period(deployment: Deployment) -> None:
    """Nobody has to be killed, and a start afterwards is whole again."""
    containers = {one: engine.inspect(one, "{{.Name}}") for one in deployment.all()}
    deployment.kycuong("stop")
    codes = {name: int(engine.inspect(one, "{{.State.ExitCode}}")) for one, name in containers.items()}
    assert [name for name, code in codes.items() if code == KILLED] == []
    workers = {one for context in RESTRICTED for one in codes if f"worker-{context}" in one}
    assert {one: codes[one] for one in workers} == dict.fromkeys(
        workers, 0
    )  # database and broker were there to the end
    deployment.kycuong("start")
    deployment.wait_healthy()
