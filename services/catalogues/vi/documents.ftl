## Văn bản của việc xem xét trách nhiệm: sổ đăng ký, mẫu, nội dung in ra.

event-discipline-document-issued = Ban hành văn bản

# Từ chối
number-not-next = Số { $number } đã có văn bản khác; số kế tiếp của sổ là { $next }.
    .mend = Gửi lại yêu cầu: văn bản được lập lại với số kế tiếp.
step-issued-before = Bước này đã có văn bản { $document_id }.
    .mend = Dùng văn bản đã ban hành, hoặc ban hành văn bản thay thế và nêu văn bản này ở replaces.
replaces-nothing = Văn bản { $replaces } không phải là văn bản đang có của bước này.
    .mend = Xem danh sách văn bản của vụ việc và nêu văn bản đang có của đúng bước này.
