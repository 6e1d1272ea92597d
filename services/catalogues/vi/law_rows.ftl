## Các dòng của bảng pháp luật: quy tắc, giá trị, điều kiện, độ tin cậy; lệnh "kycuong law".

# Quy tắc
law-rule-triggering_day = ngày làm phát sinh thời hạn
law-rule-last_day_off = ngày cuối rơi vào ngày nghỉ
law-rule-limitation = thời hiệu xử lý kỷ luật
law-rule-limitation_start = ngày bắt đầu tính thời hiệu
law-rule-limitation_restart = tính lại thời hiệu
law-rule-limitation_none = không áp dụng thời hiệu
law-rule-processing = thời hạn xử lý kỷ luật
law-rule-processing_extended = thời hạn xử lý kỷ luật khi kéo dài
law-rule-time_not_counted = thời gian không tính
law-rule-scope = phạm vi áp dụng
law-rule-forms = các hình thức kỷ luật
law-rule-forms_abolished = hình thức kỷ luật đã bãi bỏ
law-rule-several_violations = có nhiều hành vi vi phạm
law-rule-new_offence = vi phạm mới khi đang chấp hành kỷ luật
law-rule-transferred_official = người đã chuyển công tác
law-rule-leavers = người đã nghỉ việc, nghỉ hưu
law-rule-forms_not_for_leavers = hình thức không áp dụng cho người đã nghỉ
law-rule-form_decided_by = thẩm quyền quyết định hình thức
law-rule-transition = quy định chuyển tiếp
law-rule-protection_procedure = thời hạn của thủ tục bảo vệ
law-rule-heads_answer = trách nhiệm của người đứng đầu
law-rule-head_found_and_reported = người đứng đầu tự phát hiện, báo cáo
law-rule-head_new_in_office = người đứng đầu mới nhận nhiệm vụ
law-rule-head_absent = người đứng đầu vắng mặt
law-rule-review_steps = các bước xử lý kỷ luật
law-rule-review_step_days = thời hạn của từng bước
law-rule-board_size = số thành viên hội đồng
law-rule-board_quorum = số thành viên tối thiểu để họp
law-rule-board_composition = thành phần hội đồng
law-rule-missed_summons = vắng mặt khi được triệu tập
law-rule-decision_validity = thời hạn hiệu lực của quyết định
law-rule-decision_publication = công khai quyết định
law-rule-complaint = thời hiệu khiếu nại
law-rule-complaint_resolution = thời hạn giải quyết khiếu nại
law-rule-complaint_effect = hiệu lực của quyết định khi có khiếu nại
law-rule-complaint_answer = hình thức kỷ luật khi giải quyết khiếu nại
law-rule-complaint_court = hình thức kỷ luật được khởi kiện tại Tòa án
law-rule-records_kept = lưu giữ hồ sơ kỷ luật
law-rule-apology = xin lỗi khi hồ sơ trễ hạn
law-rule-conclusion = ban hành kết luận thanh tra
law-rule-heads_opinion = ý kiến của thủ trưởng cùng cấp
law-rule-implementing_directive = chỉ đạo thực hiện kết luận
law-rule-conclusion_publication = công khai kết luận thanh tra
law-rule-team_bar = người không được tham gia đoàn thanh tra
law-rule-conclusion_follow_up = theo dõi thực hiện kết luận
law-rule-promotion_bar = thời gian không quy hoạch, bổ nhiệm, nâng ngạch sau kỷ luật
law-rule-rating = mức xếp loại
law-rule-rating_cap = tỷ lệ xếp loại tối đa
law-rule-rating_after_discipline = xếp loại khi bị kỷ luật
law-rule-delay_deduction = trừ điểm do chậm trễ
law-rule-ranked_by = hạn xếp loại

