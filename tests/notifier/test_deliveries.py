"""What is told, brought to people and systems: real servers, on loopback, that sometimes refuse."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from standardwebhooks import Webhook

from services.adapters.delivery.courier import Channels, Courier
from services.adapters.delivery.mail import Mailer
from services.adapters.delivery.outcome import Outcome, What
from services.adapters.delivery.queue import DeliveryQueue, Persistence
from services.adapters.delivery.webhook import AllowedOrigins, WebhookSender, secret
from services.application.registry import Person, RegistryUnavailable
from tests.inspection.province import COMMUNE, person
from tests.notifier import examples as ex
from tests.notifier.examples import day, evening
from tests.notifier.post_office import PostOffice, Receiver, post_office, receiver
from tests.notifier.stage import CHAIR, OWNER, Stage
from tests.notifier.test_firing import opened

KEY = b"a key of the test"
NOW = timedelta()
IMPATIENT = Persistence(attempts=3, first_pause=NOW, longest_pause=NOW)
HOLDER = person(f"head of {COMMUNE}")
PERSONS = {
    HOLDER: Person("Nguyễn Thị Sáu", "sau@example.vn"),
    person("head of binh-an"): Person("Lê Văn Tư", "tu@example.vn"),
}


class People:
    """A registry that knows some persons, unless it is away."""

    def __init__(self) -> None:
        self.known: Mapping[UUID, Person] = PERSONS
        self.away = False

    async def persons(self, person_ids: Sequence[UUID]) -> Mapping[UUID, Person]:
        if self.away:
            raise RegistryUnavailable
        return {id_: self.known[id_] for id_ in person_ids if id_ in self.known}


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as opened_office:
        yield opened_office


@pytest.fixture
def system() -> Iterator[Receiver]:
    with receiver() as opened_system:
        yield opened_system


@pytest.fixture
def people() -> People:
    return People()


@pytest.fixture
async def courier(on: Stage, office: PostOffice, system: Receiver, people: People) -> AsyncIterator[Courier]:
    mailer, webhooks = Mailer(office.server), WebhookSender(KEY, AllowedOrigins([system.url]))
    registry: Any = people
    channels = Channels(mailer, webhooks, ("operator@example.vn",))
    yield Courier(on.store.pool, DeliveryQueue(on.store.pool, IMPATIENT), registry, channels)
    await mailer.close()
    await webhooks.close()


async def an_alert(on: Stage) -> None:
    on.publish(opened(), day(0))
    await on.settle(evening(2))


async def hook(on: Stage, url: str, *, holder: UUID = HOLDER) -> UUID:
    id_ = uuid4()
    on.database.execute(
        "insert into notifier.webhook (id, person_id, post_id, url, created_at) values (%s, %s, %s, %s, now())",
        id_,
        holder,
        OWNER,
        url,
    )
    return id_


async def states(on: Stage, channel: str) -> list[tuple[Any, ...]]:
    """What became of the channel's deliveries, with the outcomes of their attempts."""
    rows = await on.store.pool.fetch(
        "select state, array_agg(outcome order by number) as outcomes, array_agg(status order by number) as statuses"
        " from delivery join delivery_attempt on id = delivery_id where channel = $1 group by id, state",
        channel,
    )
    return [(row["state"], row["outcomes"], row["statuses"]) for row in rows]


async def test_a_letter_says_what_has_stalled_since_when_and_what_ends_it(
    on: Stage, courier: Courier, office: PostOffice
) -> None:
    await an_alert(on)

    assert await courier.deliver() == 1

    (letter,) = office.letters
    text = letter.get_body(("plain",)).get_content()  # type: ignore[union-attr]  # a letter without text fails here
    assert letter["To"] == "sau@example.vn"
    assert letter["Subject"] == "[Kỷ Cương] Chưa xác nhận tiếp nhận việc khắc phục – xa-tan-lap"
    for words in ("Nguyễn Thị Sáu", "từ ngày: 03/03/2025", "hết ngày 05/03/2025", "Điểm 1", "xác nhận đã tiếp nhận"):
        assert words in text
    assert "<p>" in letter.get_body(("html",)).get_content()  # type: ignore[union-attr]  # likewise
    assert await states(on, "email") == [("sent", ["accepted"], [250])]


async def test_a_letter_is_in_the_language_of_its_reader(on: Stage, courier: Courier, office: PostOffice) -> None:
    on.database.execute("insert into notifier.preference values (%s, 'en', true, 1)", HOLDER)
    await an_alert(on)

    await courier.deliver()

    assert office.letters[0]["Subject"] == "[Kỷ Cương] Remediation not acknowledged – xa-tan-lap"
    assert office.letters[0]["Content-Language"] == "en"


