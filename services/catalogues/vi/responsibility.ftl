## Trách nhiệm của người đứng đầu đối với vi phạm tại cơ quan mình, từng cấp.

event-discipline-responsibility-raised = Đặt vấn đề trách nhiệm của người đứng đầu
event-discipline-responsibility-opened = Đề xuất xem xét trách nhiệm người đứng đầu
event-discipline-responsibility-closed = Không xem xét trách nhiệm người đứng đầu
event-discipline-responsibility-taken-over = Cơ quan có thẩm quyền khác tiếp nhận vấn đề trách nhiệm của người đứng đầu
responsibility-status-raised = Chờ trả lời
responsibility-status-opened = Đã đề xuất xem xét
responsibility-status-closed = Không xem xét
closing-ground-found_and_reported = tự phát hiện, ngăn chặn và báo cáo
closing-ground-new_in_office = mới nhận nhiệm vụ
closing-ground-absent = vắng mặt, có người được giao phụ trách
closing-ground-not_responsible = không có trách nhiệm
closing-ground-finding_fell_away = căn cứ không còn
stall-responsibility-unanswered = Chưa trả lời về trách nhiệm của người đứng đầu
    .ends = cấp có thẩm quyền đề xuất xem xét hoặc nêu lý do không xem xét ở từng cấp

# Lý do từ chối
responsibility-unknown = Phát hiện hoặc việc lấy ý kiến này không đặt ra vấn đề trách nhiệm của người đứng đầu ở cấp đó.
    .mend = Kiểm tra lại mã và cấp.
level-answered = Vấn đề trách nhiệm ở cấp { $level } đã được trả lời.
    .mend = Xem lại hồ sơ; nếu đã đề xuất thì quyết định trong hồ sơ xem xét trách nhiệm.
every-level-answered = Vấn đề trách nhiệm đã được trả lời ở mọi cấp nên không còn gì để tiếp nhận.
    .mend = Hãy xem diễn biến của vụ việc.
ground-without-row = Chưa có quy định nào đang áp dụng cho phép không xem xét vì lý do này (dòng { $row_id }).
    .mend = Nêu lý do không có trách nhiệm, đề xuất xem xét, hoặc đề nghị quản trị viên kích hoạt dòng đó kèm căn cứ.
no-longer-new = Theo dòng { $rule_id }, người đứng đầu nhận nhiệm vụ ngày { $since } được coi là mới nhận nhiệm vụ đến hết ngày { $last_day }; sự việc xảy ra ngày { $fact_date }.
    .mend = Nêu lý do không có trách nhiệm, hoặc đề xuất xem xét. Nếu ngày nhận nhiệm vụ ghi sai, đề nghị sửa dữ liệu tổ chức rồi đặt lại vấn đề trách nhiệm.
ground-not-of-head = { $ground ->
    [found_and_reported] Phát hiện không do kiểm tra nội bộ của chính cơ quan đó, nên người đứng đầu ở cấp này không tự phát hiện.
    [absent] Dữ liệu tổ chức không có ai được giao phụ trách thay người đứng đầu ở cấp này vào ngày xảy ra sự việc.
   *[other] Dữ liệu tổ chức không có ai giữ vị trí đứng đầu ở cấp này vào ngày xảy ra sự việc.
    }
    .mend = Nêu lý do không có trách nhiệm, hoặc đề xuất xem xét. Nếu dữ liệu tổ chức ghi sai, đề nghị sửa lại rồi đặt lại vấn đề trách nhiệm.
ground-not-given = Việc căn cứ không còn được ghi nhận tự động, không phải do người nào nêu.
    .mend = Chọn lý do khác.
