## Plans by which what is open passes on when agencies end.

event-discipline-succession-proposed = Plan of succession proposed
event-discipline-succession-corrected = Plan of succession corrected
event-discipline-succession-approved = Plan of succession approved
event-discipline-succession-withdrawn = Plan of succession withdrawn
event-discipline-succession-carried-out = Plan of succession carried out
event-discipline-follow-up-passed-on = Passed on to the agency that takes over
succession-status-proposed = Proposed
succession-status-approved = Approved
succession-status-withdrawn = Withdrawn
succession-status-carried_out = Carried out
matter-follow_up = Follow-up
matter-review = Review
matter-responsibility = Question of a head's responsibility
matter-board_seat = Seat on a board
stall-succession-not-approved = Plan of succession not approved before its day
    .ends = the chair approves the plan, or the act is withdrawn
stall-succession-not-carried-out = Approved plan of succession not carried out
    .ends = the plan is carried out

succession-unknown = There is no such plan.
    .mend = Check the plan's id.
succession-not-proposed = The plan is no longer a proposal, so it is neither corrected nor approved.
    .mend = Look at it again; if need be, announce another act.
succession-not-approved = The plan is not approved, or has been carried out or withdrawn.
    .mend = Approve it first; a plan is carried out once.
succession-ahead = The agencies exist until { $day }.
    .mend = Carry it out from that day on.
end-not-recorded = The end of the agencies is not recorded in the organisation yet.
    .mend = Wait a few minutes and send it again.
not-the-chair = Only whoever holds the post { $chair } approves a plan and has it carried out.
    .mend = Submit it to the one who may.
not-of-predecessor = The post { $post_id } belongs to no agency that ends by this act.
    .mend = Choose a post of the plan.
not-of-successor = On { $day } the post { $post_id } belongs to no agency that takes over.
    .mend = Choose a post of a successor, or of an agency below one.
