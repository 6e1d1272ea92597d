"""What always holds of the organisation, whatever is recorded in whatever order."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from inspection.organisation import queries
from inspection.organisation.commands import (
    AnnounceRestructuring,
    Command,
    CompleteRestructuring,
    CreateAgency,
    CreatePost,
    EndAgency,
    EndPost,
    FillPost,
    MoveAgency,
    NoteAbsence,
    NoteReturn,
    RenameAgency,
    VacatePost,
    WithdrawFact,
    WithdrawRestructuring,
)
from inspection.organisation.state import Holding
from schemas.inspection.organisation import AgencyKind, Fact, PostKind, RestructuringKind
from schemas.refusal import Refusal
from schemas.values import SubjectKind
from tests.discipline.samples import document
from tests.inspection.province import FOUNDED, HISTORY, ORGANISATION, PROVINCE, name, person

DAYS = st.integers(-10, 2_000).map(lambda days: FOUNDED + timedelta(days=days))
PEOPLE = st.sampled_from(["An", "Bình", "Chi"])
ASKED = [FOUNDED + timedelta(days=days) for days in (0, 1, 30, 400, 1_000, 1_999)]
KINDS = st.sampled_from([AgencyKind.DEPARTMENT, AgencyKind.DISTRICT, AgencyKind.COMMUNE, AgencyKind.INSPECTORATE])

Answer = tuple[object, ...]


class OrganisationMachine(RuleBasedStateMachine):
    """Records facts of any day in any order and remembers what was answered before."""

    def __init__(self) -> None:
        super().__init__()
        self.state = ORGANISATION.after(HISTORY)
        self.numbers = itertools.count()
        self.told: dict[date, dict[str, Answer]] = {day: self.answers(day) for day in ASKED}
        self.held: dict[tuple[str, date], Holding | None] = {}

    def answers(self, day: date) -> dict[str, Answer]:
        state = self.state
        agencies: dict[str, Answer] = {
            agency_id: (
                queries.chain(state, agency_id, day),
                queries.head_of(state, agency_id, day),
                queries.superior_of(state, agency_id, day),
                queries.subtree(state, agency_id, day),
            )
            for agency_id in state.agencies
            if queries.chain(state, agency_id, day)
        }
        posts: dict[str, Answer] = {
            post_id: (
                queries.holder(state, post_id, day),
                queries.in_charge(state, post_id, day),
                queries.heir_of(state, post_id, day),
            )
            for post_id, post in state.posts.items()
            if post.since <= day
        }
        people: dict[str, Answer] = {who: queries.posts_of(state, person(who), day) for who in ("An", "Bình", "Chi")}
        return agencies | posts | people | {"inspectorate": (queries.inspectorate(state, day),)}

    def record(self, command: Command) -> None:
        try:
            decided = ORGANISATION.decide(command, self.state)
        except Refusal:
            return
        for event in decided:
            self.state = ORGANISATION.evolve(self.state, event)
            for day in ASKED:
                now = self.answers(day)
                if day < event.valid_from:  # type: ignore[attr-defined]  # every event of an organisation has it
                    assert now == self.told[day], f"{event.type} changed what had been told of {day}"
                self.told[day] = now

    def an_agency(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(sorted(self.state.agencies)))

    def a_post(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(sorted(self.state.posts)))

    @precondition(lambda self: len(self.state.agencies) < 12)
    @rule(data=st.data(), kind=KINDS, day=DAYS)
    def create(self, data: st.DataObject, kind: AgencyKind, day: date) -> None:
        parent = self.an_agency(data)
        agency_id = f"agency-{next(self.numbers)}"
        self.record(CreateAgency(agency_id, name(agency_id), kind, parent, day))
        post = CreatePost(f"{agency_id}-head", agency_id, PostKind.HEAD, name("x"), SubjectKind.CIVIL_SERVANT, day)
        self.record(post)

    @rule(data=st.data(), day=DAYS)
    def move(self, data: st.DataObject, day: date) -> None:
        self.record(MoveAgency(self.an_agency(data), self.an_agency(data), day))

    @rule(data=st.data(), day=DAYS)
    def end(self, data: st.DataObject, day: date) -> None:
        self.record(EndAgency(self.an_agency(data), self.an_agency(data), day))

    @rule(data=st.data(), day=DAYS)
    def rename(self, data: st.DataObject, day: date) -> None:
        self.record(RenameAgency(self.an_agency(data), name("another name"), day))

    @rule(data=st.data(), who=PEOPLE, acting=st.booleans(), day=DAYS)
    def fill(self, data: st.DataObject, who: str, acting: bool, day: date) -> None:
        self.record(FillPost(self.a_post(data), person(who), acting, day))

    @rule(data=st.data(), day=DAYS)
    def vacate(self, data: st.DataObject, day: date) -> None:
        self.record(VacatePost(self.a_post(data), day))

    @rule(data=st.data(), kind=st.sampled_from(RestructuringKind), day=DAYS)
    def announce(self, data: st.DataObject, kind: RestructuringKind, day: date) -> None:
        ids = st.lists(st.sampled_from(sorted(self.state.agencies)), min_size=1, max_size=3, unique=True)
        before, after = tuple(data.draw(ids)), tuple(data.draw(ids))
        self.record(AnnounceRestructuring(UUID(int=next(self.numbers)), kind, before, after, after[0], day))

    @precondition(lambda self: self.state.restructurings)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        self.record(WithdrawRestructuring(data.draw(st.sampled_from(sorted(self.state.restructurings)))))

    @precondition(lambda self: self.state.restructurings)
    @rule(data=st.data())
    def complete(self, data: st.DataObject) -> None:
        """A policy's: it refuses nothing."""
        command = CompleteRestructuring(data.draw(st.sampled_from(sorted(self.state.restructurings))))
        ORGANISATION.decide(command, self.state)
        self.record(command)

    @rule(data=st.data(), who=st.none() | PEOPLE, day=DAYS)
    def leave(self, data: st.DataObject, who: str | None, day: date) -> None:
        self.record(NoteAbsence(self.a_post(data), None if who is None else person(who), day))

    @rule(data=st.data(), day=DAYS)
    def come_back(self, data: st.DataObject, day: date) -> None:
        self.record(NoteReturn(self.a_post(data), day))

    @rule(data=st.data(), day=DAYS, named=st.booleans())
    def end_post(self, data: st.DataObject, day: date, named: bool) -> None:
        self.record(EndPost(self.a_post(data), self.a_post(data) if named else None, day))

    @rule(data=st.data(), fact=st.sampled_from(Fact))
    def withdraw_fact(self, data: st.DataObject, fact: Fact) -> None:
        of_agency = fact in {Fact.NAME, Fact.PARENT}
        subject = self.an_agency(data) if of_agency else self.a_post(data)
        agency, post = self.state.agencies.get(subject), self.state.posts.get(subject)
        days: list[date] = []
        if agency is not None:
            days = [day for day, _ in (agency.names if fact is Fact.NAME else agency.parents)]
        if post is not None:
            days = [day for day, _ in (post.holders if fact is Fact.HOLDER else post.absences)]
        if days:
            self.record(WithdrawFact(fact, subject, data.draw(st.sampled_from(days)), document("why")))

    @invariant()
    def every_agency_leads_to_the_root_and_never_back_to_itself(self) -> None:
        for day in ASKED:
            for agency_id in self.state.agencies:
                chain = queries.chain(self.state, agency_id, day)
                assert len(set(chain)) == len(chain)
                assert not chain or chain[-1] == PROVINCE

    @invariant()
    def a_post_is_held_by_those_who_hold_it_and_by_nobody_else(self) -> None:
        for day, post_id in itertools.product(ASKED, self.state.posts):
            held = (queries.holder(self.state, post_id, day), queries.in_charge(self.state, post_id, day))
            known = {who for who in self.state.posts_of_person if post_id in queries.posts_of(self.state, who, day)}
            assert known == {holding.person_id for holding in held if holding is not None}

    @invariant()
    def an_heir_of_what_is_open_exists(self) -> None:
        for day in ASKED:
            for agency_id in self.state.agencies:
                heir = queries.living(self.state, agency_id, day)
                assert heir is None or self.state.agencies[heir].exists(day)
                assert heir is not None or not queries.chain(self.state, agency_id, day)


TestOrganisation = OrganisationMachine.TestCase
TestOrganisation.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