async def test_who_wants_no_mail_gets_none_but_has_it_in_the_inbox(on: Stage, courier: Courier) -> None:
    on.database.execute("insert into notifier.preference values (%s, 'vi', false, 1)", HOLDER)
    await an_alert(on)

    assert await courier.deliver() == 0
    assert [row["channel"] for row in await on.deliveries()] == ["inbox"]


async def test_of_a_review_a_letter_says_only_that_something_waits(
    on: Stage, courier: Courier, office: PostOffice, system: Receiver
) -> None:
    on.publish(ex.proposed(authority_post=CHAIR), day(0))
    await on.settle(evening(10))

    await courier.deliver()

    (letter,) = office.letters
    whole = letter.as_string()
    text = letter.get_body(("plain",)).get_content()  # type: ignore[union-attr]  # a letter without text fails here
    for given_away in ("kiểm điểm", ex.AGENCY, str(ex.REVIEW_ID), "Điểm 6"):
        assert given_away not in text
    assert letter["Subject"] == "[Kỷ Cương] Có việc đang chờ ông/bà"
    assert str(ex.REVIEW_ID) not in whole


async def test_a_letter_that_is_refused_for_now_is_sent_again_under_the_same_id(
    on: Stage, courier: Courier, office: PostOffice
) -> None:
    office.refuse["DATA"] = ["451 4.3.0 later"]
    await an_alert(on)

    await courier.deliver()
    await courier.deliver()

    assert await states(on, "email") == [("sent", ["not_now", "accepted"], [451, 250])]
    (delivery,) = [row for row in await on.deliveries() if row["channel"] == "email"]
    assert office.letters[0]["Message-ID"] == f"<{delivery['id']}@example.vn>"


async def test_a_recipient_who_is_refused_for_good_is_not_tried_again(
    on: Stage, courier: Courier, office: PostOffice
) -> None:
    office.refuse["RCPT"] = ["550 5.1.1 <sau@example.vn> unknown"]
    await an_alert(on)

    await courier.deliver()

    assert await courier.deliver() == 0
    assert await states(on, "email") == [("failed_for_good", ["refused"], [550])]


async def test_no_address_is_written_down_with_what_the_server_said(
    on: Stage, courier: Courier, office: PostOffice
) -> None:
    office.refuse["RCPT"] = ["550 5.1.1 <sau@example.vn> unknown"]
    await an_alert(on)
    await courier.deliver()

    assert await on.store.pool.fetchval("select answer from delivery_attempt") == "5.1.1"


async def test_a_server_that_is_away_is_tried_a_bounded_number_of_times(on: Stage, people: People) -> None:
    with post_office() as closed:
        away = closed.server
    registry: Any = people
    channels = Channels(Mailer(away), None)
    courier = Courier(on.store.pool, DeliveryQueue(on.store.pool, IMPATIENT), registry, channels)
    await an_alert(on)

    while await courier.deliver():
        pass

    assert await states(on, "email") == [("failed_for_good", ["unreachable"] * 3, [None] * 3)]


async def test_while_the_registry_is_away_letters_wait(on: Stage, courier: Courier, people: People) -> None:
    people.away = True
    await an_alert(on)
    await courier.deliver()
    people.away = False
    await courier.deliver()

    assert await states(on, "email") == [("sent", ["registry_unavailable", "accepted"], [None, 250])]


async def test_who_was_erased_or_has_no_address_is_not_written_to(on: Stage, courier: Courier, people: People) -> None:
    people.known = {}
    await an_alert(on)
    await courier.deliver()

    assert await states(on, "email") == [("suppressed", ["no_address"], [None])]


async def test_a_webhook_is_signed_as_the_specification_says(on: Stage, courier: Courier, system: Receiver) -> None:
    id_ = await hook(on, system.url)
    await an_alert(on)

    await courier.deliver()

    (posted,) = system.posted
    told = Webhook(secret(KEY, id_, 1)).verify(posted.body, posted.headers)
    (delivery,) = [row for row in await on.deliveries() if row["channel"] == "webhook"]
    headers = {name.lower(): value for name, value in posted.headers.items()}
    assert headers["webhook-id"] == str(delivery["id"])
    assert told["type"] == "alert.told"
    assert told["data"]["rule"] == "not_acknowledged"
    assert await states(on, "webhook") == [("sent", ["accepted"], [204])]


async def test_a_webhook_that_fails_is_tried_again_and_its_last_answer_is_kept(
    on: Stage, courier: Courier, system: Receiver
) -> None:
    id_ = await hook(on, system.url)
    system.answers = [(503, b"later " * 1_000)]
    await an_alert(on)

    await courier.deliver()
    row = await on.store.pool.fetchrow("select last_status, last_answer from webhook where id = $1", id_)
    assert row is not None
    assert (row["last_status"], len(row["last_answer"])) == (503, 500)
    await courier.deliver()

    assert await states(on, "webhook") == [("sent", ["not_now", "accepted"], [503, 204])]
    assert len({posted.headers["webhook-id"] for posted in system.posted}) == 1


