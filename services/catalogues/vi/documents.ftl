## Văn bản của việc xem xét trách nhiệm: sổ đăng ký, mẫu, nội dung in ra.

event-discipline-document-issued = Ban hành văn bản
event-discipline-template-stored = Lưu mẫu văn bản
event-discipline-template-activated = Áp dụng mẫu văn bản
event-discipline-template-withdrawn = Thôi áp dụng mẫu văn bản riêng

# Loại văn bản
document-kind-review-opening = quyết định xem xét trách nhiệm
document-kind-summons = giấy triệu tập
document-kind-minutes = biên bản
document-kind-recommendation = kiến nghị
document-kind-decision = quyết định kỷ luật
document-kind-complaint-answer = quyết định giải quyết khiếu nại
document-kind-publication = thông báo công khai
document-draft = DỰ THẢO

# Nội dung in trong văn bản
document-person = ông (bà) { $name }
document-collective = tập thể { $agency }
document-board = Hội đồng kỷ luật
document-board-chair = Chủ tịch Hội đồng
document-signs =
    { $right ->
        [deputy] KT. { $title }
        [acting] Q. { $title }
       *[mandate] TUQ. { $title }
    }
document-form-given = Kỷ luật bằng hình thức { $form }
document-form-none = Không áp dụng hình thức kỷ luật
document-no-form = không bị xử lý kỷ luật
document-violation-unnamed = hành vi vi phạm loại { $type }
document-provision-of = { $provision }, { $directive }
document-directive = văn bản số { $number } ({ $name })
document-session-meeting = Họp kiểm điểm
document-session-board = Phiên họp hội đồng kỷ luật
document-outcome-upheld = giữ nguyên quyết định
document-outcome-changed = sửa quyết định
document-outcome-revoked = hủy bỏ quyết định

# Từ chối
number-not-next = Số { $number } đã có văn bản khác; số kế tiếp của sổ là { $next }.
    .mend = Gửi lại yêu cầu: văn bản được lập lại với số kế tiếp.
step-issued-before = Bước này đã có văn bản { $document_id }.
    .mend = Dùng văn bản đã ban hành, hoặc ban hành văn bản thay thế và nêu rõ là thay cho văn bản này.
replaces-nothing = Văn bản { $replaces } không phải là văn bản đang có của bước này.
    .mend = Xem danh sách văn bản của vụ việc và nêu văn bản đang có của đúng bước này.
template-problem-syntax = cú pháp không đúng
template-problem-construct = không được dùng cấu trúc này
template-problem-filter = không có bộ lọc này
template-problem-loop = chỉ được lặp qua một danh sách, không kèm điều kiện
template-unreadable = Mẫu văn bản không đọc được ở phần "{ $part }", dòng { $line }: { $problem }, tại chỗ «{ $found }».
    .mend = Chỉ dùng tên trường, for, if và các bộ lọc upper, lower, first_upper.
template-field-unknown = Mẫu văn bản loại { $kind } nêu trường không có: { $unknown }.
    .mend = Dùng các trường của loại này: { $known }.
template-field-missing = Mẫu văn bản loại { $kind } thiếu trường bắt buộc: { $missing }.
    .mend = Bổ sung các trường này vào mẫu.
template-stored-before = Mẫu này đã được lưu là phiên bản { $version }.
    .mend = Áp dụng phiên bản đó.
template-version-unknown = Mẫu văn bản không có phiên bản { $version }; phiên bản cuối là { $last }.
    .mend = Xem danh sách phiên bản và chọn một phiên bản đã lưu.
template-in-use = Phiên bản { $version } đang được áp dụng.
    .mend = Không cần làm gì; muốn đổi thì áp dụng phiên bản khác.
template-not-in-use = Cơ quan không có mẫu riêng nào đang được áp dụng cho loại văn bản này.
    .mend = Không cần làm gì; văn bản đang theo mẫu của cơ quan cấp trên hoặc mẫu có sẵn.
document-step-not-there = Vụ việc chưa có bước nào để lập văn bản loại { $kind }.
    .mend = Ghi nhận bước đó trước, rồi lập văn bản.
answered-elsewhere = Khiếu nại này do cơ quan hoặc Tòa án ngoài hệ thống giải quyết, nên văn bản không được lập ở đây.
    .mend = Lưu văn bản của cơ quan đó làm nội dung trả lời.
person-not-in-registry = Không tìm thấy họ tên của { $person_id } trong kho dữ liệu.
    .mend = Đề nghị người quản trị nạp lại danh bạ, rồi lập lại văn bản.
document-text-erased = Nội dung mà văn bản phải nêu đã bị xóa.
    .mend = Ghi nhận lại bước này với nội dung mới.
publication-names-person = Nội dung công khai nêu tên { $person_id }, là người không được nêu.
    .mend = Bỏ họ tên người đó khỏi nội dung công khai, rồi lập lại.
document-file-gone = Tệp của văn bản { $document_id } không còn trong kho dữ liệu.
    .mend = Báo người vận hành chạy kycuong verify; người đã nhận văn bản vẫn còn bản đã ban hành.