# Giá trị bằng chữ
law-word-acting-head-answers = người được giao phụ trách chịu trách nhiệm
law-word-by-this-decree = theo nghị định này
law-word-responsibility-excluded = loại trừ trách nhiệm
law-word-cadre = cán bộ
law-word-civil-servant = công chức
law-word-complaint = khiếu nại
law-word-conclusion = từ khi có kết luận
law-word-corruption-and-violations-in-agency = tham nhũng, vi phạm trong cơ quan
law-word-council = hội đồng kỷ luật
law-word-criminal-proceedings = tố tụng hình sự
law-word-decision = ra quyết định
law-word-defence-security-foreign = quốc phòng, an ninh, đối ngoại
law-word-deferral = tạm hoãn xem xét
law-word-deserves-party-expulsion = đến mức khai trừ khỏi Đảng
law-word-discovery = từ khi phát hiện
law-word-not-heavier = không nặng hơn hình thức đã quyết định
law-word-does-not-suspend = không tạm dừng thi hành
law-word-suspends = tạm dừng thi hành
law-word-electing-body = cơ quan đã bầu
law-word-exempt-or-mitigated = miễn hoặc giảm trách nhiệm
law-word-false-certificates = sử dụng văn bằng, chứng chỉ giả
law-word-highest-form = một quyết định, theo hình thức nặng nhất
law-word-in-scope = thuộc phạm vi xử lý
law-word-internal-political-protection = bảo vệ chính trị nội bộ
law-word-litigation = tố tụng
law-word-new-agency-by-present-post = cơ quan mới xử lý, theo chức vụ hiện tại
law-word-new-violation = tính lại từ vi phạm mới
law-word-no-promotion = không quy hoạch, bổ nhiệm, nâng ngạch
law-word-not-completed = không hoàn thành nhiệm vụ
law-word-not-erased = không xóa
law-word-not-counted = không tính
law-word-one-level-above-form-in-force = nặng hơn một mức so với hình thức đang thi hành
law-word-one-level-above-heaviest = nặng hơn một mức so với hình thức nặng nhất
law-word-one-level-above-own-form = nặng hơn một mức so với hình thức của vi phạm mới
law-word-reopens-administrative = xem xét lại kỷ luật hành chính
law-word-review-meeting = họp kiểm điểm
law-word-rolls-to-next-working-day = lùi sang ngày làm việc tiếp theo
law-word-by-date-of-fact = theo ngày vi phạm
law-word-by-date-of-step = theo ngày xử lý

# Điều kiện
law-condition-acceptance = để thụ lý
law-condition-approved-proposal-common-good = theo đề xuất đã được duyệt, vì lợi ích chung
law-condition-before-decree-71-2023 = trước Nghị định 71/2023/NĐ-CP
law-condition-board = để thành lập hội đồng
law-condition-by-exception = trường hợp ngoại lệ
law-condition-completed-at-least = hoàn thành nhiệm vụ, từ mức này
law-condition-decision = để ra quyết định
law-condition-dismissal-by-electing-body = nếu là bãi nhiệm
law-condition-duty-related-reprimand-or-worse = bị khiển trách trở lên liên quan đến công vụ
law-condition-end-not-determinable = nếu không xác định được thời điểm kết thúc
law-condition-equal-or-lighter = nếu ngang bằng hoặc nhẹ hơn
law-condition-excellent-at-least = hoàn thành xuất sắc, từ mức này
law-condition-excellent-of-those-rated-good = xuất sắc, trong số hoàn thành tốt
law-condition-first = lần đầu
law-condition-good-at-least = hoàn thành tốt, từ mức này
law-condition-heavier = nếu nặng hơn
law-condition-meeting = để họp kiểm điểm
law-condition-of-progress-points-each-delay = của điểm tiến độ, mỗi lần chậm
law-condition-opening = để mở hoặc từ chối
law-condition-party-form = sau kỷ luật đảng
law-condition-processing = chỉ đối với thời hạn xử lý
law-condition-second = lần hai
law-condition-second-of-forced-termination = lần hai, đối với buộc thôi việc
law-condition-self-review = để tự kiểm điểm
law-condition-service = để giao quyết định
law-condition-summons = từ khi triệu tập đến khi họp
law-condition-thanh-tra = đối với thanh tra
law-condition-thanh-tra-government-inspectorate = đối với Thanh tra Chính phủ
law-condition-violation-ongoing = nếu vi phạm còn tiếp diễn

# Diễn biến của vi phạm
course-and-day-differ = Ngày không khớp với diễn biến của vi phạm ({ $course }).
    .mend = Vi phạm còn tiếp diễn: ghi ngày phát hiện; không xác định được thời điểm kết thúc: ghi ngày kết luận; đã kết thúc: không ghi ngày.
matter-not-in-row = Dòng { $rule_ids } không nêu trường hợp { $matter }.
    .mend = Hãy chọn trong: { $allowed }.
course-ended = đã kết thúc
course-ongoing = còn tiếp diễn
course-end_unknown = không xác định được thời điểm kết thúc

