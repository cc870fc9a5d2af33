import CLinux
import Glibc
import TriageCore
import TriageRules

/// Puts a case into the inbox as a careful sender does: written under a name that waits, then renamed.
struct CaseSender {
  private let inbox: String
  private let zone: Zone

  init(inbox: String, zone: Zone) {
    self.inbox = inbox
    self.zone = zone
  }

  /// - Returns: the folder in which something happened.
  /// - Parameter number: counts the files of the run; their names sort as they came.
  func send(_ made: ArrivingCase, number: Int) throws(FileFailure) -> String {
    let path = "\(inbox)/\(made.channel)"
    let top = try OpenFolder(path: inbox)
    _ = try top.makeFolder(made.channel.rawValue)
    let folder = try OpenFolder(made.channel.rawValue, in: top)
    let digits = String(number)
    let padded = String(repeating: "0", count: max(0, 8 - digits.count)) + digits
    let name = EntryName("\(padded).\(made.format.rawValue)")
    let waiting = EntryName("\(padded).part")
    try folder.write(bytes(made), as: waiting, mode: 0o660, durable: false)
    // Cases of one moment are taken in the order of these times: they are the sender's, not the machine's.
    var times = [
      timespec(tv_sec: Int(made.at.seconds), tv_nsec: 0), timespec(tv_sec: Int(made.at.seconds), tv_nsec: 0),
    ]
    guard waiting.withPath({ utimensat(folder.descriptor, $0, &times, 0) }) == 0 else {
      throw FileFailure(call: "utimensat", code: errno)
    }
    try folder.move(waiting, to: folder, as: name)
    return path
  }

  private func bytes(_ made: ArrivingCase) -> [UInt8] {
    switch made.format {
    case .yaml: yaml(made)
    case .json: json(made)
    case .csv: csv(made)
    case .txt: txt(made)
    }
  }

  /// Field and value, in the order of a form.
  private func fields(_ made: ArrivingCase) -> [(key: String, label: String, value: String)] {
    let received = made.at.iso8601(in: zone)
    let all: [(String, String, String?)] = [
      ("source_id", "工单编号", made.sourceID), ("title", "标题", made.title), ("received_at", "来电时间", received),
      ("area", "所属社区", made.area), ("address", "事发地点", made.address),
      ("people_count", "涉及人数", made.people.map(String.init)),
      ("amount", "涉及金额", made.amount.map(String.init)),
      ("handled", "是否办结", made.result == nil ? nil : "true"), ("result", "处理结果", made.result),
      ("text", "诉求内容", made.text),
    ]
    return all.compactMap { key, label, value in value.map { (key, label, $0) } }
  }

  private func yaml(_ made: ArrivingCase) -> [UInt8] {
    var writer = TextWriter()
    for (key, _, value) in fields(made) { writer.pair(key, value) }
    return writer.bytes
  }

  private func json(_ made: ArrivingCase) -> [UInt8] {
    var writer = TextWriter()
    for (index, field) in fields(made).enumerated() {
      writer.raw(index == 0 ? "{" : ", ")
      writer.quoted(field.key)
      writer.raw(": ")
      writer.quoted(field.value)
    }
    writer.raw("}\n")
    return writer.bytes
  }

  private func csv(_ made: ArrivingCase) -> [UInt8] {
    let fields = fields(made)
    var writer = TextWriter()
    writer.raw("\u{FEFF}")
    for (row, cells) in [fields.map(\.label), fields.map(\.value)].enumerated() {
      if row > 0 { writer.raw("\r\n") }
      for (column, cell) in cells.enumerated() {
        if column > 0 { writer.raw(",") }
        writer.csv(cell)
      }
    }
    writer.raw("\r\n")
    return writer.bytes
  }

  private func txt(_ made: ArrivingCase) -> [UInt8] {
    var writer = TextWriter()
    for (key, label, value) in fields(made) {
      writer.line(key == "text" ? "\n\(value)" : "\(label)：\(value)")
    }
    return writer.bytes
  }
}
