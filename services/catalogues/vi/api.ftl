# Các lỗi ở rìa HTTP. Mỗi lý do từ chối có lời giải thích (sai ở đâu) và .mend (cách khắc phục).

status-400 = Không đọc được yêu cầu
status-401 = Chưa đăng nhập
status-403 = Không được phép
status-404 = Không tìm thấy
status-405 = Phương thức không được hỗ trợ
status-409 = Trái với tình trạng hiện tại
status-412 = Đã có thay đổi
status-413 = Quá lớn
status-415 = Kiểu nội dung không được hỗ trợ
status-422 = Dữ liệu không đúng quy tắc
status-428 = Thiếu tiêu đề bắt buộc
status-429 = Quá nhiều yêu cầu
status-500 = Lỗi hệ thống
status-503 = Tạm thời không phục vụ được

not-found = Không có gì ở địa chỉ này.
    .mend = Kiểm tra lại địa chỉ và mã.
method-not-allowed = Địa chỉ này không nhận phương thức đó.
    .mend = Dùng một trong các phương thức: { $allowed }.
token-missing = Yêu cầu không kèm mã truy cập.
    .mend = Lấy mã truy cập từ hệ thống định danh và gửi trong tiêu đề "Authorization: Bearer …".
token-invalid = Mã truy cập không được chấp nhận.
    .mend = Lấy mã mới từ hệ thống định danh của hệ thống này.
token-expired = Mã truy cập đã hết hạn.
    .mend = Lấy mã mới từ hệ thống định danh.
issuer-unreachable = Hiện không liên lạc được với hệ thống định danh nên chưa kiểm tra được mã truy cập.
    .mend = Thử lại sau vài giây.
role-not-allowed = Không vai trò nào của ông/bà được làm việc này.
    .mend = Đề nghị người có vai trò phù hợp thực hiện, hoặc đề nghị quản trị viên cấp vai trò.
outside-scope = Cơ quan { $agency_id } nằm ngoài phạm vi phụ trách của ông/bà.
    .mend = Chọn cơ quan trong phạm vi phụ trách.
idempotency-key-missing = Lệnh phải có tiêu đề Idempotency-Key.
    .mend = Gửi một khóa ngẫu nhiên mới (chẳng hạn UUID) cho mỗi lệnh mới, và dùng lại đúng khóa đó khi gửi lại.
idempotency-key-unreadable = Idempotency-Key không gồm 8 đến 200 ký tự ASCII in được.
    .mend = Có thể gửi một UUID.
idempotency-key-reused = Idempotency-Key đã được dùng với nội dung khác.
    .mend = Dùng khóa mới cho lệnh mới.
if-match-missing = Lệnh này dựa trên bản ông/bà đã xem nên phải có tiêu đề If-Match.
    .mend = Đọc lại và gửi ETag của câu trả lời đó trong If-Match.
if-match-unreadable = If-Match không phải là ETag của giao diện này.
    .mend = Gửi đúng một ETag của câu trả lời gần nhất, kèm dấu ngoặc kép.
version-not-current = Nội dung đã thay đổi từ khi ông/bà đọc: ông/bà xem phiên bản { $expected_version }, hiện là phiên bản { $current_version }.
    .mend = Đọc lại rồi quyết định.
concurrent-change = Người khác vừa thay đổi cùng lúc; hiện là phiên bản { $current_version }.
    .mend = Đọc lại rồi quyết định.
body-not-json = Nội dung không phải JSON; sai từ byte thứ { $offset }.
    .mend = Gửi JSON đúng cú pháp, mã hóa UTF-8.
media-type-not-supported = Nội dung không được khai báo là JSON.
    .mend = Gửi "Content-Type: application/json".
body-too-large = Nội dung dài hơn mức địa chỉ này nhận.
    .mend = Rút gọn nội dung; chứng cứ gửi dưới dạng tài liệu.
input-invalid = Một số trường không đúng quy tắc.
    .mend = Sửa từng trường được nêu trong danh sách lỗi kèm theo.
cursor-unreadable = Con trỏ trang không do danh sách này với bộ lọc này tạo ra.
    .mend = Bắt đầu lại, không gửi con trỏ.
last-event-id-unreadable = Last-Event-ID không phải là vị trí trong luồng này.
    .mend = Gửi mã của sự kiện cuối cùng đã nhận, hoặc không gửi.
too-many-requests = Quá nhiều lần thử trong thời gian ngắn.
    .mend = Chờ { $retry_after } giây.
unavailable = Một bộ phận của hệ thống hiện không trả lời. Chưa có việc gì được thực hiện mà gửi lại sẽ bị trùng.
    .mend = Gửi lại với đúng Idempotency-Key đó.
internal-error = Hệ thống gặp lỗi.
    .mend = Gửi lại với đúng Idempotency-Key đó; nếu vẫn lỗi, báo quản trị viên mã liên kết của câu trả lời này.

rule-other = Giá trị không được chấp nhận ở đây.

status-410 = Đã bị xóa

