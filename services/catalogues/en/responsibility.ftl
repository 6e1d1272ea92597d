## What heads answer for at their agency, level by level.

event-discipline-responsibility-raised = Question of the head's responsibility raised
event-discipline-responsibility-opened = Review of the head proposed
event-discipline-responsibility-closed = No review of the head
event-discipline-responsibility-taken-over = Question of the head's responsibility taken over by another authority
responsibility-status-raised = Waiting for an answer
responsibility-status-opened = Review proposed
responsibility-status-closed = No review
closing-ground-found_and_reported = found, stopped and reported it himself
closing-ground-new_in_office = had just taken office
closing-ground-absent = was away, and somebody acted for him
closing-ground-not_responsible = does not answer for it
closing-ground-finding_fell_away = what it rested on fell away
stall-responsibility-unanswered = The question of the head's responsibility is unanswered
    .ends = the competent authority proposes a review or says why not, for every level

# Refusals
responsibility-unknown = This finding or consultation raises no question of a head's responsibility at that level.
    .mend = Check the id and the level.
level-answered = The question of level { $level } has been answered.
    .mend = Look at the case again; where a review was proposed, decide there.
every-level-answered = The question is answered at every level, so there is nothing to take over.
    .mend = Look at the timeline of the case.
ground-without-row = No active row lets a head go for this reason (row { $row_id }).
    .mend = Say why he does not answer for it, propose a review, or ask an administrator to activate the row with its source.
no-longer-new = By row { $rule_id } a head who took office on { $since } was new until { $last_day }; the fact is of { $fact_date }.
    .mend = Say why he does not answer for it, or propose a review. Where the day on which he took office is wrong, have the organisation corrected and the question raised again.
ground-not-of-head = { $ground ->
    [found_and_reported] It was no check of his own agency that found this, so the head of that level did not find it himself.
    [absent] The directory names nobody who acted for the head of that level on the day of the fact.
   *[other] The directory names nobody who held the post of that level on the day of the fact.
    }
    .mend = Say why he does not answer for it, or propose a review. Where the directory is wrong, have the organisation corrected and the question raised again.
ground-not-given = That the question has lost what it rested on is recorded by itself; nobody states it.
    .mend = Choose another reason.