# Cách đọc một dòng
law-value = { $unit ->
    [days] { $number } { $day_kind ->
        [working] ngày làm việc
        [calendar] ngày
       *[other] ngày (chưa rõ cách tính)
    }
    [months] { $number } tháng
    [years] { $number } năm
    [percent] { $number } %
    [points] { $number } điểm
    [month_day] trước ngày { $number } (tháng-ngày)
   *[number] { $number }
}
law-value-unknown = chưa có giá trị
law-post-leading = giữ chức vụ lãnh đạo
law-post-not_leading = không giữ chức vụ lãnh đạo
law-everybody = mọi đối tượng
law-article = Điều { $article }
law-clause = khoản { $clause } Điều { $article }
law-point = điểm { $point } khoản { $clause } Điều { $article }
law-cited = { $provisions } { $instrument }
law-period = { $bounds ->
    [both] từ { $first } đến trước { $end }
    [first] từ { $first }
    [end] trước { $end }
   *[none] không ghi ngày
}
law-confidence-verified = đã kiểm chứng
law-confidence-secondary = nguồn thứ cấp
law-confidence-unverified = chưa kiểm chứng
law-state-active = áp dụng
law-state-inactive = không áp dụng
law-state-shown = hệ thống chỉ hiển thị, không tự xử lý theo

# Lệnh "kycuong law"
law-sound = { $files } tệp hợp lệ: { $rows } dòng, { $active } dòng áp dụng, { $inactive } dòng chờ kích hoạt.
law-shown = Các dòng của ngày { $day }: { $active } dòng áp dụng, { $inactive } dòng không áp dụng.
law-activated = Kích hoạt từ { $since } theo nguồn: { $source }
law-shown-as-shipped = Đây là bảng theo bản phát hành. Thêm --activated để xem cả những dòng đã được kích hoạt tại đơn vị.
law-began = Có hiệu lực sau ngày { $first }, đến ngày { $second }: { $count } dòng.
law-ended = Hết hiệu lực sau ngày { $first }, đến ngày { $second }: { $count } dòng.
law-word-not-obeyed = Hệ thống không làm theo được giá trị { $word } của quy tắc này.
    .mend = Hãy chọn một trong: { $known }.

# Kích hoạt
law-row-unknown = Bảng pháp luật không có dòng { $row_id }.
    .mend = Hãy xem các mã bằng GET /discipline/law hoặc lệnh "kycuong law show".
law-row-ships-active = Dòng { $row_id } đã được áp dụng sẵn.
    .mend = Không cần kích hoạt; nếu dòng sai, hãy báo để sửa trong bản phát hành sau.
law-row-activated-before = Dòng { $row_id } đã được kích hoạt từ { $since }.
    .mend = Nếu cần giá trị khác, hãy rút lại rồi kích hoạt lại.
law-row-not-activated = Dòng { $row_id } chưa được kích hoạt tại đây.
    .mend = Hãy kiểm tra lại mã của dòng.
law-value-stated-twice = Dòng { $row_id } chỉ có một giá trị nhưng được ghi cả số lẫn từ.
    .mend = Hãy ghi số hoặc từ, theo đúng nguồn.
law-term-beyond-calendar = Dòng { $row_id }: thời hạn bắt đầu ngày { $begins_on } sẽ kết thúc sau ngày { $last_known }, là ngày cuối cùng mà lịch ngày làm việc còn biết.
    .mend = Hãy kiểm tra lại con số và đơn vị trong nguồn. Nếu đúng như vậy, dòng này chỉ áp dụng được khi một phiên bản mới của hệ thống có lịch dài hơn.
law-column-value = giá trị
law-column-day_kind = ngày làm việc hay ngày theo lịch
law-column-effective_to = hết hiệu lực từ ngày
law-column-starts_on = sự việc làm thời hạn bắt đầu
law-column-rolls = lùi ngày cuối khi trùng ngày nghỉ
law-column-active = đang áp dụng
law-row-unsound = Dòng { $row_id } chưa áp dụng được, cột «{ $column }»: { $fault }
    .mend = Hãy ghi cột đó theo đúng nguồn rồi gửi lại.
event-discipline-law-row-activated = Kích hoạt một dòng của bảng pháp luật
event-discipline-law-row-withdrawn = Rút lại việc kích hoạt một dòng của bảng pháp luật

