## Rows of the law's table: rules, values, conditions, confidence; the command 'kycuong law'.

# Rules
law-rule-triggering_day = the day that triggers a term
law-rule-last_day_off = a last day that is off
law-rule-limitation = limitation
law-rule-limitation_start = the day from which limitation runs
law-rule-limitation_restart = limitation that begins anew
law-rule-limitation_none = no limitation
law-rule-processing = processing time
law-rule-processing_extended = processing time, extended
law-rule-time_not_counted = time that does not count
law-rule-scope = scope
law-rule-forms = forms of discipline
law-rule-forms_abolished = forms that were abolished
law-rule-several_violations = several violations
law-rule-new_offence = a new offence while a sanction runs
law-rule-transferred_official = transferred officials
law-rule-leavers = leavers and retirees
law-rule-forms_not_for_leavers = forms that leavers cannot be given
law-rule-form_decided_by = who imposes a form
law-rule-transition = transition
law-rule-protection_procedure = the terms of protection
law-rule-heads_answer = heads who answer
law-rule-head_found_and_reported = a head who found and reported it himself
law-rule-head_new_in_office = a head who had just taken office
law-rule-head_absent = a head who was away
law-rule-review_steps = the steps of a review
law-rule-review_step_days = the term of a step
law-rule-board_size = how many sit on a board
law-rule-board_quorum = a board's quorum
law-rule-board_composition = a board's composition
law-rule-missed_summons = missed summons
law-rule-decision_validity = how long a decision runs
law-rule-decision_publication = publication of a decision
law-rule-complaint = the window for a complaint
law-rule-complaint_resolution = the term to resolve a complaint
law-rule-complaint_effect = a decision's effect during a complaint
law-rule-complaint_answer = what an answer to a complaint imposes
law-rule-complaint_court = forms whose decision may go to court
law-rule-records_kept = files of discipline are kept
law-rule-apology = the apology for a late dossier
law-rule-conclusion = the conclusion of an inspection
law-rule-heads_opinion = the same-level head's opinion
law-rule-implementing_directive = the directive that implements a conclusion
law-rule-conclusion_publication = publication of a conclusion
law-rule-team_bar = who may not join a team
law-rule-conclusion_follow_up = follow-up of a conclusion
law-rule-promotion_bar = how long after a sanction nobody is planned for, appointed or promoted
law-rule-rating = classes of the yearly rating
law-rule-rating_cap = the cap of a class
law-rule-rating_after_discipline = the rating after discipline
law-rule-delay_deduction = the deduction for a delay
law-rule-ranked_by = by when the rating is done

# Values in words
law-word-acting-head-answers = whoever acts for him answers
law-word-by-this-decree = by this decree
law-word-responsibility-excluded = responsibility excluded
law-word-cadre = cadres
law-word-civil-servant = civil servants
law-word-complaint = a complaint
law-word-conclusion = from the conclusion
law-word-corruption-and-violations-in-agency = corruption and violations in the agency
law-word-council = disciplinary council
law-word-criminal-proceedings = criminal proceedings
law-word-decision = decision
law-word-defence-security-foreign = defence, security, foreign interests
law-word-deferral = deferral
law-word-deserves-party-expulsion = deserves expulsion from the Party
law-word-discovery = from discovery
law-word-not-heavier = no heavier form than was decided
law-word-does-not-suspend = does not suspend it
law-word-suspends = suspends it
law-word-electing-body = the body that elected
law-word-exempt-or-mitigated = exempt or mitigated
law-word-false-certificates = false certificates
law-word-highest-form = one decision, the highest form
law-word-in-scope = in scope
law-word-internal-political-protection = internal political protection
law-word-litigation = litigation
law-word-new-agency-by-present-post = the new agency, by the present post
law-word-new-violation = anew from the new violation
law-word-no-promotion = not planned for, appointed or promoted to a higher post
law-word-not-completed = not completed
law-word-not-erased = not erased
law-word-not-counted = does not count
law-word-one-level-above-form-in-force = one level above the form in force
law-word-one-level-above-heaviest = one level above the heaviest
law-word-one-level-above-own-form = one level above its own form
law-word-reopens-administrative = reopens the administrative one
law-word-review-meeting = review meeting
law-word-rolls-to-next-working-day = rolls to the next working day
law-word-by-date-of-fact = by the date of the fact
law-word-by-date-of-step = by the date of the step

