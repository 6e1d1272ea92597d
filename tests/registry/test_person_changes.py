"""Who changes a person's entry is recorded for good, and whoever's mail goes elsewhere is told where it went before."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest

from services.adapters.delivery.addresses import ChangedAddresses
from services.adapters.delivery.mail import Mailer
from services.adapters.delivery.queue import Persistence
from services.adapters.postgres.pool import connect
from services.adapters.registry import wire
from services.adapters.registry.client import RegistryClient, RegistryRefused
from services.application.registry import Person
from tests.notifier.post_office import PostOffice, post_office
from tests.parts import Database

ADMINISTRATOR = "7d0f5a9e-8f52-4c58-9a3f-6f0d5b0e0001"
PERSON = Person("Nguyễn Thị Ánh", "anh@example.test")
ELSEWHERE = Person("Nguyễn Thị Ánh", "khac@example.test")
AT_ONCE = Persistence(first_pause=timedelta(), longest_pause=timedelta())


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as opened:
        yield opened


@pytest.fixture
async def notifier(database: Database) -> AsyncIterator[asyncpg.Pool]:
    async with await connect(database.dsn("notifier"), "notifier", size=1) as opened:
        yield opened


@pytest.fixture
async def addresses(
    notifier: asyncpg.Pool, courier: RegistryClient, office: PostOffice
) -> AsyncIterator[ChangedAddresses]:
    mailer = Mailer(office.server)
    yield ChangedAddresses(notifier, courier, mailer, AT_ONCE)
    await mailer.close()


async def put(api: RegistryClient, *entries: Person) -> UUID:
    id_ = uuid4()
    for entry in entries:
        await api.put_person(id_, entry, ADMINISTRATOR)
    return id_


async def told(operator: RegistryClient, person_id: UUID) -> list[str | None]:
    return [change.told for change in await operator.changes(person_id)]


async def test_who_changed_which_fields_is_recorded(api: RegistryClient, operator: RegistryClient) -> None:
    id_ = await put(api, PERSON, PERSON, ELSEWHERE, Person("Nguyễn Thị Ánh Tuyết"))
    await put(api, PERSON)
    changes = await operator.changes(id_)
    assert [(one.caller, one.actor, one.version, one.fields) for one in changes] == [
        ("api", ADMINISTRATOR, 3, ["email", "name"]),
        ("api", ADMINISTRATOR, 2, ["email"]),
        ("api", ADMINISTRATOR, 1, ["email", "name"]),
    ]
    assert await operator.changes(id_, before=changes[0].number) == changes[1:]


async def test_a_process_that_names_nobody_is_recorded_itself(api: RegistryClient, operator: RegistryClient) -> None:
    """As one of the version before does, while both run side by side."""
    id_ = uuid4()
    asked = wire.PutPersons(items=[wire.PutPerson(id=id_, person=wire.PersonData(name="Nguyễn Thị Ánh"))])
    await api._ask("PUT", "/persons", asked, wire.Kept)
    assert [change.actor for change in await operator.changes(id_)] == ["api"]


async def test_the_record_cannot_be_changed_by_the_registry(connections: asyncpg.Pool) -> None:
    for statement in (
        "delete from person_changes",
        "update person_changes set actor = 'nobody'",
        "truncate person_changes cascade",
        "delete from address_notices",
        "update address_notices set number = 1",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connections.execute(statement)


async def test_the_record_holds_nothing_of_what_stood_there(api: RegistryClient, connections: asyncpg.Pool) -> None:
    await put(api, PERSON, ELSEWHERE)
    stored = await connections.fetch(
        "select person_changes::text as row from person_changes"
        " union all select address_notices::text from address_notices"
    )
    whole = "".join(row["row"] for row in stored)
    for personal in (PERSON.name, "anh@example.test", "khac@example.test"):
        assert personal not in whole


async def test_whose_mail_goes_elsewhere_is_told_at_the_address_before(
    api: RegistryClient, operator: RegistryClient, addresses: ChangedAddresses, office: PostOffice
) -> None:
    id_ = await put(api, PERSON, ELSEWHERE)
    await addresses.tell()
    await addresses.tell()
    [letter] = office.letters
    assert letter["To"] == "anh@example.test"
    said = letter.get_body(("plain",))
    assert said is not None
    [change, _] = await operator.changes(id_)
    assert f"số ghi nhận {change.number}" in said.get_content()
    assert "khac@example.test" not in letter.as_string()
    assert await told(operator, id_) == ["accepted", None]


@pytest.mark.parametrize("after", [Person("Nguyễn Thị Ánh Tuyết", "anh@example.test"), PERSON])
async def test_whose_mail_still_comes_is_not_told(
    api: RegistryClient, addresses: ChangedAddresses, office: PostOffice, after: Person
) -> None:
    await put(api, PERSON, after)
    await addresses.tell()
    assert office.letters == []


async def test_whose_address_is_taken_away_is_told(
    api: RegistryClient, addresses: ChangedAddresses, office: PostOffice
) -> None:
    await put(api, PERSON, Person("Nguyễn Thị Ánh"))
    await addresses.tell()
    assert [letter["To"] for letter in office.letters] == ["anh@example.test"]


async def test_a_letter_that_was_not_taken_is_tried_again(
    api: RegistryClient, operator: RegistryClient, addresses: ChangedAddresses, office: PostOffice
) -> None:
    office.refuse["RCPT"] = ["451 4.3.0 later"]
    id_ = await put(api, PERSON, ELSEWHERE)
    await addresses.tell()
    assert await told(operator, id_) == ["not_now", None]
    await addresses.tell()
    assert await told(operator, id_) == ["accepted", None]


async def test_a_letter_is_not_tried_for_ever(
    api: RegistryClient, operator: RegistryClient, notifier: asyncpg.Pool, courier: RegistryClient, office: PostOffice
) -> None:
    id_ = await put(api, PERSON, ELSEWHERE)
    mailer = Mailer(office.server)
    impatient = Persistence(attempts=1, first_pause=timedelta(), longest_pause=timedelta())
    office.refuse["RCPT"] = ["451 4.3.0 later"]
    addresses = ChangedAddresses(notifier, courier, mailer, impatient)
    for _ in range(3):
        await addresses.tell()
    await mailer.close()
    assert await told(operator, id_) == ["tried_too_often", None]
    assert office.letters == []


async def test_two_couriers_do_not_take_the_same_letter(api: RegistryClient, courier: RegistryClient) -> None:
    await put(api, PERSON, ELSEWHERE)
    first, second = [await courier.lease_notices(10, 60), await courier.lease_notices(10, 60)]
    assert (len(first), len(second)) == (1, 0)


async def test_who_was_erased_is_told_nothing(
    api: RegistryClient, operator: RegistryClient, addresses: ChangedAddresses, office: PostOffice
) -> None:
    id_ = await put(api, PERSON, ELSEWHERE)
    await operator.erase(wire.Erase(kind="person", id=id_, actor="admin", reason="request 12/2026"))
    await addresses.tell()
    assert office.letters == []
    assert await told(operator, id_) == ["no_address", None]


async def test_where_no_mail_is_sent_the_record_says_so(
    api: RegistryClient, operator: RegistryClient, notifier: asyncpg.Pool, courier: RegistryClient
) -> None:
    id_ = await put(api, PERSON, ELSEWHERE)
    await ChangedAddresses(notifier, courier, None, AT_ONCE).tell()
    assert await told(operator, id_) == ["not_configured", None]


async def test_an_address_before_is_for_the_courier_alone(api: RegistryClient, operator: RegistryClient) -> None:
    for client in (api, operator):
        with pytest.raises(RegistryRefused, match="403"):
            await client.lease_notices(1, 60)


async def test_the_record_is_for_the_operator_alone(api: RegistryClient, courier: RegistryClient) -> None:
    for client in (api, courier):
        with pytest.raises(RegistryRefused, match="403"):
            await client.changes()