# Văn bản pháp luật, như văn bản viện dẫn
law-instrument-civil-code-2015 = Bộ luật Dân sự năm 2015
law-instrument-complaints-law = Luật Khiếu nại
law-instrument-decree-112-2020-nd-cp = Nghị định số 112/2020/NĐ-CP
law-instrument-decree-157-2007-nd-cp = Nghị định số 157/2007/NĐ-CP
law-instrument-decree-170-2025-nd-cp = Nghị định số 170/2025/NĐ-CP
law-instrument-decree-172-2025-nd-cp = Nghị định số 172/2025/NĐ-CP
law-instrument-decree-251-2025-nd-cp = Nghị định số 251/2025/NĐ-CP
law-instrument-decree-335-2025-nd-cp = Nghị định số 335/2025/NĐ-CP
law-instrument-decree-43-2023-nd-cp = Nghị định số 43/2023/NĐ-CP
law-instrument-decree-73-2023-nd-cp = Nghị định số 73/2023/NĐ-CP
law-instrument-decrees-61-2018-nd-cp-and-118-2025-nd-cp = Nghị định số 61/2018/NĐ-CP và Nghị định số 118/2025/NĐ-CP
law-instrument-law-22-2008-qh12-as-amended-by-law-52-2019-qh14 = Luật Cán bộ, công chức số 22/2008/QH12, sửa đổi theo Luật số 52/2019/QH14
law-instrument-law-80-2025-qh15 = Luật Cán bộ, công chức số 80/2025/QH15
law-instrument-law-80-2025-qh15-and-decree-172-2025-nd-cp = Luật Cán bộ, công chức số 80/2025/QH15 và Nghị định số 172/2025/NĐ-CP
law-instrument-law-on-archives-33-2024-qh15 = Luật Lưu trữ số 33/2024/QH15
law-instrument-law-on-inspection-84-2025-qh15 = Luật Thanh tra số 84/2025/QH15
law-instrument-law-on-inspection-84-2025-qh15-and-decree-216-2025-nd-cp = Luật Thanh tra số 84/2025/QH15 và Nghị định số 216/2025/NĐ-CP
law-instrument-law-on-public-employees-2025 = Luật Viên chức năm 2025
law-instrument-not-named-by-the-source = văn bản mà nguồn không nêu tên

# Một thời hạn được tính thế nào, bằng lời
calculation-term = Thời hạn
calculation-day = { $day }
calculation-start = Bắt đầu: ngày { $day }{ $cause ->
    [none] {""}
   *[other] , { $cause }
} (ngày này không tính).
calculation-start-row = Ngày bắt đầu theo { $row }.
calculation-restarts = Tính lại từ các ngày có vi phạm mới: { $days }.
calculation-days = Độ dài: { $days } { $day_kind ->
    [working] ngày làm việc
   *[calendar] ngày
}, theo { $row }.
calculation-months = Độ dài: { $months } tháng, theo { $row }.
calculation-extended = Kéo dài thành { $days } { $day_kind ->
    [working] ngày làm việc
   *[calendar] ngày
} từ cùng ngày bắt đầu, theo { $row }; nếu không kéo dài thì đã kết thúc lúc { $before }.
calculation-suspended = Không tính { $days } ngày, { $bounds ->
    [open] từ ngày { $first } đến nay
   *[closed] từ ngày { $first } đến ngày { $last }
}: { $reason }, theo { $row }.
calculation-counted-all-the-same = Vẫn tính, { $bounds ->
    [open] từ ngày { $first } đến nay
   *[closed] từ ngày { $first } đến ngày { $last }
}: { $reason }; không quy định nào đang áp dụng cho phép không tính.
calculation-skipped = Ngày nghỉ không tính: { $days }.
calculation-exchanged = Ngày làm bù được tính: { $days }.
calculation-end = Kết thúc: { $end }.
calculation-end-suspended = Còn đang tạm dừng từ ngày { $since }; tính đến ngày { $as_of } thì kết thúc không sớm hơn { $end }.

# Lịch ngày làm việc
calendar-ends = Có một thời hạn ra ngoài lịch ngày làm việc; lịch chỉ biết những ngày từ { $first } đến { $last }.
    .mend = Hãy nêu ngày hoặc số ngày nằm trong lịch. Nếu thời hạn do một dòng pháp luật đã kích hoạt đặt ra, quản trị viên rút dòng đó lại; lịch dài hơn đi kèm phiên bản mới của hệ thống.