# Conditions
law-condition-acceptance = to accept it
law-condition-approved-proposal-common-good = under an approved proposal, for the common good
law-condition-before-decree-71-2023 = before Decree 71/2023/NĐ-CP
law-condition-board = to set up the board
law-condition-by-exception = by exception
law-condition-completed-at-least = completed, from here on
law-condition-decision = to decide
law-condition-dismissal-by-electing-body = of a dismissal by the electing body
law-condition-duty-related-reprimand-or-worse = a duty-related reprimand or worse
law-condition-end-not-determinable = if its end cannot be determined
law-condition-equal-or-lighter = if equal or lighter
law-condition-excellent-at-least = excellent, from here on
law-condition-excellent-of-those-rated-good = excellent, of those rated good
law-condition-first = the first
law-condition-good-at-least = good, from here on
law-condition-heavier = if heavier
law-condition-meeting = to hold the review meeting
law-condition-of-progress-points-each-delay = of the progress points, for each delay
law-condition-opening = to open or refuse
law-condition-party-form = after the Party's discipline
law-condition-processing = of processing time alone
law-condition-second = the second
law-condition-second-of-forced-termination = the second, of a forced termination
law-condition-self-review = for the self-review
law-condition-service = to serve the decision
law-condition-summons = from the summons to the sitting
law-condition-thanh-tra = of thanh tra
law-condition-thanh-tra-government-inspectorate = of the Government Inspectorate
law-condition-violation-ongoing = if the violation goes on

# How a violation went
course-and-day-differ = The day does not fit how the violation went ({ $course }).
    .mend = Of one that went on, name the day of discovery; of one without a known end, the day of the conclusion; of one that ended, none.
matter-not-in-row = Row { $rule_ids } does not name { $matter }.
    .mend = Choose among: { $allowed }.
course-ended = ended
course-ongoing = went on
course-end_unknown = its end cannot be determined

# How a row is read
law-value = { $unit ->
    [days] { $number } { $day_kind ->
        [working] working days
        [calendar] calendar days
       *[other] days (of which kind is not known)
    }
    [months] { $number } months
    [years] { $number } years
    [percent] { $number } %
    [points] { $number } points
    [month_day] before { $number } (month-day)
   *[number] { $number }
}
law-value-unknown = value not known
law-post-leading = leading posts
law-post-not_leading = posts that do not lead
law-everybody = everybody
law-article = art. { $article }
law-clause = art. { $article }({ $clause })
law-point = art. { $article }({ $clause })({ $point })
law-cited = { $instrument }, { $provisions }
law-period = { $bounds ->
    [both] from { $first } until before { $end }
    [first] from { $first }
    [end] until before { $end }
   *[none] no day recorded
}
law-confidence-verified = verified
law-confidence-secondary = secondary source
law-confidence-unverified = not verified
law-state-active = applied
law-state-inactive = not applied
law-state-shown = the suite only shows it

# The command 'kycuong law'
law-sound = { $files } files, sound: { $rows } rows, { $active } applied, { $inactive } waiting for activation.
law-shown = The rows of { $day }: { $active } applied, { $inactive } not applied.
law-activated = Activated since { $since }, by: { $source }
law-shown-as-shipped = This is the table as it ships. Add --activated for what was activated in this deployment, too.
law-began = In force after { $first }, up to { $second }: { $count } rows.
law-ended = No longer in force after { $first }, up to { $second }: { $count } rows.
law-word-not-obeyed = The suite cannot act on the value { $word } of this rule.
    .mend = Choose one of: { $known }.

# Activation
law-row-unknown = The table has no row { $row_id }.
    .mend = See the ids with GET /discipline/law or 'kycuong law show'.
law-row-ships-active = Row { $row_id } ships active.
    .mend = There is nothing to activate; if the row is wrong, say so, and it is mended in a release.
law-row-activated-before = Row { $row_id } is activated since { $since }.
    .mend = For another value, withdraw it and activate it again.
law-row-not-activated = Row { $row_id } was not activated here.
    .mend = Check the row's id.
law-value-stated-twice = Both a number and words are stated for row { $row_id }, which has one value.
    .mend = State the number or the words, as the source has it.
