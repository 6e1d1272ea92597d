"""Who headed the agencies of a chain on the day of the fact, whatever became of them since."""

from datetime import date
from functools import reduce

import pytest

from inspection.organisation.commands import Command, NoteAbsence
from inspection.organisation.evolve import evolve
from inspection.organisation.state import INITIAL, Organisation
from schemas.values import Answerable, Posts
from services.application.discipline.heads import heads
from services.application.discipline.standing import DirectoryBehind
from tests.inspection.province import (
    COMMANDS,
    COMMUNE,
    DISTRICT,
    INSPECTORATE,
    PROVINCE,
    REFORM,
    carried_out,
    filled,
    head,
    person,
)

BEFORE, AFTER = date(2025, 6, 2), date(2025, 7, 2)
"""Before and after the districts ended."""
UP_THE_CHAIN = (Answerable.HEAD, Answerable.HEAD_ABOVE)


def organisation(*more: Command) -> Organisation:
    return reduce(evolve, carried_out((*COMMANDS, *REFORM, *more)), INITIAL)


def posts(head: str, superior: str | None) -> Posts:
    return Posts(head=head, superior=superior, inspectorate=f"{INSPECTORATE}-head", chair=f"{PROVINCE}-head")


OF_COMMUNE = posts(f"{COMMUNE}-head", f"{DISTRICT}-head")


def asked(day: date, *answerable: Answerable, of: Organisation | None = None) -> list[tuple[int, str]]:
    known = of or organisation()
    return [(one.level, one.post_id) for one in heads(known, COMMUNE, OF_COMMUNE, day, answerable)]


def test_the_chain_goes_up_to_the_chair_and_leaves_him_out() -> None:
    assert asked(BEFORE, *UP_THE_CHAIN) == [(1, f"{COMMUNE}-head"), (2, f"{DISTRICT}-head")]


def test_only_those_are_asked_whom_the_directive_names() -> None:
    assert asked(BEFORE, Answerable.HEAD) == [(1, f"{COMMUNE}-head")]
    assert asked(BEFORE, Answerable.HEAD_ABOVE) == [(2, f"{DISTRICT}-head")]
    assert asked(BEFORE, Answerable.OFFICIAL, Answerable.COLLECTIVE) == []


def test_after_the_districts_ended_nobody_stands_between_commune_and_chair() -> None:
    assert asked(AFTER, *UP_THE_CHAIN) == [(1, f"{COMMUNE}-head")]


def test_a_fact_of_before_is_answered_for_by_those_of_before_though_it_was_found_later() -> None:
    """Submitted after the reform, with the posts of that day."""
    later = posts(f"{COMMUNE}-head", f"{PROVINCE}-head")
    found = heads(organisation(), COMMUNE, later, BEFORE, UP_THE_CHAIN)

    assert [one.person_id for one in found] == [person(f"head of {COMMUNE}"), person(f"head of {DISTRICT}")]


def test_the_person_is_whoever_held_the_post_on_that_day_and_since_when() -> None:
    post = f"{COMMUNE}-head"
    changed = organisation(filled(post, "new", date(2025, 6, 1)), filled(post, "newest", date(2025, 6, 3)))

    (head,) = heads(changed, COMMUNE, OF_COMMUNE, BEFORE, (Answerable.HEAD,))

    assert (head.person_id, head.since) == (person("new"), date(2025, 6, 1))


def test_who_was_appointed_after_acting_has_been_there_since_he_began_to_act() -> None:
    post = f"{COMMUNE}-head"
    changed = organisation(
        filled(post, "other", date(2025, 1, 1)),
        filled(post, "new", date(2025, 5, 1)),
        filled(post, "new", date(2025, 6, 1)),
    )

    (head,) = heads(changed, COMMUNE, OF_COMMUNE, BEFORE, (Answerable.HEAD,))

    assert head.since == date(2025, 5, 1)


def test_of_a_head_who_was_away_it_is_known_who_acted_for_him() -> None:
    away = organisation(NoteAbsence(f"{COMMUNE}-head", person("deputy"), date(2025, 6, 1)))

    (head,) = heads(away, COMMUNE, OF_COMMUNE, BEFORE, (Answerable.HEAD,))

    assert (head.person_id, head.acted_by) == (person(f"head of {COMMUNE}"), person("deputy"))


def test_for_what_lies_before_the_agency_those_of_the_submission_are_asked() -> None:
    assert asked(date(2013, 1, 1), *UP_THE_CHAIN) == [(1, f"{COMMUNE}-head"), (2, f"{DISTRICT}-head")]


def test_a_post_that_is_not_known_yet_is_looked_at_again_later() -> None:
    with pytest.raises(DirectoryBehind):
        heads(organisation(), COMMUNE, posts("nowhere", None), BEFORE, UP_THE_CHAIN)


def test_where_the_agency_had_no_head_yet_the_head_above_does_not_answer_in_his_place() -> None:
    """The commune's head's post begins in 2016; the fact is of the year before."""
    kept = [one for one in COMMANDS if getattr(one, "post_id", None) != f"{COMMUNE}-head"]
    late = reduce(evolve, carried_out((*kept, head(COMMUNE, date(2016, 1, 1)))), INITIAL)

    assert asked(date(2015, 3, 2), Answerable.HEAD, of=late) == []
    assert asked(date(2015, 3, 2), Answerable.HEAD_ABOVE, of=late) == [(2, f"{DISTRICT}-head")]
