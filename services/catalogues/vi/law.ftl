## Pháp luật dưới dạng dữ liệu: hình thức, thời hạn, cách tính, lý do từ chối.

# Hình thức kỷ luật
form-reprimand = khiển trách
form-warning = cảnh cáo
form-pay-grade-reduction = hạ bậc lương
form-demotion = giáng chức
form-removal = cách chức
form-dismissal-by-electing-body = bãi nhiệm
form-forced-termination = buộc thôi việc
form-removal-of-status-held = xóa tư cách chức vụ, chức danh đã đảm nhiệm

# Vì sao pháp luật không cho phép
extension-without-row = Không có quy định nào đang áp dụng cho phép kéo dài thời hạn xử lý theo dòng quy định { $rule_id }.
    .mend = Hoàn thành trong thời hạn, hoặc đề nghị người quản trị kích hoạt quy định cho phép kéo dài, kèm nguồn.
form-not-in-row = Hình thức { $form } không có trong các hình thức được áp dụng ({ $allowed }) theo dòng quy định { $rule_ids }.
    .mend = Chọn một trong các hình thức được áp dụng, hoặc không kỷ luật và nêu rõ lý do.
form-abolished = Hình thức { $form } không còn tồn tại vào ngày quyết định, theo dòng quy định { $rule_id }.
    .mend = Chọn một hình thức còn tồn tại; xem cả hai chế độ pháp luật trong hồ sơ.
form-not-for-leaver = Hình thức { $form } không áp dụng cho người đã nghỉ việc, nghỉ hưu, theo dòng quy định { $rule_id }.
    .mend = Chọn hình thức áp dụng được cho người đã nghỉ.
no-form-for-collective = Tập thể chỉ kiểm điểm, không bị áp dụng hình thức kỷ luật nào.
    .mend = Kết thúc ở cuộc họp kiểm điểm; xem xét trách nhiệm của từng cá nhân trong hồ sơ riêng.
no-row-of-forms = Không có quy định nào đang áp dụng nêu hình thức kỷ luật đối với { $subject_kind } vào ngày { $day }.
    .mend = Đề nghị người quản trị kích hoạt dòng quy định tương ứng, kèm ghi chú và nguồn.
leaver-out-of-scope = Không có quy định nào đang áp dụng cho phép kỷ luật người đã nghỉ việc, nghỉ hưu vào ngày { $day }.
    .mend = Kiểm tra ngày xảy ra vi phạm; nếu có quy định, đề nghị người quản trị kích hoạt dòng đó kèm nguồn.
forms-not-comparable = Không có quy định nào cùng nêu { $form } và { $other } nên chưa xác định được hình thức nào nặng hơn.
    .mend = Người có thẩm quyền nêu ý kiến pháp lý và chọn hình thức.
legal-opinion-missing = Quy định để ngỏ chế độ pháp luật nào áp dụng: theo ngày xảy ra vi phạm ({ $fact_rules }) hay theo ngày xử lý ({ $step_rules }).
    .mend = Người có thẩm quyền ghi ý kiến pháp lý chọn một chế độ, rồi thực hiện lại.

# Đồng hồ và các bước
clock-limitation = Thời hiệu xử lý kỷ luật
clock-processing = Thời hạn xử lý kỷ luật
clock-opening = Thời hạn mở hoặc từ chối xem xét trách nhiệm
clock-self-review = Thời hạn nộp bản tự kiểm điểm
clock-meeting = Thời hạn tổ chức họp kiểm điểm
clock-board = Thời hạn thành lập hội đồng kỷ luật
clock-summons = Thời gian từ khi nhận giấy triệu tập đến phiên họp
clock-decision = Thời hạn ra quyết định
clock-service = Thời hạn gửi quyết định đến người bị kỷ luật
clock-party-form = Thời hạn xem xét sau khi có kỷ luật đảng
clock-complaint-first = Thời hiệu khiếu nại lần đầu
clock-complaint-second = Thời hạn khiếu nại lần hai
clock-complaint-acceptance = Thời hạn thụ lý khiếu nại
clock-complaint-answer-first = Thời hạn giải quyết khiếu nại lần đầu
clock-complaint-answer-second = Thời hạn giải quyết khiếu nại lần hai
clock-publication = Thời hạn công bố quyết định
clock-promotion-bar = Thời gian không quy hoạch, bổ nhiệm, nâng ngạch
clock-sanction-expiry = Thời hạn hiệu lực của quyết định kỷ luật

# Điều làm một thời hạn bắt đầu
clock-start-violation = từ ngày xảy ra vi phạm
clock-start-new-violation = tính lại từ ngày có vi phạm mới
clock-start-discovery = từ ngày phát hiện, vì vi phạm còn đang tiếp diễn
clock-start-conclusion = từ ngày có kết luận, vì không xác định được ngày kết thúc vi phạm
clock-start-detection = từ ngày phát hiện vi phạm
clock-start-draft = từ ngày có dự thảo
clock-start-receipt = từ ngày nhận được
clock-start-publication = từ ngày công bố

# Điều làm thời gian không được tính
time-not-counted-criminal-proceedings = điều tra, truy tố, xét xử hình sự
time-not-counted-deferral = chưa xem xét xử lý vì có lý do để hoãn
time-not-counted-complaint = thực hiện khiếu nại
time-not-counted-litigation = khởi kiện tại tòa án

# Vì sao một ngày không được tính hoặc được tính
day-reason-weekly_rest = nghỉ hằng tuần
day-reason-holiday = nghỉ lễ
day-reason-off_in_exchange = nghỉ bù hoặc hoán đổi
day-reason-worked_in_exchange = làm việc bù
