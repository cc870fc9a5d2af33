import TriageCore
import TriageText

/// The fields of a case that the intake knows, and the names that senders give them.
///
/// The names are column heads and form labels of real exports (domain.md 4.1). Within a field the first name is the
/// best source: where a table has both 诉求主题 and 标题, the first one is the title and the other goes into the text.
enum CaseField: Int, CaseIterable {
  case sourceID, title, text, receivedAt, area, address, peopleCount, amount
  case contact, contactName, contactPhone, contactOther, confidential
  case handled, result, fields
  /// The folder says the channel; a file cannot choose its own.
  case channel
  /// Row numbers, and what the daemon itself wrote into a table of refused rows.
  case ignored
  /// Numbers of identity documents: nothing needs them, so the case does not hold them (DESIGN.md section 12).
  case identityNumber
  /// Who sent a mail or a message: a way to reach the citizen where it is an address or a telephone number.
  case sender
  /// To whom it was sent: the centre itself, or others whom the case does not concern.
  case recipient

  var names: [String] {
    switch self {
    case .sourceID:
      [
        "source_id", "工单编号", "办件编号", "诉求编号", "信件编号", "留言编号", "事件编号", "案件编号", "来件编号", "受理编号", "工单号",
        "投诉编号", "件号", "编号", "来源编号", "case_no", "ticket", "ticket_id", "order_no", "id",
      ]
    case .title:
      [
        "title", "诉求主题", "诉求标题", "标题", "留言主题", "工单标题", "事件名称", "信件标题", "案件名称", "事项名称", "主题", "题目",
        "subject", "summary",
      ]
    case .text:
      [
        "text", "诉求内容", "内容描述", "留言详情", "事件简述", "诉求描述", "工单内容", "信件内容", "事件描述", "反映内容", "问题描述",
        "主要内容", "来电内容", "诉求详情", "纠纷简要情况", "内容", "详情", "正文", "描述", "content", "description", "body", "details",
      ]
    case .receivedAt:
      [
        "received_at", "工单生成时间", "来电时间", "递交时间", "留言时间", "来信时间", "受理时间", "受理日期", "登记时间", "上报时间",
        "诉求时间", "反映时间", "提交时间", "接件时间", "时间", "日期", "派发时间", "发送时间", "发件时间", "sent", "created_at",
        "submitted_at", "date", "time",
      ]
    case .area:
      [
        "area", "诉求区域", "所属网格", "所属社区", "所属区域", "区域", "社区", "村社区", "村居", "网格", "所属街道", "社区名称", "街道",
        "grid", "community", "district",
      ]
    case .address:
      [
        "address", "诉求地址", "事发地点", "发生地点", "事发地址", "详细地址", "地址", "地点", "发生地址", "问题地址", "location", "place",
      ]
    case .peopleCount:
      ["people_count", "涉及人数", "人数", "涉事人数", "参与人数", "涉及人员数", "people", "number_of_people"]
    case .amount:
      ["amount", "涉及金额", "涉案金额", "金额", "标的额", "涉及资金", "争议金额", "欠薪金额", "money"]
    case .contact: ["contact", "联系人信息", "诉求人信息"]
    case .contactName:
      [
        "contact_name", "诉求人", "来电人", "群众姓名", "诉求人姓名", "来电人姓名", "反映人", "投诉人", "举报人", "信访人", "联系人",
        "留言用户", "姓名", "申请人", "报告人", "来访人", "name",
      ]
    case .contactPhone:
      [
        "contact_phone", "诉求人电话", "手机号", "联系电话", "来电号码", "手机号码", "电话号码", "联系方式", "手机", "电话", "联系人电话",
        "来电电话", "phone", "mobile", "tel", "telephone",
      ]
    case .contactOther:
      [
        "contact_other", "电子邮箱", "邮箱", "备用电话", "其他联系方式", "email", "e_mail", "主要当事人", "当事人",
      ]
    case .confidential:
      ["confidential", "是否保密", "保密", "是否匿名", "匿名", "信息保密", "要求保密", "是否要求保密", "anonymous"]
    case .handled: ["handled", "是否办结", "当场办结", "现场办结", "是否现场办结", "是否当场办结", "现场处置", "已办结"]
    case .result:
      ["result", "处理结果", "办理结果", "化解情况", "处置结果", "处理情况", "处理描述", "答复意见", "回复意见", "outcome"]
    case .fields: ["fields", "其他字段"]
    case .channel: ["channel", "渠道", "来源渠道"]
    case .ignored: ["序号", "行号", "拒收原因", "no", "row", "refused_because"]
    case .identityNumber: ["身份证号", "身份证号码", "身份证", "证件号码", "证件号", "id_number", "id_card"]
    // Header lines of a mail in a text: whose they are is known, so they never become part of the text.
    case .sender: ["from", "sender", "reply_to", "发件人", "寄件人", "发信人", "发件人邮箱"]
    case .recipient: ["to", "cc", "bcc", "收件人", "抄送", "密送"]
    }
  }
}

/// A name that a sender used, looked up.
struct FieldName: Equatable {
  var field: CaseField
  /// Place among the field's names: lower is better.
  var rank: Int
  /// What the name says about the unit, as in 涉及金额（万元）.
  var unit: String = ""

  /// Folded name → field. Built once.
  private static let table: [String: FieldName] = {
    var table: [String: FieldName] = [:]
    for field in CaseField.allCases {
      for (rank, name) in field.names.enumerated() {
        let found = FieldName(field: field, rank: rank)
        table[name] = found
        table[fold(name).name] = found
      }
    }
    return table
  }()

  static func find(_ written: String) -> FieldName? {
    if let found = table[written] { return found }
    // No name is longer, whatever stands between its letters and in brackets behind it.
    guard written.utf8.count <= Limits.titleScalars else { return nil }
    let (name, unit) = fold(written)
    guard var found = table[name] ?? traditional(name) else { return nil }
    found.unit = unit
    return found
  }

  /// Whether it is a name of the field.
  /// - Parameter folded: by `fold`.
  static func isName(_ folded: String, of field: CaseField) -> Bool { table[folded]?.field == field }

  /// Forms in Traditional characters: 標題, 區域.
  private static func traditional(_ name: String) -> FieldName? {
    guard name.utf8.count <= longest, name.utf8.contains(where: { $0 >= 0x80 }) else { return nil }
    return table[TextFolding.fold(name)]
  }

  /// Bytes of the longest name; in Traditional characters it has as many.
  private static let longest = table.keys.map(\.utf8.count).max() ?? 0

  /// The name without what does not tell names apart: white space, zero-width marks, `_ - * ： .` and quotes;
  /// full-width as half-width, lower case. What stands in brackets at the end is the unit.
  static func fold(_ written: String) -> (name: String, unit: String) {
    var name = String.UnicodeScalarView()
    var unit = String.UnicodeScalarView()
    var inUnit = false
    for original in written.unicodeScalars {
      let scalar = original.halfWidth
      switch scalar {
      case "(", "[", "/": inUnit = !name.isEmpty
      case ")", "]", " ", "\t", "\n", "\r", "_", "-", "*", ":", ".", "\"", "'", "\u{A0}", "【", "】", "“", "”":
        continue
      case "\u{200B}"..."\u{200F}", "\u{FEFF}", "\u{2060}": continue
      case "A"..."Z" where !inUnit: name.append(Unicode.Scalar(UInt8(scalar.value) + 32))
      default: if inUnit { unit.append(scalar) } else { name.append(scalar) }
      }
    }
    return (String(name), String(unit))
  }
}

extension CaseField {
  /// By what notes name it: the name of the field in a case.
  var id: String { names[0] }
}
