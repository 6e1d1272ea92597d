## Boards and secret ballots: refusals, names of events, roles, statuses.

# Establishment, composition
board-unknown = There is nothing here.
    .mend = Check the address and the id.
board-already-established = The board { $board_id } was established in this matter.
    .mend = Add the review to that board, or replace its members.
board-has-ended = The board has ended: all its reviews are over.
    .mend = If the matter has a new review, the authority establishes the board anew.
review-of-another-matter = The review { $review_id } belongs to another matter or to another authority.
    .mend = A board sits on reviews of one matter before one authority.
review-not-going-on = The review { $review_id } is not open.
    .mend = Open the review first, then establish the board.
review-not-of-board = The review { $review_id } is not this board's, or not on the agenda of this sitting.
    .mend = Choose a review on the agenda, or convene another sitting.
review-already-of-board = The board sits on the review { $review_id } already.
    .mend = Nothing has to be done.
no-board-for-collective = The review { $review_id } is not one of a person: a collective's ends at the review meeting.
    .mend = Leave this review out of the decision.
seat-repeated = { $person_id } has two seats.
    .mend = Give each person one seat.
seat-role-not-once = A board has exactly one { $role ->
        [chair] chair, with a vote
       *[secretary] secretary
    }; the list has { $seats }.
    .mend = Mend the list of members.
seat-without-post = { $person_id } does not hold the post { $post_id } on this day.
    .mend = Name the post that this person holds.
board-size-not-by-rule = { $seats } sit with a vote; it must be { $size } { $stated_by ->
        [row] by { $instrument } (row { $rule_id })
       *[decision] by the establishing decision
    }.
    .mend = Mend the list so that the number of votes is right.
quorum-not-stated = No active row states the quorum.
    .mend = State it in the establishing decision.
quorum-not-by-rule = The decision states a quorum of { $quorum }, but { $instrument } (row { $rule_id }) states { $stated }.
    .mend = Leave the number out of the decision, or state the row's.
quorum-above-size = The quorum of { $quorum } is larger than the board, of which { $size } vote.
    .mend = State a number that is no larger than the number of votes.
member-is-subject = { $person_id } is the subject and cannot sit on the board.
    .mend = Choose somebody else; there is no exception.
member-conflicted = { $person_id } { $ground ->
        [same_unit] works in the subject's unit
        [superior] is a superior of the subject
        [subordinate] is a subordinate of the subject
       *[other] is tied to the subject
    }.
    .mend = Choose somebody else, or say in the decision why this person may sit all the same.

# Recusal, replacement
not-on-board = { $person_id } has no seat on the board.
    .mend = Check the list of members.
member-may-not-take-part = { $person_id } may not take part: recused, related by declaration, in conflict by the organisation, or no longer in the post of the seat.
    .mend = Ask the authority to give the seat to somebody else.
not-chair-nor-secretary = Only the board's chair and secretary run its sittings.
    .mend = Ask one of the two.
may-not-ask-recusal = Only the member, another member, a subject or the authority may ask for this.
    .mend = Tell the board's secretary.
recusal-already-asked = A request about { $person_id } waits for its decision.
    .mend = Wait for the decision.
recusal-refused-before = You asked for the same about { $person_id } before, and it was refused.
    .mend = Ask again only where something has come to light since then, and say what it is.
already-recused = { $person_id } is recused in this matter and does not come back.
    .mend = Choose somebody else.
recusal-not-asked = No request about { $person_id } waits for a decision.
    .mend = Look at where it stands now.
recusal-not-yours-to-decide = On the chair, or while the chair may not take part, the holder of { $authority_post } decides; on others the board's chair; nobody on himself.
    .mend = Leave it to whoever decides.
recusal-pending = A request about { $person_id } is not decided yet.
    .mend = Decide it before the vote.
vote-under-way = The ballot { $ballot_id } goes on or has just ended, so who sits does not change now.
    .mend = Wait for the count; if that cannot wait, chair or secretary declares the ballot void, with reasons. Then look again and repeat.
