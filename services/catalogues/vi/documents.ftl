## Văn bản của việc xem xét trách nhiệm: sổ đăng ký, mẫu, nội dung in ra.

event-discipline-document-issued = Ban hành văn bản
event-discipline-template-stored = Lưu mẫu văn bản
event-discipline-template-activated = Áp dụng mẫu văn bản

# Loại văn bản
document-kind-review-opening = quyết định xem xét trách nhiệm
document-kind-summons = giấy triệu tập
document-kind-minutes = biên bản
document-kind-recommendation = kiến nghị
document-kind-decision = quyết định kỷ luật
document-kind-complaint-answer = quyết định giải quyết khiếu nại
document-kind-publication = thông báo công khai
document-draft = DỰ THẢO

# Từ chối
number-not-next = Số { $number } đã có văn bản khác; số kế tiếp của sổ là { $next }.
    .mend = Gửi lại yêu cầu: văn bản được lập lại với số kế tiếp.
step-issued-before = Bước này đã có văn bản { $document_id }.
    .mend = Dùng văn bản đã ban hành, hoặc ban hành văn bản thay thế và nêu văn bản này ở replaces.
replaces-nothing = Văn bản { $replaces } không phải là văn bản đang có của bước này.
    .mend = Xem danh sách văn bản của vụ việc và nêu văn bản đang có của đúng bước này.
template-unreadable = Mẫu văn bản không đọc được ở phần "{ $part }", dòng { $line }: { $problem }.
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
