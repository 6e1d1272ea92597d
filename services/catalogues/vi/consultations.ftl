## Lấy ý kiến, và quá hạn không trả lời thì sao.

event-discipline-consultation-asked = Lấy ý kiến
event-discipline-consultation-answered = Trả lời ý kiến
event-discipline-consultation-withdrawn = Rút văn bản lấy ý kiến
event-discipline-consent-deemed = Quá hạn không trả lời, coi như đồng ý
event-discipline-opinion-reconciled = Làm việc, thống nhất ý kiến khác nhau
event-discipline-consultation-lapsed = Quá hạn không trả lời

clock-consultation-answer = Thời hạn trả lời ý kiến
consultation-status-asked = Chờ trả lời
consultation-status-answered = Đã trả lời
consultation-status-withdrawn = Đã rút
consultation-status-consent_deemed = Coi như đồng ý
consultation-status-lapsed = Quá hạn, chưa trả lời
reconciliation-settled = Đã thống nhất
reconciliation-left_open = Còn ý kiến khác nhau
position-agrees = Đồng ý
position-agrees_with_changes = Đồng ý, có ý kiến chỉnh sửa
position-disagrees = Không đồng ý
position-outside_functions = Không thuộc chức năng, nhiệm vụ
position-no_position = Không nêu chính kiến

# Lý do từ chối
consultation-unknown = Không có văn bản lấy ý kiến này.
    .mend = Kiểm tra lại mã văn bản lấy ý kiến.
consultation-already-asked = Cơ quan { $agency_id } đã được lấy ý kiến trong cùng lần này.
    .mend = Xem lại văn bản đã gửi; nếu cần hỏi lại thì lấy ý kiến lần khác.
not-head-of-asking = Chỉ người đứng đầu, hoặc người phụ trách, cơ quan { $agency_id } mới lấy ý kiến và rút văn bản lấy ý kiến.
    .mend = Trình người đứng đầu cơ quan lấy ý kiến.
not-head-of-consulted = Chỉ người đứng đầu, hoặc người phụ trách, cơ quan { $agency_id } mới trả lời ý kiến.
    .mend = Trình người đứng đầu cơ quan được lấy ý kiến.
asks-itself = Cơ quan { $agency_id } không lấy ý kiến của chính mình.
    .mend = Chọn cơ quan khác có liên quan trực tiếp.
agency-not-addressed = Văn bản chỉ đạo { $directive_id } không giao trách nhiệm cho loại cơ quan của { $agency_id }, nên quy định về trả lời ý kiến không ràng buộc cơ quan này.
    .mend = Lấy ý kiến theo văn bản chỉ đạo khác, hoặc hỏi ngoài hệ thống.
concern-not-stated = { $provision } của { $directive_id } chỉ cho lấy ý kiến cơ quan liên quan trực tiếp; chưa nêu cơ quan này liên quan thế nào.
    .mend = Nêu rõ nội dung liên quan trực tiếp đến chức năng của cơ quan được hỏi.
last-day-not-ahead = Ngày { $last_day } không nằm sau ngày lấy ý kiến.
    .mend = Chọn ngày muộn hơn, hoặc để trống để theo thời hạn của văn bản chỉ đạo.
position-not-clear = { $provision } của { $directive_id } buộc trả lời rõ chính kiến.
    .mend = Nêu đồng ý, đồng ý có chỉnh sửa, không đồng ý, hoặc không thuộc chức năng.
consultation-already-answered = Văn bản lấy ý kiến này đã có trả lời.
    .mend = Xem trả lời đã gửi; nội dung mới thì trao đổi trực tiếp với cơ quan lấy ý kiến.
consultation-already-withdrawn = Cơ quan lấy ý kiến đã rút văn bản này.
    .mend = Không phải làm gì thêm.
consultation-past-due = Đã quá hạn trả lời (hết ngày { $last_day }) nên không rút được nữa.
    .mend = Việc quá hạn đã có hệ quả theo văn bản chỉ đạo; nếu cần thì lấy ý kiến lần khác.
consultation-request-unknown = Cơ quan { $agency_id } không có lần lấy ý kiến nào như vậy theo văn bản chỉ đạo này.
    .mend = Để trống để mở lần lấy ý kiến mới, hoặc kiểm tra lại mã của lần trước.
agency-without-head = Ngày { $day } cơ quan { $agency_id } không có vị trí người đứng đầu trong sơ đồ tổ chức.
    .mend = Kiểm tra lại mã cơ quan, hoặc đề nghị cập nhật sơ đồ tổ chức.
directive-without-consultation = Văn bản chỉ đạo { $directive_id } không có quy định về lấy ý kiến.
    .mend = Chọn văn bản chỉ đạo có quy định về lấy ý kiến.
opinion-not-differing = Không có ý kiến khác cần thống nhất ở văn bản lấy ý kiến này.
    .mend = Không phải làm gì thêm trước khi trình.
opinion-already-reconciled = Kết quả làm việc như vậy đã được ghi nhận.
    .mend = Xem lại diễn biến; ý kiến còn để ngỏ thì có thể ghi nhận đã thống nhất.
