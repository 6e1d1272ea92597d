## Consultations, and what no answer by the due moment means.

event-discipline-consultation-asked = Opinion asked
event-discipline-consultation-answered = Opinion given
event-discipline-consultation-withdrawn = Consultation withdrawn
event-discipline-consent-deemed = Not answered in time: deemed consent
event-discipline-consultation-lapsed = Not answered in time
