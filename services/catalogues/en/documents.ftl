## Documents of reviews: registers, templates, what is printed.

event-discipline-document-issued = Document issued
event-discipline-template-stored = Template stored
event-discipline-template-activated = Template put to use
event-discipline-template-withdrawn = Own template no longer used

# Kinds of document
document-kind-review-opening = decision to review
document-kind-summons = summons
document-kind-minutes = minutes
document-kind-recommendation = recommendation
document-kind-decision = decision
document-kind-complaint-answer = answer to a complaint
document-kind-publication = publication
document-draft = DRAFT

# What is printed in documents
document-person = Mr (Ms) { $name }
document-collective = the collective of { $agency }
document-board = Disciplinary board
document-board-chair = Chair of the board
document-signs =
    { $right ->
        [deputy] For the { $title }
        [acting] Acting { $title }
       *[mandate] By mandate of the { $title }
    }
document-form-given = Discipline by { $form }
document-form-none = No disciplinary form
document-no-form = no discipline
document-violation-unnamed = a violation of the type { $type }
document-provision-of = { $provision }, { $directive }
document-directive = { $number } ({ $name })
document-session-meeting = Review meeting
document-session-board = Sitting of the disciplinary board
document-outcome-upheld = the decision stands
document-outcome-changed = the decision is changed
document-outcome-revoked = the decision is revoked

# Refusals
number-not-next = Number { $number } has gone to another document; the register's next one is { $next }.
    .mend = Send it again: the document is made anew with the next number.
step-issued-before = This step has its document { $document_id } already.
    .mend = Use the document that was issued, or issue one in its place and say that it replaces this one.
replaces-nothing = The document { $replaces } is not the one that stands for this step.
    .mend = Look at the documents of the case and name the one that stands for exactly this step.
template-problem-syntax = the syntax is wrong
template-problem-construct = this cannot be used
template-problem-filter = there is no such filter
template-problem-loop = only a list can be gone through, and without a condition
template-unreadable = The template cannot be read in the part "{ $part }", line { $line }: { $problem }, at "{ $found }".
    .mend = Use names of fields, for, if and the filters upper, lower, first_upper only.
template-field-unknown = A template of the kind { $kind } names fields that there are not: { $unknown }.
    .mend = Use the fields of this kind: { $known }.
template-field-missing = A template of the kind { $kind } leaves out what it must say: { $missing }.
    .mend = Add these fields to the template.
template-stored-before = These words have been stored as version { $version }.
    .mend = Put that version to use.
template-version-unknown = The template has no version { $version }; the last one is { $last }.
    .mend = Look at the list of versions and choose one that was stored.
template-in-use = Version { $version } is in use.
    .mend = Nothing is to be done; to change the words, put another version to use.
template-not-in-use = The agency has no words of its own in use for this kind.
    .mend = Nothing is to be done; documents use the words of the agency above, or the shipped ones.
document-step-not-there = The case has no step yet that a document of the kind { $kind } could put into words.
    .mend = Record that step first, then make the document.
answered-elsewhere = This complaint was answered by a court or a body outside the suite, so its document is not made here.
    .mend = Keep that body's document as the text of the answer.
person-not-in-registry = The registry has no name for { $person_id }.
    .mend = Ask the administrator to load the directory again, then make the document anew.
document-text-erased = The text that the document must give was erased.
    .mend = Record the step again with a new text.
publication-names-person = The publication names { $person_id }, who must not be named.
    .mend = Take that person's name out of what is published, then make it anew.
document-file-gone = The file of the document { $document_id } is not in the registry any more.
    .mend = Tell the operator to run kycuong verify; whoever received the document still has it as it was issued.
