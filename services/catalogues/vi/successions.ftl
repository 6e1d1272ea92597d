## Kế hoạch chuyển tiếp công việc khi cơ quan kết thúc hoạt động.

event-discipline-succession-proposed = Đề xuất kế hoạch chuyển tiếp
event-discipline-succession-corrected = Điều chỉnh kế hoạch chuyển tiếp
event-discipline-succession-approved = Phê duyệt kế hoạch chuyển tiếp
event-discipline-succession-withdrawn = Rút kế hoạch chuyển tiếp
event-discipline-succession-carried-out = Thực hiện chuyển tiếp
event-discipline-follow-up-passed-on = Chuyển sang đơn vị kế thừa
succession-status-proposed = Được đề xuất
succession-status-approved = Đã phê duyệt
succession-status-withdrawn = Đã rút
succession-status-carried_out = Đã thực hiện
matter-follow_up = Việc khắc phục
matter-review = Hồ sơ xem xét trách nhiệm
matter-responsibility = Vấn đề trách nhiệm của người đứng đầu
matter-board_seat = Thành viên hội đồng
stall-succession-not-approved = Kế hoạch chuyển tiếp chưa được phê duyệt trước ngày sắp xếp
    .ends = Chủ tịch phê duyệt kế hoạch, hoặc việc sắp xếp được rút lại
stall-succession-not-carried-out = Kế hoạch chuyển tiếp đã phê duyệt nhưng chưa thực hiện
    .ends = kế hoạch được thực hiện

succession-unknown = Không có kế hoạch chuyển tiếp này.
    .mend = Kiểm tra lại mã kế hoạch.
succession-not-proposed = Kế hoạch chuyển tiếp không còn ở bước đề xuất nên không điều chỉnh, phê duyệt được nữa.
    .mend = Xem lại kế hoạch; nếu cần thì công bố một đợt sắp xếp khác.
succession-not-approved = Kế hoạch chuyển tiếp chưa được phê duyệt, hoặc đã được thực hiện hay rút lại.
    .mend = Phê duyệt kế hoạch trước; mỗi kế hoạch chỉ thực hiện một lần.
succession-ahead = Các cơ quan còn hoạt động cho đến ngày { $day }.
    .mend = Thực hiện từ ngày đó trở đi.
end-not-recorded = Việc kết thúc hoạt động của các cơ quan chưa được ghi nhận trong sơ đồ tổ chức.
    .mend = Chờ ít phút rồi thực hiện lại.
not-the-chair = Chỉ người giữ vị trí { $chair } mới phê duyệt và cho thực hiện kế hoạch chuyển tiếp.
    .mend = Trình người có thẩm quyền.
not-of-predecessor = Vị trí { $post_id } không thuộc cơ quan nào kết thúc theo đợt sắp xếp này.
    .mend = Chọn một vị trí có trong kế hoạch.
not-of-successor = Ngày { $day } vị trí { $post_id } không thuộc cơ quan kế thừa nào.
    .mend = Chọn một vị trí của cơ quan kế thừa hoặc của đơn vị trực thuộc.
