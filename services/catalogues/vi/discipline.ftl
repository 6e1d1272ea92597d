## Khắc phục sau kiểm tra và xem xét trách nhiệm: lý do từ chối, tên sự kiện, tình trạng, dữ liệu pháp luật.

# Khắc phục: vì sao một yêu cầu bị từ chối
follow-up-unknown = Không có hồ sơ khắc phục nào của phát hiện này.
    .mend = Kiểm tra lại mã; hồ sơ khắc phục được mở khi phát hiện được gửi.
follow-up-already-closed = Việc khắc phục đã được xác minh và kết thúc.
    .mend = Không còn việc gì phải làm.
follow-up-already-cancelled = Việc khắc phục đã hủy vì phát hiện không còn: { $ground ->
        [finding_withdrawn] phát hiện đã được rút
        [finding_dismissed] phát hiện bị bác bỏ
       *[duplicate] phát hiện trùng với một phát hiện khác
    }.
    .mend = Không còn việc gì phải làm.
not-the-owner = Chỉ người giữ vị trí { $owner_post }, đầu mối được giao, mới làm được việc này.
    .mend = Nhờ người đang giữ vị trí đó, hoặc đề nghị người đứng đầu giao lại.
not-head-of-agency = Chỉ người đứng đầu { $agency_id } hoặc của cơ quan cấp trên mới được giao việc.
    .mend = Đề nghị người đứng đầu giao.
owner-outside-agency = Vị trí { $post_id } không thuộc { $agency_id }.
    .mend = Chọn một vị trí trong cơ quan phải khắc phục; không đẩy việc sang cơ quan khác.
post-not-in-directory = Vị trí { $post_id } không có trong danh bạ vào ngày này.
    .mend = Kiểm tra mã vị trí trong danh bạ tổ chức.
already-owner = Vị trí { $post_id } đang là đầu mối.
    .mend = Chọn một vị trí khác, hoặc để nguyên.
already-acknowledged = Đầu mối đã xác nhận nội dung hiện tại.
    .mend = Không cần xác nhận lại.
not-acknowledged = Đầu mối { $owner_post } chưa xác nhận đã nhận nội dung hiện tại.
    .mend = Xác nhận trước; xác nhận không có nghĩa là thừa nhận vi phạm.
measure-repeated = Hai biện pháp có cùng mã { $measure_id }.
    .mend = Đặt cho mỗi biện pháp một mã riêng.
plan-already-submitted = Kế hoạch số { $plan_number } đang chờ trả lời.
    .mend = Chờ kế hoạch được chấp nhận hoặc trả lại.
plan-already-accepted = Kế hoạch số { $plan_number } đã được chấp nhận và phát hiện chưa được sửa đổi từ đó.
    .mend = Thực hiện kế hoạch; nếu cần thêm thời gian, xin gia hạn.
no-plan-submitted = Không có kế hoạch nào đang chờ trả lời.
    .mend = Xem lại tình trạng hiện tại.
no-plan-accepted = Chưa có kế hoạch nào được chấp nhận.
    .mend = Gửi kế hoạch và chờ được chấp nhận trước khi báo cáo.
completion-already-claimed = Đã báo cáo hoàn thành và đang chờ xác minh.
    .mend = Chờ kết quả xác minh.
no-completion-claimed = Chưa có báo cáo hoàn thành nào để xác minh.
    .mend = Xem lại tình trạng hiện tại.
remediation-already-verified = Việc khắc phục đã được xác minh; hồ sơ kết thúc khi phát hiện được xác nhận.
    .mend = Không cần làm gì thêm.
evidence-missing = Báo cáo hoàn thành phải kèm chứng cứ.
    .mend = Đính kèm ít nhất một tài liệu chứng minh.
extension-already-asked = Đề nghị gia hạn số { $request_number } đang chờ quyết định.
    .mend = Chờ quyết định; trong lúc chờ, thời hạn vẫn tính.
no-extension-asked = Không có đề nghị gia hạn nào đang chờ quyết định.
    .mend = Xem lại tình trạng hiện tại.
extensions-used-up = { $directive_id } chỉ cho gia hạn { $max_extensions } lần.
    .mend = Hoàn thành trong thời hạn hiện tại, hoặc báo cáo cơ quan cấp trên.
extension-asked-too-late = Thời hạn đã hết ngày { $due_day }; đề nghị gia hạn phải đến trước đó.
    .mend = Hoàn thành ngay và giải trình việc chậm trễ.
extension-not-later = Ngày { $until } không sau hạn hiện tại { $due_day }; gia hạn không bao giờ rút ngắn thời hạn.
    .mend = Chọn một ngày muộn hơn.
