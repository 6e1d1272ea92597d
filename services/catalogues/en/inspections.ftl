# Inspections and checks: why something cannot be done, and how to mend it.

inspection-unknown = There is no such inspection.
    .mend = Look at the list and use its id.
inspection-already-planned = This inspection has been planned already.
    .mend = Plan another one, or change this one.
period-reversed = The period ends ({ $to_day }) before it begins ({ $from_day }).
    .mend = Correct the first or the last day.
agency-named-twice = The agency { $agency_id } is named more than once.
    .mend = Name each agency once.
only-inspectorates-inspect = Only an inspectorate conducts a thanh tra.
    .mend = Choose kiểm tra, or ask the inspectorate to plan it.
internal-is-a-check = What an agency looks into at home is kiểm tra, never thanh tra.
    .mend = Choose kiểm tra.
person-named-twice = A person has more than one place in the team ({ $person_id }).
    .mend = Name each person once.
member-of-inspected-agency = The person { $person_id } heads or works in { $agency_id }, which is inspected.
    .mend = Appoint somebody else.
not-in-charge = You neither planned nor lead this inspection.
    .mend = Ask whoever planned it, its leader, or an officer of the inspectorate.
team-missing = This inspection has no team yet.
    .mend = Appoint a leader before it begins.
inspection-not-opened = This inspection has not begun.
    .mend = Open it before you issue the conclusion.
inspection-already-opened = This inspection began on { $opened_on }.
    .mend = Nothing more needs to be done.
inspection-already-concluded = The conclusion of this inspection was issued.
    .mend = Follow the remediation at each finding.
inspection-cancelled-before = This inspection was cancelled.
    .mend = Plan another one if it is needed.

# Names of what happened to an inspection.

event-inspection-inspection-planned = Planned
event-inspection-team-appointed = Team appointed
event-inspection-inspection-opened = Opened
event-inspection-inspection-concluded = Concluded
event-inspection-inspection-cancelled = Cancelled
