# Cuộc thanh tra, kiểm tra: vì sao một việc không làm được, và cách khắc phục.

inspection-unknown = Không có cuộc thanh tra, kiểm tra này.
    .mend = Xem danh sách và dùng đúng mã.
inspection-already-planned = Cuộc thanh tra, kiểm tra này đã được lập kế hoạch.
    .mend = Lập một cuộc mới, hoặc thay đổi cuộc đã có.
period-reversed = Thời kỳ kết thúc ({ $to_day }) trước khi bắt đầu ({ $from_day }).
    .mend = Sửa ngày đầu hoặc ngày cuối.
agency-named-twice = Cơ quan { $agency_id } được nêu nhiều lần.
    .mend = Nêu mỗi cơ quan một lần.
only-inspectorates-inspect = Chỉ cơ quan thanh tra tiến hành thanh tra.
    .mend = Chọn kiểm tra, hoặc đề nghị cơ quan thanh tra lập kế hoạch.
internal-is-a-check = Việc cơ quan tự xem xét nội bộ là kiểm tra, không phải thanh tra.
    .mend = Chọn kiểm tra.
person-named-twice = Một người được nêu nhiều lần trong đoàn ({ $person_id }).
    .mend = Nêu mỗi người một lần.
member-of-inspected-agency = Người { $person_id } đứng đầu hoặc công tác tại { $agency_id } là cơ quan được thanh tra, kiểm tra.
    .mend = Cử người khác vào đoàn.
not-in-charge = Ông/bà không lập kế hoạch và không làm trưởng đoàn cuộc này.
    .mend = Đề nghị người lập kế hoạch, trưởng đoàn hoặc cán bộ cơ quan thanh tra thực hiện.
team-missing = Cuộc này chưa có đoàn, tổ.
    .mend = Cử trưởng đoàn và thành viên trước khi bắt đầu.
inspection-not-opened = Cuộc này chưa bắt đầu.
    .mend = Bắt đầu trước khi ban hành kết luận.
inspection-already-opened = Cuộc này đã bắt đầu ngày { $opened_on }.
    .mend = Không cần làm gì thêm.
inspection-already-concluded = Cuộc này đã có kết luận.
    .mend = Theo dõi việc khắc phục ở từng phát hiện.
inspection-cancelled-before = Cuộc này đã bị hủy.
    .mend = Lập một cuộc mới nếu cần.

# Tên sự việc trong diễn biến của một cuộc thanh tra, kiểm tra.

event-inspection-inspection-planned = Lập kế hoạch
event-inspection-team-appointed = Cử đoàn, tổ
event-inspection-inspection-opened = Bắt đầu
event-inspection-inspection-concluded = Ban hành kết luận
event-inspection-inspection-cancelled = Hủy