law-term-beyond-calendar = Row { $row_id }: a term that begins on { $begins_on } would end after { $last_known }, the last day that the calendar of working days knows.
    .mend = Check number and unit in the source. If they are right, the row can be applied once a release of the suite brings a longer calendar.
law-column-value = value
law-column-day_kind = working or calendar days
law-column-effective_to = no longer in force from
law-column-starts_on = what begins the term
law-column-rolls = whether a last day off rolls on
law-column-active = applied
law-row-unsound = Row { $row_id } cannot be applied yet, column «{ $column }»: { $fault }
    .mend = State that column as the source has it, and send it again.
event-discipline-law-row-activated = Row of the law activated
event-discipline-law-row-withdrawn = Activation of a row of the law withdrawn

# Instruments, as a document cites them
law-instrument-civil-code-2015 = Civil Code 2015
law-instrument-complaints-law = Complaints Law
law-instrument-decree-112-2020-nd-cp = Decree 112/2020/NĐ-CP
law-instrument-decree-157-2007-nd-cp = Decree 157/2007/NĐ-CP
law-instrument-decree-170-2025-nd-cp = Decree 170/2025/NĐ-CP
law-instrument-decree-172-2025-nd-cp = Decree 172/2025/NĐ-CP
law-instrument-decree-251-2025-nd-cp = Decree 251/2025/NĐ-CP
law-instrument-decree-335-2025-nd-cp = Decree 335/2025/NĐ-CP
law-instrument-decree-43-2023-nd-cp = Decree 43/2023/NĐ-CP
law-instrument-decree-73-2023-nd-cp = Decree 73/2023/NĐ-CP
law-instrument-decrees-61-2018-nd-cp-and-118-2025-nd-cp = Decrees 61/2018/NĐ-CP and 118/2025/NĐ-CP
law-instrument-law-22-2008-qh12-as-amended-by-law-52-2019-qh14 = Law 22/2008/QH12 as amended by Law 52/2019/QH14
law-instrument-law-80-2025-qh15 = Law 80/2025/QH15
law-instrument-law-80-2025-qh15-and-decree-172-2025-nd-cp = Law 80/2025/QH15 and Decree 172/2025/NĐ-CP
law-instrument-law-on-archives-33-2024-qh15 = Law on Archives 33/2024/QH15
law-instrument-law-on-inspection-84-2025-qh15 = Law on Inspection 84/2025/QH15
law-instrument-law-on-inspection-84-2025-qh15-and-decree-216-2025-nd-cp = Law on Inspection 84/2025/QH15 and Decree 216/2025/NĐ-CP
law-instrument-law-on-public-employees-2025 = Law on Public Employees 2025
law-instrument-not-named-by-the-source = an instrument that the source does not name

# How a term was counted, in words
calculation-term = Term
calculation-day = { $day }
calculation-start = Start: { $day }{ $cause ->
    [none] {""}
   *[other] , { $cause }
} (this day does not count).
calculation-start-row = The start is moved by { $row }.
calculation-restarts = Begun anew on the days of new violations: { $days }.
calculation-days = Length: { $days } { $day_kind ->
    [working] working days
   *[calendar] days
}, by { $row }.
calculation-months = Length: { $months } months, by { $row }.
calculation-extended = Extended to { $days } { $day_kind ->
    [working] working days
   *[calendar] days
} from the same start, by { $row }; without that it would have ended at { $before }.
calculation-suspended = { $days } days not counted, { $bounds ->
    [open] from { $first } on
   *[closed] from { $first } to { $last }
}: { $reason }, by { $row }.
calculation-counted-all-the-same = Counted all the same, { $bounds ->
    [open] from { $first } on
   *[closed] from { $first } to { $last }
}: { $reason }; no row that is applied lets it not count.
calculation-skipped = Days off not counted: { $days }.
calculation-exchanged = Days worked in exchange and counted: { $days }.
calculation-end = End: { $end }.
calculation-end-suspended = Still suspended since { $since }; counted up to { $as_of }, it ends no earlier than { $end }.

# The calendar of working days
calendar-ends = A term leaves the calendar of working days, which knows the days from { $first } to { $last }.
    .mend = State a day or a number of days within it. Where an activated row of the law sets the term, an administrator withdraws that row; a longer calendar comes with a release of the suite.
