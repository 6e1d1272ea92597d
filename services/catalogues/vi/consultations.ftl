## Lấy ý kiến, và quá hạn không trả lời thì sao.

event-discipline-consultation-asked = Lấy ý kiến
event-discipline-consultation-answered = Trả lời ý kiến
event-discipline-consultation-withdrawn = Rút văn bản lấy ý kiến
event-discipline-consent-deemed = Quá hạn không trả lời, coi như đồng ý
event-discipline-consultation-lapsed = Quá hạn không trả lời