declaration-missing = { $person_id } has not declared whether anything ties him or her to a subject.
    .mend = The declaration comes before the sitting.

# Sittings
review-not-heard = The board has not heard the review { $review_id }, so nobody votes on it yet.
    .mend = Refer it to the board and record its hearing first, then vote.
sitting-not-yet = The sitting was convened for { $held_at }, and is not opened before.
    .mend = Open it at the moment for which it was convened, or later.
sitting-in-past = A sitting is convened for a moment to come.
    .mend = Choose a later moment.
sitting-not-over = Sitting { $sitting } is not over.
    .mend = Close it, with its minutes, before the next is convened.
sitting-not-convened = No sitting waits to be opened.
    .mend = Convene one first.
sitting-not-open = The board does not sit.
    .mend = Open the sitting first.
choices-repeated = The choice { $choice } stands twice.
    .mend = Name each choice once.
heard-by-too-few = A quorum is there, but only { $present } of them sat with a vote when the review { $review_id } was heard; it must be { $quorum } { $stated_by ->
        [row] by { $instrument } (row { $rule_id })
       *[decision] by the establishing decision
    }. Who did not hear the case does not vote on it.
    .mend = Vote with those who heard it; where too few of them are left on the board, summon the subject to a further hearing.
quorum-missing = Only { $present } with a vote may take part; it must be { $quorum } { $stated_by ->
        [row] by { $instrument } (row { $rule_id })
       *[decision] by the establishing decision
    }: the board can neither sit nor vote.
    .mend = Wait until enough are there; if members are recused, ask the authority to replace them.

# Secret ballots
ballot-unknown = There is nothing here.
    .mend = Check the address and the id.
not-presiding = Only who presides over the vote and its secretary do this.
    .mend = Ask one of the two.
not-a-voter = This person has no vote in this ballot.
    .mend = Look at the list of voters: it has those who sat when the case was heard, and sit now.
roll-not-open = Papers are taken while the roll is open ({ $status }).
    .mend = Note who came too late in the minutes; if need be, declare the ballot void and vote anew.
paper-already-taken = This voter has a paper; there is one for each.
    .mend = Use the one that was taken, on the computer on which it was taken. If it is lost, ask for the ballot to be declared void and repeated.
roll-below-quorum = { $took_part } took a paper; it must be { $quorum } { $stated_by ->
        [row] by { $instrument } (row { $rule_id })
       *[decision] by the establishing decision
    }.
    .mend = Wait until more have taken one, or declare the ballot void.
too-few-to-be-secret = With { $voters } voters the count would tell who chose what; there must be at least { $least }.
    .mend = Wait for more, or vote openly outside the suite and put it into the minutes.
box-until-too-soon = The box stays open until a moment to come.
    .mend = Choose a later moment.
box-not-open = The box is not open ({ $status }).
    .mend = Ballots are put in and counted after the roll was closed and before there is a count.
box-still-open = Not all ballots are in, and the box stays open until { $box_until }.
    .mend = Wait until all are in or the time is over; how many are in is told to nobody before.
more-ballots-than-papers = The box holds { $ballots } ballots, and { $papers } papers were issued: some are forged.
    .mend = Declare the ballot void, tell the inspectorate and the operators, and vote anew.
ballot-is-over = The ballot is over ({ $status }).
    .mend = Look at its result.
choice-not-offered = The ballot does not offer this; the paper was not used up.
    .mend = Choose one of the ballot's choices, blank, or invalid.
choice-name-taken = { $choice } is what every ballot offers besides its choices.
    .mend = Give the choice another name.
nothing-to-dissent-from = There is no count yet to dissent from.
    .mend = Have the opinion put into the minutes after the count.
dissent-already-recorded = The opinion of { $person_id } stands in the minutes.
    .mend = Nothing has to be done.
ballot-paper-not-valid = This is no paper of this ballot.
    .mend = Send the paper that was taken for this ballot.
blinded-request-unreadable = The request for a paper cannot be read.
    .mend = Make it with this ballot's public key (RFC 9474), in base64url.

