"""Who speaks for an agency that is asked, and who headed it on the last day, whatever became of it since."""

from datetime import UTC, date, datetime, timedelta
from functools import reduce

from discipline.consultations.commands import Party
from inspection.organisation.commands import Command, NoteAbsence, VacatePost
from inspection.organisation.evolve import evolve
from inspection.organisation.state import INITIAL, Organisation
from schemas.discipline.consultations import ConsultationLapsed
from schemas.discipline.reviews import Subject
from schemas.values import SubjectKind
from services.application.discipline.consultations import goes_on, headed, let_lapse, party
from tests.discipline.consultation_cases import ASKED, DUE_AT, LAST_DAY
from tests.discipline.test_consultations import CONSULTATIONS
from tests.inspection.province import (
    COMMANDS,
    COMMUNE,
    DEPARTMENT,
    DISTRICT,
    INSPECTORATE,
    NEW_COMMUNE,
    PROVINCE,
    REFORM,
    carried_out,
    filled,
    head,
    person,
)
from tests.specification import given

BEFORE, AFTER = date(2025, 6, 2), date(2025, 7, 2)
"""Before and after the districts ended."""
AFTER_REFORM = datetime(2025, 7, 10, 17, tzinfo=UTC)


def organisation(*more: Command) -> Organisation:
    return reduce(evolve, carried_out((*COMMANDS, *REFORM, *more)), INITIAL)


def test_the_head_speaks_for_his_agency_and_the_successors_once_it_has_ended() -> None:
    before, after = party(organisation(), DISTRICT, BEFORE), party(organisation(), DISTRICT, AFTER)
    assert before is not None
    assert after is not None
    assert (before.agency_id, before.head_post) == (DISTRICT, f"{DISTRICT}-head")
    assert (after.agency_id, after.head_post) == (NEW_COMMUNE, f"{NEW_COMMUNE}-head")


def vacant(*agencies: str) -> Organisation:
    """Nobody holds the head's posts of these."""
    return organisation(*(VacatePost(f"{agency_id}-head", BEFORE) for agency_id in agencies))


def test_what_an_agency_asked_is_its_heads_or_its_heirs() -> None:
    assert goes_on(organisation(), DISTRICT, DEPARTMENT, BEFORE) == Party(DISTRICT, f"{DISTRICT}-head")
    assert goes_on(organisation(), DISTRICT, DEPARTMENT, AFTER) == Party(NEW_COMMUNE, f"{NEW_COMMUNE}-head")


def test_so_it_is_where_who_asked_has_become_one_with_whom_it_asked() -> None:
    assert goes_on(organisation(), DISTRICT, NEW_COMMUNE, AFTER) == Party(NEW_COMMUNE, f"{NEW_COMMUNE}-head")


def test_while_nobody_does_the_work_of_the_heads_post_the_nearest_head_above_goes_on() -> None:
    assert goes_on(vacant(COMMUNE), COMMUNE, DEPARTMENT, BEFORE) == Party(DISTRICT, f"{DISTRICT}-head")
    assert goes_on(vacant(COMMUNE, DISTRICT), COMMUNE, DEPARTMENT, BEFORE) == Party(PROVINCE, f"{PROVINCE}-head")


def test_never_does_the_agency_that_was_asked_in_the_place_of_who_asked() -> None:
    assert goes_on(vacant(COMMUNE), COMMUNE, DISTRICT, BEFORE) == Party(PROVINCE, f"{PROVINCE}-head")


def test_where_nobody_is_above_the_inspectorate_goes_on() -> None:
    found = goes_on(vacant(PROVINCE), PROVINCE, DEPARTMENT, BEFORE)
    assert found == Party(INSPECTORATE, f"{INSPECTORATE}-head")


def test_where_nobody_is_left_at_all_it_waits_until_somebody_heads_the_agency() -> None:
    found = goes_on(vacant(PROVINCE), PROVINCE, INSPECTORATE, BEFORE)
    assert found == Party(PROVINCE, f"{PROVINCE}-head")


def test_what_nobody_knows_nobody_goes_on_with() -> None:
    assert goes_on(vacant(PROVINCE, INSPECTORATE), "nowhere", DEPARTMENT, BEFORE) is None


def test_for_an_agency_that_nobody_knows_nobody_speaks() -> None:
    assert party(organisation(), "nowhere", BEFORE) is None
    assert headed(organisation(), "nowhere", BEFORE) is None


def test_whoever_held_the_post_on_the_last_day_headed_it_though_another_does_now() -> None:
    changed = organisation(filled(f"{COMMUNE}-head", "newest", BEFORE + timedelta(days=1)))

    found = headed(changed, COMMUNE, BEFORE)

    assert found is not None
    assert found.subject.person_id == person(f"head of {COMMUNE}")


def test_of_a_head_who_was_away_it_is_known_who_acted_for_him() -> None:
    away = organisation(NoteAbsence(f"{COMMUNE}-head", person("deputy"), date(2025, 6, 1)))

    found = headed(away, COMMUNE, BEFORE)

    assert found is not None
    assert (found.subject.person_id, found.acted_by) == (person(f"head of {COMMUNE}"), person("deputy"))


def test_a_vacant_post_has_nobody() -> None:
    vacant = organisation(VacatePost(f"{COMMUNE}-head", date(2025, 6, 1)))

    found = headed(vacant, COMMUNE, BEFORE)

    assert found is not None
    assert (found.subject.person_id, found.subject.post_id, found.since) == (None, f"{COMMUNE}-head", None)


def test_an_agency_without_heads_post_is_a_collective() -> None:
    """The commune's head's post begins in 2016."""
    kept = [one for one in COMMANDS if getattr(one, "post_id", None) != f"{COMMUNE}-head"]
    late = reduce(evolve, carried_out((*kept, head(COMMUNE, date(2016, 1, 1)))), INITIAL)

    found = headed(late, COMMUNE, date(2015, 3, 2))

    assert party(late, COMMUNE, date(2015, 3, 2)) is None
    assert found is not None
    assert found.subject == Subject(kind=SubjectKind.COLLECTIVE, agency_id=COMMUNE, person_id=None, post_id=None)


def test_the_clock_asks_for_the_day_that_the_due_moment_ends() -> None:
    """24:00 of the 12th: whoever takes office on the 13th did not let it lapse."""
    changed = organisation(filled(f"{COMMUNE}-head", "newest", LAST_DAY + timedelta(days=1)))

    command = let_lapse(changed, ASKED.asking_agency, COMMUNE, DUE_AT, DUE_AT + timedelta(days=5))

    assert command.headed == headed(changed, COMMUNE, LAST_DAY)
    assert command.headed is not None
    assert command.headed.subject.person_id == person(f"head of {COMMUNE}")


def test_where_asker_and_asked_have_become_one_agency_nobody_let_it_lapse() -> None:
    """The district's heir is the new commune, which was asked: its head would answer for his silence to himself."""
    asked = ASKED.model_copy(
        update={"asking_agency": DISTRICT, "consulted_agency": NEW_COMMUNE, "due_at": AFTER_REFORM}
    )

    command = let_lapse(organisation(), DISTRICT, NEW_COMMUNE, AFTER_REFORM, AFTER_REFORM + timedelta(days=1))

    assert command.headed is None
    [event] = given(CONSULTATIONS, asked).when(command).decided()
    assert isinstance(event, ConsultationLapsed)
