## Cảnh báo, thư báo và hộp thư của bộ thông báo.

# Việc chậm: tên gọi, và điều làm cho cảnh báo tự kết thúc.
stall-not-acknowledged = Chưa xác nhận tiếp nhận việc khắc phục
    .ends = người được giao xác nhận đã tiếp nhận
stall-no-plan = Chưa gửi kế hoạch khắc phục
    .ends = người được giao gửi kế hoạch khắc phục
stall-plan-not-answered = Kế hoạch khắc phục chưa được trả lời
    .ends = kế hoạch được chấp nhận hoặc trả lại
stall-no-progress = Chưa báo cáo tiến độ khắc phục
    .ends = người được giao báo cáo tiến độ hoặc báo cáo hoàn thành
stall-due-soon-first = Sắp đến hạn khắc phục (nhắc lần đầu)
    .ends = người được giao báo cáo hoàn thành
stall-due-soon-last = Sắp đến hạn khắc phục (nhắc lần cuối)
    .ends = người được giao báo cáo hoàn thành
stall-overdue = Quá hạn khắc phục
    .ends = người được giao báo cáo hoàn thành
stall-verification-pending = Báo cáo hoàn thành chưa được kiểm tra xác nhận
    .ends = việc khắc phục được xác nhận hoặc bị từ chối
stall-extension-unanswered = Đề nghị gia hạn chưa được trả lời
    .ends = đề nghị gia hạn được chấp thuận hoặc từ chối
stall-finding-not-decided = Phát hiện chưa được kết luận
    .ends = phát hiện được xác nhận, bác bỏ hoặc rút lại
stall-review-not-opened = Đề xuất kiểm điểm chưa được quyết định
    .ends = cấp có thẩm quyền mở hoặc từ chối việc kiểm điểm
stall-review-no-meeting = Chưa họp kiểm điểm
    .ends = cuộc họp kiểm điểm được ghi nhận hoặc việc kiểm điểm chấm dứt
stall-review-basis-unanswered = Căn cứ kiểm điểm thay đổi mà chưa có quyết định
    .ends = cấp có thẩm quyền quyết định tiếp tục hoặc chấm dứt
stall-limitation-nearing = Sắp hết thời hiệu xử lý kỷ luật
    .ends = có quyết định xử lý hoặc việc kiểm điểm chấm dứt
stall-processing-nearing = Sắp hết thời hạn xử lý kỷ luật
    .ends = có quyết định xử lý hoặc việc kiểm điểm chấm dứt
stall-processing-passed = Đã hết thời hạn xử lý kỷ luật
    .ends = có quyết định xử lý hoặc việc kiểm điểm chấm dứt
stall-inspection-not-opened = Cuộc thanh tra, kiểm tra theo kế hoạch chưa bắt đầu
    .ends = cuộc thanh tra, kiểm tra bắt đầu hoặc bị hủy
stall-inspection-open-too-long = Cuộc thanh tra, kiểm tra kéo dài chưa kết luận
    .ends = có kết luận hoặc cuộc thanh tra, kiểm tra bị hủy

# Thư báo
mail-until = hết ngày { $day }
mail-alert =
    Kính gửi { $name },

    { $rule } – { $agency }.

    Theo dõi từ ngày: { $since }
    Hạn: { $until }
    Trách nhiệm xử lý: { $owner }
    Căn cứ: { $provision }

    Thư này gửi tới { $recipient }, bậc báo cáo { $step } trên { $steps }. Cảnh báo tự kết thúc khi { $ends }. Ông/bà có thể ghi nhận đã biết trong hộp thư của hệ thống; việc ghi nhận chỉ tạm hoãn bậc báo cáo tiếp theo.

    Mã cảnh báo: { $alert }
    .subject = [Kỷ Cương] { $rule } – { $agency }
mail-confidential =
    Kính gửi { $name },

    Có một việc đang chờ ông/bà xử lý. Vì lý do bảo mật, nội dung chỉ xem được trong hệ thống sau khi đăng nhập.

    Mã cảnh báo: { $alert }
    .subject = [Kỷ Cương] Có việc đang chờ ông/bà
mail-notice =
    Bộ phận theo dõi của hệ thống nhận thấy: { $subject }.

    Từ lúc: { $since } (giờ UTC). Cho đến khi khắc phục, cảnh báo có thể không được gửi. Sau khi khắc phục, các cảnh báo sẽ được tính lại đúng như khi hệ thống chạy bình thường.

    Xem tình trạng từng tiến trình bằng lệnh: kycuong doctor
    .subject = [Kỷ Cương] { $subject }
mail-address-changed =
    Kính gửi { $name },

    Lúc { $time } ngày { $day }, quản trị viên của hệ thống Kỷ Cương đã thay đổi địa chỉ thư điện tử ghi cho ông/bà. Từ lúc đó hệ thống không gửi thư đến địa chỉ này nữa.

    Nếu việc này không phải do ông/bà đề nghị, hãy báo ngay cho đơn vị vận hành hệ thống và nêu số ghi nhận { $number }: theo số đó biết được ai đã thay đổi.
    .subject = [Kỷ Cương] Địa chỉ thư của ông/bà đã được thay đổi
watched-clock = đồng hồ cảnh báo đã dừng
watched-deadlines = các hạn đã đến mà không được xử lý
watched-sources = bộ thông báo không nhận được sự kiện mới

# Lý do từ chối
alert-unknown = Không có cảnh báo { $alert_id }.
    .mend = Kiểm tra lại mã cảnh báo.
alert-already-ended = Cảnh báo { $alert_id } đã kết thúc.
    .mend = Không cần làm gì thêm.
not-told = Cảnh báo { $alert_id } chưa báo tới chức vụ nào của ông/bà.
    .mend = Chỉ người đã được báo mới ghi nhận được.
already-acknowledged-on-this-step = Chức vụ { $post_id } đã ghi nhận cảnh báo { $alert_id } từ bậc báo cáo hiện tại.
    .mend = Xử lý công việc; việc ghi nhận lần nữa không hoãn được bậc tiếp theo.
webhook-origin-not-allowed = Hệ thống này không được phép gửi tới { $origin }.
    .mend = Đề nghị người vận hành thêm địa chỉ đó vào KYCUONG_WEBHOOK_ORIGINS.
post-not-held = Hôm nay ông/bà không giữ chức vụ { $post_id }.
    .mend = Chọn một chức vụ mà ông/bà đang giữ.
too-many-webhooks = Ông/bà đã có { $most } địa chỉ nhận tự động.
    .mend = Xóa bớt một địa chỉ trước.
day-outside-calendar = Lịch làm việc không có ngày { $day }.
    .mend = Chọn một ngày từ { $first } đến { $last }.
day-already-past = Ngày { $day } đã qua; các hạn tính theo ngày đó đã được thông báo.
    .mend = Chỉ thay đổi ngày hôm nay hoặc ngày sau.

# Diễn biến của cảnh báo
event-notifier-alert-opened = Mở cảnh báo
event-notifier-alert-escalated = Báo lên bậc tiếp theo
event-notifier-alert-acknowledged = Người được báo ghi nhận đã biết
event-notifier-alert-acknowledgement-expired = Hết thời hạn ghi nhận
event-notifier-alert-ladder-exhausted = Đã báo hết các bậc mà chưa được xử lý
event-notifier-alert-ended = Cảnh báo kết thúc