# Names of events
event-discipline-board-established = Board established
event-discipline-board-review-added = Review added to the board
event-discipline-board-taken-over = Board taken over by another authority
event-discipline-conflict-declared = Declaration by a member
event-discipline-recusal-requested = Recusal asked for
event-discipline-recusal-granted = Recusal granted
event-discipline-recusal-refused = Recusal refused
event-discipline-board-member-replaced = Member replaced
event-discipline-sitting-convened = Sitting convened
event-discipline-sitting-opened = Sitting opened
event-discipline-sitting-closed = Sitting closed
event-discipline-board-vote-called = Secret ballot called by the board
event-discipline-board-vote-ended = Vote of the board over
event-discipline-board-review-ended = Review of the board over
event-discipline-board-dissolved = Board dissolved
event-discipline-ballot-called = Roll of voters opened
event-discipline-ballot-paper-issued = Ballot paper taken
event-discipline-ballot-roll-closed = Roll closed, box opened
event-discipline-ballot-counted = Ballots counted
event-discipline-ballot-voided = Ballot declared void
event-discipline-dissent-recorded = Dissent put into the minutes

# Roles, grounds, statuses
seat-role-chair = Chair
seat-role-member = Member
seat-role-secretary = Secretary
conflict-ground-subject = Is the subject
conflict-ground-same_unit = Same unit
conflict-ground-superior = Superior
conflict-ground-subordinate = Subordinate
conflict-ground-declared = Declared a relation
ballot-status-roll = Papers are taken
ballot-status-box = The box is open
ballot-status-counted = Counted
ballot-status-closed = The box is closed
ballot-status-void = Void
void-ground-declared = Declared void by chair or secretary
void-ground-too_few_ballots = Too few ballots to stay secret
ballot-gives-away-unanimous = All ballots are alike: the count itself tells everybody's.
ballot-gives-away-all_but_one = One ballot differs: whoever cast it knows those of the others.

# kycuong ballot: a voter, on his own computer
ballot-key-shown = The ballot's key: { $fingerprint }. Read it out and compare it with the others': it must be the same.
ballot-paper-taken = The paper was taken and kept in { $file }. Give this file to nobody and do not lose it.
ballot-waits = The box is not open yet; waiting until the roll is closed.
ballot-delay = The ballot is put in at a moment by chance within { $seconds } seconds, so that the moment tells nobody whose it is.
ballot-put-in = The ballot is in the box.
ballot-put-in-before = This ballot had been put in before; this time changed nothing.
ballot-not-in = The ballot is not in the box.
ballot-paper-missing = There is no paper in { $file }. Take one first: kycuong ballot take.
ballot-paper-unreadable = The file { $file } is no ballot paper. Choose another.
ballot-paper-of-another = The file { $file } is the paper of another ballot. Choose another.
ballot-paper-not-signed = The paper in { $file } is not signed. Run kycuong ballot take with this file again.
ballot-signature-wrong = The server answered with a signature that is none; the paper cannot be used. Tell the chair.
ballot-box-never-opened = The box was not opened in the meantime. Ask the chair, then run it again.
ballot-server-said = { $detail } { $mend }
ballot-server-unreachable = { $url } cannot be reached. Check the address and the network and run it again; nothing counts twice.

# What a board waits for
board-owed-declarations = Declare whether something ties you to the subject
board-owed-recusals = Decide on a recusal
board-owed-vacancy = Fill the vacant seat: its member no longer holds the post for which he was chosen
board-owed-replacement = Replace members: the board cannot reach its quorum
board-owed-convocation = Convene a sitting
board-owed-opening = Open the sitting
board-owed-vote = Call the secret ballot
board-owed-count = Count the ballot
board-owed-minutes = Minutes of the sitting
board-owed-further-hearing = Summon to a further hearing: too few of those who heard the case may still vote
board-owed-by-authority = Competent authority
board-owed-by-chair = Chair of the board
board-owed-by-secretary = Secretary of the board
board-owed-by-members = Members of the board
paper-finding = What was found
paper-evidence = Evidence of the finding