owner-cannot-judge = Người giữ vị trí { $owner_post } không được tự xác minh hay quyết định việc của mình.
    .mend = Để người không liên quan thực hiện.
subordinate-cannot-judge = Cấp dưới của { $owner_post } không được xác minh hay quyết định việc này.
    .mend = Để cơ quan thanh tra hoặc cơ quan cấp trên thực hiện.
unit-cannot-judge = Người của { $agency_id } không được xác minh hay quyết định việc của chính cơ quan mình.
    .mend = Để cơ quan thanh tra hoặc cơ quan cấp trên thực hiện.
not-internal-inspection-nor-superior = Kết quả kiểm tra nội bộ của { $agency_id } do bộ phận kiểm tra nội bộ hoặc cơ quan cấp trên xác minh.
    .mend = Chuyển cho bộ phận kiểm tra nội bộ hoặc cơ quan cấp trên.
urging-not-theirs = Chỉ cơ quan thanh tra, văn phòng, nội vụ hoặc cơ quan cấp trên mới đôn đốc { $agency_id }.
    .mend = Báo cho một trong các cơ quan đó.

# Xem xét trách nhiệm: vì sao một yêu cầu bị từ chối
review-unknown = Không có gì ở đây.
    .mend = Kiểm tra lại địa chỉ và mã.
not-the-competent-authority = Chỉ người giữ vị trí { $authority_post }, cơ quan có thẩm quyền, mới quyết định việc này.
    .mend = Trình người có thẩm quyền.
own-matter = Không ai được quyết định việc của chính mình hoặc của tập thể mà mình là thành viên, kể cả vào thời điểm xảy ra vi phạm.
    .mend = Người đứng đầu cấp trên tiếp nhận; nếu không có cấp trên thì cấp phó tiếp nhận.
authority-may-decide = Người giữ vị trí { $authority_post }, cơ quan có thẩm quyền, không thuộc trường hợp phải tránh việc này nên không ai tiếp nhận thay.
    .mend = Để người có thẩm quyền quyết định. Nếu vị trí đang khuyết, hãy bổ nhiệm hoặc giao người phụ trách.
not-the-stand-in = Chỉ người đứng đầu cấp trên mới tiếp nhận việc này thay vị trí { $authority_post }; nếu không có cấp trên thì cấp phó tiếp nhận.
    .mend = Để người đứng đầu cấp trên hoặc cấp phó tiếp nhận.
nothing-left-to-decide = Việc xem xét đã kết thúc (tình trạng: { $status }) nên không còn gì để tiếp nhận.
    .mend = Hãy xem diễn biến của vụ việc.
review-not-proposed = Việc xem xét không còn là đề xuất đang chờ (tình trạng: { $status }).
    .mend = Xem mục «còn thiếu» của hồ sơ; chỉ đề xuất đang chờ mới được mở hoặc từ chối.
review-not-open = Việc xem xét hiện không trong quá trình tiến hành (tình trạng: { $status }).
    .mend = Xem mục «còn thiếu» của hồ sơ để biết bước tiếp theo và ai phải làm.
subject-unknown = Vị trí { $post_id } không có người giữ tại thời điểm xảy ra, nên không có cá nhân để xem xét.
    .mend = Từ chối với lý do đó; trách nhiệm tập thể được đề xuất riêng.
basis-not-lost = Căn cứ của việc xem xét vẫn còn nguyên.
    .mend = Chỉ khi một căn cứ không còn thì mới phải trả lời.
nothing-to-rebase-on = Không còn căn cứ nào.
    .mend = Chấm dứt việc xem xét với lý do.