async def test_a_webhook_that_is_gone_is_never_called_again(on: Stage, courier: Courier, system: Receiver) -> None:
    id_ = await hook(on, system.url)
    system.answers = [(410, b"")]
    await an_alert(on)
    await courier.deliver()

    assert await states(on, "webhook") == [("failed_for_good", ["gone"], [410])]
    assert await on.store.pool.fetchval("select disabled_at is not null from webhook where id = $1", id_)


async def test_a_redirect_is_not_followed(on: Stage, courier: Courier, system: Receiver) -> None:
    await hook(on, system.url)
    system.answers = [(307, system.url.encode())]
    await an_alert(on)
    await courier.deliver()

    assert len(system.posted) == 1
    assert (await states(on, "webhook"))[0][1:] == (["not_now"], [307])


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://169.254.169.254/latest/meta-data", "file:///etc/passwd"]
)
async def test_nothing_is_sent_where_the_operator_did_not_allow_it(
    on: Stage, courier: Courier, system: Receiver, url: str
) -> None:
    await hook(on, url)
    await an_alert(on)
    await courier.deliver()

    assert await states(on, "webhook") == [("suppressed", ["not_configured"], [None])]


async def test_a_webhook_of_who_held_the_post_before_is_not_called(
    on: Stage, courier: Courier, system: Receiver
) -> None:
    await hook(on, system.url, holder=person("predecessor"))
    await an_alert(on)
    await courier.deliver()

    assert system.posted == []


async def test_a_delivery_that_was_interrupted_is_taken_up_again_under_its_id(
    on: Stage, courier: Courier, office: PostOffice
) -> None:
    """Whoever held it died between sending and recording: it may arrive twice, and can be recognised."""
    await an_alert(on)
    dead = DeliveryQueue(on.store.pool, Persistence(lease=NOW))
    (leased,) = await dead.lease(10)

    await courier.deliver()

    assert await states(on, "email") == [("sent", ["interrupted", "accepted"], [None, 250])]
    assert str(leased.id) in office.letters[0]["Message-ID"]


async def test_a_lease_is_somebodys_alone(on: Stage, courier: Courier) -> None:
    await an_alert(on)
    await DeliveryQueue(on.store.pool, Persistence()).lease(10)

    assert await courier.deliver() == 0


async def test_a_courier_that_was_too_slow_has_lost_its_say(on: Stage, courier: Courier) -> None:
    await an_alert(on)
    slow = DeliveryQueue(on.store.pool, Persistence(lease=NOW))
    (leased,) = await slow.lease(10)
    await courier.deliver()

    await slow.record(leased, Outcome.for_now(What.TIMED_OUT))

    assert (await states(on, "email"))[0][0] == "sent"


async def test_what_is_always_interrupted_is_given_up(on: Stage, courier: Courier, office: PostOffice) -> None:
    await an_alert(on)
    for _ in range(3):
        await DeliveryQueue(on.store.pool, Persistence(lease=NOW)).lease(10)
    await courier.deliver()

    assert (await states(on, "email"))[0] == (
        "failed_for_good",
        ["interrupted"] * 3 + ["tried_too_often"],
        [None] * 4,
    )
    assert office.letters == []


async def test_one_defective_delivery_does_not_hold_up_the_others(
    on: Stage, courier: Courier, office: PostOffice, system: Receiver
) -> None:
    await hook(on, system.url)
    await an_alert(on)
    on.database.execute("update notifier.webhook set url = 'http://[', key_version = 1")
    on.database.execute("update notifier.alert_view set since = 'infinity'")  # no text can be made of it

    await courier.deliver()

    assert (await states(on, "email"))[0][1] == ["defect"]
    assert (await states(on, "webhook"))[0][1] == ["not_configured"]


def test_addresses_are_compared_by_origin_and_not_by_their_beginning() -> None:
    allowed = AllowedOrigins(["https://hooks.example.vn"])

    assert allowed.allow("https://hooks.example.vn/a?b")
    assert allowed.allow("https://HOOKS.example.vn:443/")
    for other in (
        "https://hooks.example.vn.evil.vn/",
        "https://hooks.example.vn@evil.vn/",
        "https://user@hooks.example.vn/",
        "http://hooks.example.vn/",
        "https://hooks.example.vn:8443/",
        "gopher://hooks.example.vn/",
    ):
        assert not allowed.allow(other), other
