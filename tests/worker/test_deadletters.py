"""What operators do about parked messages: they see where and why, never what."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from services.adapters.kafka.deadletters import DeadLetters, NoSuchLetter, NotItsTurn, PredecessorMissing
from services.adapters.kafka.handling import Handling
from services.adapters.kafka.retrying import Retrying
from services.adapters.kafka.taking import Taken
from services.entrypoints.cli import build
from tests.kafka.processes import Processes
from tests.parts import Broker, Database
from tests.worker import counting
from tests.worker.counting import NOTHING, OWN, Finding, again, parked, seen


@pytest.fixture
def letters(database: Database) -> DeadLetters:
    return DeadLetters(database.dsn("discipline"), "discipline")


async def _given_up(handling: Handling, retrying: Retrying, *kinds: str) -> Finding:
    """A finding whose first event was given up; the others wait behind it."""
    finding = Finding()
    counting.BROKEN[OWN] = "react"
    await handling.carry_out([finding.next(OWN), *(finding.next(kind) for kind in kinds)])
    for _ in range(3):
        await retrying.run_due()
    return finding


async def test_a_letter_says_where_and_why(handling: Handling, retrying: Retrying, letters: DeadLetters) -> None:
    finding = await _given_up(handling, retrying, NOTHING, NOTHING)
    (letter,) = letters.found(["dead"])
    assert (letter.topic, letter.stream, letter.version, letter.type) == (counting.TOPIC, finding.stream, 1, OWN)
    assert (letter.state, letter.tries, letter.behind) == ("dead", 3, 2)
    assert letter.error is not None
    assert letter.error.startswith("defect: KeyError")
    assert letters.letter(letter.id) == letter


async def test_a_retry_releases_what_was_given_up_and_what_waits_behind_it(
    handling: Handling, retrying: Retrying, letters: DeadLetters, database: Database
) -> None:
    finding = await _given_up(handling, retrying, NOTHING)
    counting.BROKEN.clear()
    (letter,) = letters.found(["dead"])
    assert letters.retry(letter.id) == 1
    await retrying.run_due()
    assert seen(database) == [(finding.stream, 1), (finding.stream, 2)]
    assert parked(database) == []


async def test_a_retry_without_number_is_for_all_that_failed(
    handling: Handling, retrying: Retrying, letters: DeadLetters
) -> None:
    for _ in range(3):
        await _given_up(handling, retrying)
    assert letters.retry(None) == 3


async def test_a_discarded_message_counts_as_taken_and_the_others_go_on(
    handling: Handling, retrying: Retrying, letters: DeadLetters, database: Database
) -> None:
    finding = await _given_up(handling, retrying, NOTHING, NOTHING)
    (letter,) = letters.found(["dead"])
    letters.discard(letter.id, "a test's mistake")
    await retrying.run_due()
    assert seen(database) == [(finding.stream, 2), (finding.stream, 3)]
    assert parked(database) == [(finding.stream, 1, "discarded")]
    assert letters.letter(letter.id).discard_reason == "a test's mistake"
    assert database.execute("select value, headers::text from discipline.parked") == [(None, "[]")]
    finding.version = 0
    judged = await handling.carry_out([finding.next(OWN)])
    assert judged.duplicates == 1


async def test_only_the_first_of_its_key_can_be_discarded(
    handling: Handling, retrying: Retrying, letters: DeadLetters
) -> None:
    await _given_up(handling, retrying, NOTHING)
    (first,) = letters.found(["dead"])
    (second,) = letters.found(["waiting"])
    with pytest.raises(NotItsTurn) as refused:
        letters.discard(second.id, "impatience")
    assert refused.value.first == first.id


async def test_what_waits_for_a_missing_one_cannot_be_discarded(
    handling: Handling, letters: DeadLetters, database: Database
) -> None:
    """It would take what has not come yet along: that would count as taken, too."""
    finding = Finding()
    missing, second = finding.next(NOTHING), finding.next(NOTHING)
    await handling.carry_out([second])
    (letter,) = letters.found(["waiting"])
    with pytest.raises(PredecessorMissing):
        letters.discard(letter.id, "impatience")
    await handling.carry_out([again(missing)])
    assert seen(database) == [(finding.stream, 1)]


async def test_what_could_not_be_read_can_be_discarded(
    handling: Handling, letters: DeadLetters, database: Database
) -> None:
    unreadable = Taken("inspection.restricted", 0, 1, b"case", [], b"noise")
    await handling.carry_out([unreadable])
    (letter,) = letters.found(["failed"])
    letters.discard(letter.id, "noise")
    assert parked(database) == [(None, None, "discarded")]


def test_an_unknown_number_is_said(letters: DeadLetters, database: Database) -> None:
    with pytest.raises(NoSuchLetter):
        letters.letter(7)
    with pytest.raises(NoSuchLetter):
        letters.discard(7, "none")


async def test_the_command_shows_retries_and_discards_without_any_content(
    handling: Handling, retrying: Retrying, database: Database, broker: Broker, tmp_path: Path
) -> None:
    finding = await _given_up(handling, retrying, NOTHING)
    other = await _given_up(handling, retrying)
    environment = Processes(database, broker, tmp_path).environment()

    def kycuong(*arguments: str) -> Result:
        told = {**environment, "KYCUONG_LANGUAGE": "en", "COLUMNS": "250"}
        return CliRunner().invoke(build(), ["deadletter", *arguments], env=told)

    listed = kycuong("list").output
    assert finding.stream in listed
    assert other.stream in listed
    shown = kycuong("show", "discipline", "1").output
    assert "defect: KeyError" in shown
    content = database.execute(
        "select convert_from(value, 'UTF8')::json->>'reason' from discipline.parked where id = 1"
    )
    assert str(content[0][0]) not in listed + shown
    assert "reason" not in listed
    assert kycuong("discard", "discipline", "1", "--reason", " ").exit_code == 1
    assert kycuong("discard", "discipline", "2", "--reason", "impatience").exit_code == 1
    assert "goes on" in kycuong("discard", "discipline", "1", "--reason", "a mistake").output
    assert "1 message is tried again" in kycuong("retry", "discipline").output
    assert kycuong("show", "elsewhere", "1").exit_code == 1
