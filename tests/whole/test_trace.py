"""One finding, followed by its trace alone: from the request through Kafka and every process to the letter.

Real broker, database, mail server and receiver of OpenTelemetry's protocol; what any trace store would show.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest

from services.adapters.postgres.advance import DemoClock
from services.adapters.sample_province import sample_province
from services.application.tracing import ATTRIBUTES
from tests.notifier.post_office import PostOffice, post_office
from tests.stories.acts import INSPECTOR
from tests.stories.course import nine
from tests.tracing.receiver import ENDPOINT, Receiver, Seen, receiving
from tests.whole.running import RunningSuite, running

FIRST = date(2024, 10, 7)
"""A Monday; the two working days to acknowledge end on Wednesday."""
AGENCY, OWNER = "so-y-te", "so-y-te-giam-doc"
NARRATIVE = "Bảng niêm yết thủ tục trống."
SETTLE_SECONDS = 120.0


@dataclass
class Stage:
    """A suite that sends its spans and its mail here."""

    suite: RunningSuite
    clock: DemoClock
    receiver: Receiver
    office: PostOffice

    def token(self, post_id: str) -> str:
        """The token of whoever holds a post."""
        person = sample_province().person_of(post_id)
        member = next(one for one in sample_province().members(FIRST) if one.person_id == person)
        return self.suite.token(person, *member.roles, agency_id=member.agency_id)

    def submit(self) -> str:
        """Submit a finding; return its trace."""
        body = {
            "agency_id": AGENCY,
            "violation_type": "procedures-not-posted",
            "directive_id": "da-nang-2090",
            "fact_date": str(self.clock.now().date()),
            "source": "inspection",
            "narrative": NARRATIVE,
        }
        self.finding = UUID(self.suite.command("/inspection/findings", self.token(INSPECTOR), body)["id"])
        return self.trace("inspection", f"finding-{self.finding}")

    def trace(self, context: str, stream: str) -> str:
        """The trace of a stream's newest event."""
        statement = f"select meta->>'correlation_id' from {context}.events where stream = %s order by version desc"
        return UUID(self.suite.rows(statement, stream)[0][0]).hex

    def of(self, trace: str) -> list[Seen]:
        """The spans of a trace that have come so far."""
        return [span for span in self.receiver.spans if span.trace == trace]

    def some(self, trace: str, name: str, service: str, **attributes: str) -> list[Seen]:
        """The spans of that name in a trace, from that process, that say so: once there are any.

        More than one where a batch lost a race and was decided anew.
        """
        wanted = {key.replace("_", "."): value for key, value in attributes.items()}

        def found() -> list[Seen]:
            named = [span for span in self.of(trace) if (span.name, span.service) == (name, service)]
            return [span for span in named if wanted.items() <= span.attributes.items()]

        self.receiver.wait_for(found)
        return found()

    def one(self, trace: str, name: str, service: str, **attributes: str) -> Seen:
        """The one span of that name."""
        [found] = self.some(trace, name, service, **attributes)
        return found

    def alerts(self) -> list[tuple[str, str]]:
        """What has stalled about the finding, and whether it still does."""
        return self.suite.rows("select rule, state from notifier.alert_view where case_id = %s", self.finding)


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with receiving() as receiver, post_office() as office:
        mail = {"smtp_host": "127.0.0.1", "smtp_port": str(office.port), "smtp_security": "none"}
        settings = {**mail, "demo_begins": nine(FIRST).isoformat()}
        environment = {ENDPOINT: receiver.url, "OTEL_BSP_SCHEDULE_DELAY": "200"}
        with running(settings=settings, environment=environment) as suite:
            clock = DemoClock(suite.settings.admin_dsn, patience=SETTLE_SECONDS)
            yield Stage(suite, clock, receiver, office)
            clock.close()


@pytest.mark.timeout(400)
def test_a_finding_is_followed_from_the_request_to_the_letter(stage: Stage) -> None:
    trace = stage.submit()
    stage.clock.advance(nine(FIRST + timedelta(days=3)))

    submitted, followed = "inspection.finding_submitted.v1", "discipline.follow_up_opened.v1"
    rule, once = {"kycuong_rule": "not_acknowledged"}, {"kycuong_outcome": "handled"}
    chain = [
        stage.one(trace, "POST /inspection/findings", "api"),
        stage.one(trace, "send inspection.restricted", "relay", kycuong_event_type=submitted),
        stage.one(trace, "process inspection.restricted", "worker-discipline", kycuong_event_type=submitted, **once),
        stage.one(trace, "send discipline.restricted", "relay", kycuong_event_type=followed),
        stage.one(trace, "process discipline.restricted", "worker-notifier", kycuong_event_type=followed, **once),
        stage.one(trace, "fire OpenAlert", "clock", **rule),
        stage.one(trace, "deliver email", "courier", **rule),
    ]
    assert [span.parent for span in chain] == ["", *(span.id for span in chain[:-1])]
    assert not any(span.failed for span in stage.of(trace))
    [fired] = [span for span in chain if span.service == "clock"]
    below = ("send notifier.restricted", "relay", fired.id)
    stage.receiver.wait_for(lambda: below in {(span.name, span.service, span.parent) for span in stage.of(trace)})


@pytest.mark.timeout(400)
def test_an_alert_ends_in_the_trace_of_what_its_owner_did(stage: Stage) -> None:
    stage.submit()
    stage.clock.advance(stage.clock.now() + timedelta(days=7))
    stage.suite.command(f"/discipline/follow-ups/{stage.finding}/acknowledge", stage.token(OWNER))
    stage.clock.settle()
    trace = stage.trace("discipline", f"follow_up-{stage.finding}")

    handled = stage.one(trace, "process discipline.restricted", "worker-notifier", kycuong_outcome="handled")
    ends = stage.some(trace, "decide EndAlert", "worker-notifier", kycuong_rule="not_acknowledged")
    assert {end.parent for end in ends} == {handled.id}


@pytest.mark.timeout(400)
def test_a_trace_holds_no_person_no_case_and_no_text(stage: Stage) -> None:
    trace = stage.submit()
    stage.clock.advance(stage.clock.now() + timedelta(days=7))
    stage.some(trace, "deliver email", "courier")
    spans = stage.of(trace)

    assert {name for span in spans for name in span.attributes} <= ATTRIBUTES
    people = [str(sample_province().person_of(post)) for post in (INSPECTOR, OWNER)]
    for kept in (str(stage.finding), AGENCY, NARRATIVE, *people):
        assert kept not in str(spans)


@pytest.mark.timeout(400)
def test_while_nobody_receives_spans_all_goes_on_and_afterwards_they_do(stage: Stage) -> None:
    stage.receiver.close()
    stage.submit()
    letters = len(stage.office.letters)
    stage.clock.advance(stage.clock.now() + timedelta(days=7))
    assert ("not_acknowledged", "open") in stage.alerts()
    assert len(stage.office.letters) > letters

    stage.receiver.open()
    assert stage.some(stage.submit(), "process inspection.restricted", "worker-discipline")