state-secret-refused = Nội dung mang dấu chỉ độ mật ({ $marking }).
    .mend = Không được nhập bí mật nhà nước vào đây. Xử lý theo pháp luật về bảo vệ bí mật nhà nước.
document-erased = Nội dung { $document_id } đã bị xóa vĩnh viễn.
    .mend = Gửi lệnh mới với Idempotency-Key mới.
person-unknown = Kho dữ liệu không có người nào mang mã { $person_id }.
    .mend = Kiểm tra lại mã, hoặc ghi người đó trước bằng PUT /inspection/people/{ $person_id }.
registry-unavailable = Kho dữ liệu về người và tài liệu hiện không trả lời.
    .mend = Gửi lại với đúng Idempotency-Key đó.

grant-refused = Tên đăng nhập và mật khẩu không khớp.
    .mend = Kiểm tra lại cả hai; sau nhiều lần sai, tài khoản phải chờ mới được thử tiếp.
grant-not-supported = Hệ thống định danh này chỉ nhận grant_type là "password".
    .mend = Gửi grant_type=password.

# Quy tắc của từng trường. Mã là kiểu lỗi của pydantic.

rule-missing = Trường này là bắt buộc.
rule-extra-forbidden = Không có trường này.
rule-string-type = Phải là văn bản.
rule-string-too-short = Ít nhất { $min_length } ký tự.
rule-string-too-long = Nhiều nhất { $max_length } ký tự.
rule-string-pattern-mismatch = Phải đúng mẫu { $pattern }.
rule-int-type = Phải là số nguyên.
rule-int-parsing = Phải là số nguyên.
rule-int-from-float = Phải là số nguyên.
rule-bool-type = Phải là true hoặc false.
rule-bool-parsing = Phải là true hoặc false.
rule-greater-than-equal = Không nhỏ hơn { $ge }.
rule-greater-than = Lớn hơn { $gt }.
rule-less-than-equal = Không lớn hơn { $le }.
rule-less-than = Nhỏ hơn { $lt }.
rule-list-type = Phải là danh sách.
rule-tuple-type = Phải là danh sách.
rule-dict-type = Phải là đối tượng JSON.
rule-model-type = Phải là đối tượng JSON.
rule-model-attributes-type = Phải là đối tượng JSON.
rule-too-short = Ít nhất { $min_length } mục.
rule-too-long = Nhiều nhất { $max_length } mục.
rule-uuid-type = Phải là mã UUID.
rule-uuid-parsing = Phải là mã UUID.
rule-date-type = Phải là ngày, dạng YYYY-MM-DD.
rule-date-parsing = Phải là ngày, dạng YYYY-MM-DD.
rule-date-from-datetime-parsing = Phải là ngày, dạng YYYY-MM-DD.
rule-date-from-datetime-inexact = Phải là ngày không kèm giờ, dạng YYYY-MM-DD.
rule-datetime-type = Phải là thời điểm, dạng 2026-01-31T08:00:00+07:00.
rule-datetime-parsing = Phải là thời điểm, dạng 2026-01-31T08:00:00+07:00.
rule-datetime-from-date-parsing = Phải là thời điểm, dạng 2026-01-31T08:00:00+07:00.
rule-timezone-aware = Thời điểm phải có múi giờ, như 2026-01-31T08:00:00+07:00.
rule-enum = Một trong các giá trị: { $expected }.
rule-literal-error = Một trong các giá trị: { $expected }.
rule-none-required = Phải là null.
rule-value-error = Giá trị không được chấp nhận ở đây.

# Câu trả lời, như trang tài liệu hiển thị
answer-made = Thành công.
answer-file = Một tệp; các tiêu đề cho biết đó là tệp gì.
answer-events = Server-Sent Events; mã của mỗi sự kiện là vị trí trong kho.
answer-refused = Một quy tắc nghiệp vụ (RFC 9457): `code` là mã của quy tắc, `mend` nói cách khắc phục; docs/refusals.md liệt kê tất cả.

# Các nhóm thao tác, như trang tài liệu hiển thị
tag-alerts = Cảnh báo về việc chậm.
tag-ballots = Bỏ phiếu kín của hội đồng.
tag-boards = Hội đồng kỷ luật.
tag-calendar = Lịch ngày làm việc.
tag-channels = Cách được thông báo, và webhook.
tag-consultations = Lấy ý kiến giữa các cơ quan.
tag-directives = Văn bản chỉ đạo và gói nội dung.
tag-documents = Văn bản được ban hành và mẫu văn bản.
tag-findings = Phát hiện vi phạm.
tag-follow-ups = Khắc phục sau kiểm tra.
tag-identity = Đăng nhập và mã truy cập.
tag-inbox = Hộp thư của người gọi.
tag-inspections = Các cuộc thanh tra, kiểm tra.
tag-law = Các dòng quy định của pháp luật.
tag-operation = Hoạt động của bộ thông báo.
tag-organisation = Cơ cấu tổ chức, vị trí và con người.
tag-responsibilities = Trách nhiệm của người đứng đầu.
tag-reviews = Xem xét trách nhiệm.
tag-successions = Chuyển tiếp công việc khi cơ quan kết thúc hoạt động.
