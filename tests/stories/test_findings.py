"""The stories' findings are of kinds that their directives describe, at agencies and posts that are there."""

import re
from collections import Counter
from datetime import date
from functools import cache

import pytest

from inspection.organisation import queries
from inspection.organisation.decide import decide
from inspection.organisation.evolve import evolve
from inspection.organisation.state import INITIAL, Organisation
from schemas.inspection.directives import Pack
from services.adapters import packs
from services.adapters.sample_province import sample_province
from services.application.identity import Role
from services.application.registry import refuse_state_secret
from tests.stories.story import Finding, Story, Then, stories

DISTRICTS_END = date(2025, 7, 1)
STORIES = pytest.mark.parametrize("story", stories(), ids=lambda story: story.directive_id)
FINDINGS = pytest.mark.parametrize(
    ("story", "finding"),
    [(story, finding) for story in stories() for finding in story.findings],
    ids=lambda part: part.directive_id if isinstance(part, Story) else part.id,
)


@cache
def _organisation() -> Organisation:
    state = INITIAL
    for command in sample_province().commands(state):
        for event in decide(command, state):
            state = evolve(state, event)
    return state


@cache
def _pack(directive_id: str) -> Pack:
    found = {pack.directive_id: pack for pack in map(packs.read, packs.shipped())}
    return found[directive_id]


def test_every_directive_has_a_story() -> None:
    assert {story.directive_id for story in stories()} == set(sample_province().directives)


@STORIES
def test_a_story_has_at_least_twelve_findings_of_many_kinds_and_places(story: Story) -> None:
    assert len(story.findings) >= 12
    assert len({finding.violation_type for finding in story.findings}) >= 10
    assert len({finding.agency_id for finding in story.findings}) >= 6
    assert len({finding.submitted_on for finding in story.findings}) >= 6


@STORIES
def test_in_a_story_some_move_some_stall_and_some_end_early(story: Story) -> None:
    told = Counter(then for finding in story.findings for then in finding.then)
    assert told[Then.MOVES] >= 3
    assert told[Then.STALLS] >= 3
    assert told[Then.CONTESTED] >= 1
    assert told[Then.WITHDRAWN] + told[Then.DUPLICATE] + told[Then.DISMISSED] >= 1
    assert len({finding.stalls_at for finding in story.findings if finding.stalls_at}) >= 3


@STORIES
def test_findings_have_names_of_their_own_and_come_in_order(story: Story) -> None:
    names = [finding.id for finding in story.findings]
    assert len(set(names)) == len(names)
    days = [finding.submitted_on for finding in story.findings]
    assert days == sorted(days)


@STORIES
def test_a_duplicate_repeats_a_finding_that_was_submitted_before(story: Story) -> None:
    by_name = {finding.id: finding for finding in story.findings}
    for finding in story.findings:
        if finding.original is not None:
            original = by_name[finding.original]
            assert (finding.agency_id, finding.violation_type) == (original.agency_id, original.violation_type)
            assert original.submitted_on <= finding.submitted_on
            assert original.then != (Then.WITHDRAWN,)


@FINDINGS
def test_its_kind_is_one_that_the_directive_describes(story: Story, finding: Finding) -> None:
    assert finding.violation_type in {kind.violation_type for kind in _pack(story.directive_id).violation_types}


@FINDINGS
def test_it_lies_in_the_directives_time_and_before_the_districts_ended(story: Story, finding: Finding) -> None:
    in_force = sample_province().directives[story.directive_id]
    assert in_force <= finding.fact_date <= finding.submitted_on < DISTRICTS_END
    assert finding.submitted_on.weekday() in range(5)


@FINDINGS
def test_its_agency_is_there_and_addressed_by_the_directive(story: Story, finding: Finding) -> None:
    organisation, addressees = _organisation(), set(_pack(story.directive_id).addressees)
    for day in (finding.fact_date, finding.submitted_on):
        agency = queries.agency_on(organisation, finding.agency_id, day)
        above = queries.parent(organisation, finding.agency_id, day)
        kinds = {agency.kind} | ({organisation.agencies[above].kind} if above else set())
        assert kinds & addressees or agency.kind == "home_affairs"


@FINDINGS
def test_those_concerned_hold_posts_of_the_agency_on_the_day_of_the_fact(story: Story, finding: Finding) -> None:
    organisation = _organisation()
    for post_id in finding.officials:
        assert organisation.posts[post_id].agency_id == finding.agency_id
        assert queries.holder(organisation, post_id, finding.fact_date) is not None


@FINDINGS
def test_its_inspector_is_one(story: Story, finding: Finding) -> None:
    person_id = sample_province().person_of(finding.inspector)
    roles = {member.person_id: member.roles for member in sample_province().members(finding.submitted_on)}
    assert Role.INSPECTOR in roles[person_id]


@FINDINGS
def test_its_narrative_is_vietnamese_names_nobody_and_holds_no_secret(story: Story, finding: Finding) -> None:
    told = f"{finding.narrative} {' '.join(finding.evidence)}"
    assert len(re.findall(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", told.lower())) > len(told) / 20
    assert [
        member.username for member in sample_province().members(finding.fact_date) if member.person.name in told
    ] == []
    assert re.search(r"@|\b0\d{8,}\b", told) is None
    refuse_state_secret(finding.narrative)