# Tên sự kiện
event-discipline-follow-up-opened = Mở hồ sơ khắc phục
event-discipline-follow-up-finding-confirmed = Phát hiện được xác nhận
event-discipline-follow-up-finding-amended = Phát hiện được sửa đổi
event-discipline-follow-up-assigned = Giao đầu mối
event-discipline-follow-up-handed-over = Chuyển đầu mối
event-discipline-follow-up-acknowledged = Xác nhận đã nhận
event-discipline-plan-submitted = Gửi kế hoạch khắc phục
event-discipline-plan-accepted = Chấp nhận kế hoạch
event-discipline-plan-sent-back = Trả lại kế hoạch
event-discipline-progress-reported = Báo cáo tiến độ
event-discipline-extension-requested = Đề nghị gia hạn
event-discipline-extension-granted = Đồng ý gia hạn
event-discipline-extension-refused = Không đồng ý gia hạn
event-discipline-completion-claimed = Báo cáo hoàn thành
event-discipline-remediation-verified = Xác minh đã khắc phục
event-discipline-remediation-rejected = Chưa công nhận khắc phục
event-discipline-follow-up-closed = Kết thúc hồ sơ khắc phục
event-discipline-follow-up-cancelled = Hủy hồ sơ khắc phục
event-discipline-follow-up-urged = Đôn đốc
event-discipline-follow-up-ladder-exhausted = Đã cảnh báo hết các cấp
event-discipline-review-demanded = Phải xem xét trách nhiệm
event-discipline-confirmed-finding-counted = Tính một phát hiện được xác nhận
event-discipline-count-undone = Không còn tính phát hiện
event-discipline-threshold-reached = Số phát hiện đến ngưỡng xem xét trách nhiệm
event-discipline-threshold-undone = Số phát hiện không còn đến ngưỡng
event-discipline-review-proposed = Đề xuất xem xét trách nhiệm
event-discipline-review-basis-added = Bổ sung căn cứ
event-discipline-review-basis-reduced = Bớt căn cứ
event-discipline-review-basis-lost = Một căn cứ không còn
event-discipline-review-proposal-lapsed = Đề xuất không còn căn cứ
event-discipline-review-opened = Tiến hành xem xét trách nhiệm
event-discipline-review-refused = Không tiến hành xem xét trách nhiệm
event-discipline-review-rebased = Tiếp tục trên căn cứ còn lại
event-discipline-review-terminated = Chấm dứt việc xem xét
event-discipline-later-finding-referred = Vi phạm phát hiện sau quyết định được xem xét thành vụ việc riêng
event-discipline-review-taken-over = Cơ quan có thẩm quyền khác tiếp nhận việc xem xét

# Tình trạng
follow-up-status-opened = Mới mở, chưa xác nhận
follow-up-status-acknowledged = Đã xác nhận, chưa có kế hoạch
follow-up-status-plan_submitted = Kế hoạch chờ trả lời
follow-up-status-plan_sent_back = Kế hoạch bị trả lại
follow-up-status-in_progress = Đang khắc phục
follow-up-status-claimed = Đã báo cáo hoàn thành, chờ xác minh
follow-up-status-verified = Đã xác minh, chờ xác nhận phát hiện
follow-up-status-closed = Đã kết thúc
follow-up-status-cancelled = Đã hủy
review-status-proposed = Được đề xuất
review-status-open = Đang xem xét
review-status-refused = Không tiến hành
review-status-lapsed = Hết căn cứ
review-status-terminated = Đã chấm dứt
review-ground-violation_type = Loại vi phạm phải xem xét trách nhiệm
review-ground-last_step_passed = Đã cảnh báo hết các cấp mà chưa khắc phục
review-ground-threshold = Nhiều phát hiện được xác nhận trong kỳ
review-ground-person = Do một người đề xuất
review-ground-deemed_consent = Không trả lời lấy ý kiến, coi như đồng ý
subject-kind-cadre = Cán bộ
subject-kind-civil_servant = Công chức
subject-kind-public_employee = Viên chức
subject-kind-collective = Tập thể

# Điều kiện của các thời hạn
law-condition-form-reprimand = nếu hình thức là khiển trách
law-condition-form-warning = nếu hình thức là cảnh cáo
law-condition-form-pay-grade-reduction = nếu hình thức là hạ bậc lương
law-condition-form-demotion = nếu hình thức là giáng chức
law-condition-form-removal = nếu hình thức là cách chức
law-condition-form-other = nếu là hình thức khác
law-condition-extended = khi được gia hạn

# Dữ liệu pháp luật: chỗ sai và cách sửa
law-unverified-active = Một dòng chưa được kiểm chứng không thể có hiệu lực sẵn.
    .mend = Ghi active: false; người quản trị kích hoạt sau, kèm ghi chú và nguồn.
law-value-missing = Một dòng có hiệu lực phải có giá trị.
    .mend = Thêm value, hoặc ghi active: false.
law-value-of-other-unit = Giá trị không hợp với đơn vị.
    .mend = Số cho ngày, tháng, năm, điểm, phần trăm; một từ cho code; danh sách từ cho codes.
law-ends-before-it-begins = Dòng hết hiệu lực trước khi có hiệu lực.
    .mend = Sửa effective_from hoặc effective_to; effective_to là ngày đầu tiên không còn hiệu lực.
law-day-kind-missing = Không nói rõ là ngày làm việc hay ngày theo lịch.
    .mend = Thêm day_kind: working hoặc day_kind: calendar.
law-term-incomplete = Không nói thời hạn tính từ đâu hoặc có lùi sang ngày làm việc tiếp theo không.
    .mend = Thêm starts_on và rolls.
law-row-twice = Mã { $id } đã có trong bảng.
    .mend = Chọn mã khác; mỗi mã chỉ có một dòng trong cả bảng.
