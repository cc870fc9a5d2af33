import TriageCore

/// Which item a file is: `item:` in its head, else the case id at the start of its name; what follows there is
/// ignored (`… - 副本.yaml`, `.yaml.txt`).
enum ItemNaming {
  /// So much of a file is looked at for `item:`; the daemon writes it among the first lines.
  static let headBytes = 4096

  static func item(of name: EntryName, in folder: OpenFolder) -> ItemID? {
    guard !isCompanion(name) else { return nil }
    do throws(FileFailure) {
      return item(name: name, head: try folder.read(name, atMost: headBytes))
    } catch {
      // What may not be read is known by its name; what is wrong with it is told where it is handed in.
      return error.isOfPermission && isForm(name) ? item(inName: name.bytes) : nil
    }
  }

  static func item(name: EntryName, head: [UInt8]) -> ItemID? {
    guard !isCompanion(name) else { return nil }
    if let item = item(inHead: head) { return item }
    // A photograph or a letter bears the case id as well, and is no form.
    guard isForm(name), hasExtension(name) || !head.contains(0) else { return nil }
    return item(inName: name.bytes)
  }

  /// Whether a file that bears an item's name and is no form may be one that was saved as something else: by an office
  /// program, as a page.
  static func isDocument(_ name: EntryName) -> Bool {
    let low = name.lowered
    guard hasExtension(name), let dot = low.lastIndex(of: UInt8(ascii: ".")) else { return true }
    return documents.contains { low[(dot + 1)...].elementsEqual($0.utf8) }
  }

  private static let documents = [
    "doc", "docx", "docm", "wps", "wpt", "odt", "rtf", "pdf", "htm", "html", "mht", "xls", "xlsx", "et",
    "ods",
    "csv",
  ]

  /// The value of the first `item:` that begins a line.
  static func item(inHead head: [UInt8]) -> ItemID? {
    let key = Array("item:".utf8)
    for line in narrowed(head).split(whereSeparator: { $0 == 10 || $0 == 13 }) {
      let body = line.starts(with: [0xEF, 0xBB, 0xBF]) ? line.dropFirst(3) : line
      guard body.starts(with: key) else { continue }
      let value = body.dropFirst(key.count).drop { $0 == 32 || $0 == 9 || $0 == 34 }
      let word = value.prefix { $0 > 32 && $0 != 34 && $0 != UInt8(ascii: "#") }
      // Something else after `item:` is a clerk's own line, not an id.
      return caseID(at: word) == nil ? nil : ItemID(String(decoding: word, as: UTF8.self))
    }
    return nil
  }

  /// Of UTF-16 with a byte order mark what is ASCII, as an item's id is.
  private static func narrowed(_ head: [UInt8]) -> [UInt8] {
    let isLittle = head.starts(with: [0xFF, 0xFE])
    guard isLittle || head.starts(with: [0xFE, 0xFF]) else { return head }
    return stride(from: 2, to: head.count - 1, by: 2).map { place in
      let (low, high) = isLittle ? (head[place], head[place + 1]) : (head[place + 1], head[place])
      return high == 0 ? low : UInt8(ascii: "?")
    }
  }

  /// `ZZ20261121-0001.assist-2 - 副本.yaml` is assist item 2 of that case.
  static func item(inName name: [UInt8]) -> ItemID? {
    guard let (id, end) = caseID(at: name[...]) else { return nil }
    if id.isAlert { return ItemID(id, .alert, 1) }
    let rest = name[end...]
    guard rest.first == UInt8(ascii: ".") else { return ItemID(id, .lead, 1) }
    for role in Role.allCases {
      let mark = Array("\(role.rawValue)-".utf8)
      guard rest.dropFirst().starts(with: mark) else { continue }
      let digits = rest.dropFirst(1 + mark.count).prefix { $0 >= 48 && $0 <= 57 }
      guard let ordinal = Int(String(decoding: digits, as: UTF8.self)), ordinal > 0 else { return nil }
      return ItemID(id, role, ordinal)
    }
    return ItemID(id, .lead, 1)
  }

  /// The case id at the start: a prefix, eight digits of the day, a hyphen, at least four digits.
  ///
  /// - Returns: the id and where it ends.
  static func caseID(at name: ArraySlice<UInt8>) -> (id: CaseID, end: Int)? {
    if let alert = alertID(at: name) { return alert }
    var digits = 0
    for index in name.indices.prefix(64) {
      let byte = name[index]
      if byte >= 48 && byte <= 57 {
        digits += 1
        continue
      }
      if byte == UInt8(ascii: "-"), digits >= 8 {
        let number = name[(index + 1)...].prefix { $0 >= 48 && $0 <= 57 }
        if number.count >= 4 {
          return (CaseID(String(decoding: name[..<number.endIndex], as: UTF8.self)), number.endIndex)
        }
      }
      // A prefix is letters and hyphens; a space or a dot ends what can be one.
      if byte <= 32 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "/") { return nil }
      digits = 0
    }
    return nil
  }

  /// `ALERT-20261121-2` at the start; its running number may have one digit.
  private static func alertID(at name: ArraySlice<UInt8>) -> (id: CaseID, end: Int)? {
    let prefix = Array(CaseID.alertPrefix.utf8)
    guard name.prefix(prefix.count).map({ $0 >= 97 && $0 <= 122 ? $0 - 32 : $0 }) == prefix else {
      return nil
    }
    let day = name.dropFirst(prefix.count).prefix { $0 >= 48 && $0 <= 57 }
    guard day.count == 8, name[day.endIndex...].first == UInt8(ascii: "-") else { return nil }
    let number = name[(day.endIndex + 1)...].prefix { $0 >= 48 && $0 <= 57 }
    guard !number.isEmpty else { return nil }
    let digits = String(decoding: day, as: UTF8.self) + "-" + String(decoding: number, as: UTF8.self)
    return (CaseID(CaseID.alertPrefix + digits), number.endIndex)
  }

  /// Whether a file that is this item still has the name that it was delivered with, `ITEM.yaml`: what its name says
  /// beside the item would make it longer.
  static func isGiven(_ name: EntryName, to item: ItemID) -> Bool {
    guard name.hasSuffix(".yaml") else { return false }
    var length = item.caseID.rawValue.utf8.count + 5
    if item.role != .lead || item.ordinal != 1 {
      length += item.role.rawValue.utf8.count + String(item.ordinal).utf8.count + 2
    }
    guard name.bytes.count == length, name.bytes.starts(with: item.caseID.rawValue.utf8) else { return false }
    return item.role == .lead && item.ordinal == 1 || self.item(inName: name.bytes) == item
  }

  /// What the daemon itself puts beside items: `CASE-ID.notice-20261121.txt`, `ITEM.problem.txt`, `ITEM.copy-note.txt`.
  static func isCompanion(_ name: EntryName) -> Bool {
    let bytes = name.bytes
    for dot in bytes.indices where bytes[dot] == UInt8(ascii: ".") {
      guard dot + 1 < bytes.endIndex else { return false }
      // Small letters; every name of every look comes here.
      let mark: StaticString =
        switch bytes[dot + 1] | 0x20 {
        case UInt8(ascii: "n"): ".notice-"
        case UInt8(ascii: "p"): ".problem."
        case UInt8(ascii: "c"): ".copy-note."
        default: ""
        }
      if mark.utf8CodeUnitCount > 0, bytes[dot...].lowercaseStarts(with: mark) { return true }
    }
    return false
  }

  static func isProblemNote(_ name: EntryName) -> Bool { name.hasSuffix(".problem.txt") }

  /// A note that speaks of a file beside it and goes with it.
  static func isNote(_ name: EntryName) -> Bool { isProblemNote(name) || name.hasSuffix(".copy-note.txt") }

  /// By its name; one without any extension too.
  static func isForm(_ name: EntryName) -> Bool {
    let low = name.lowered
    guard hasExtension(name), let dot = low.lastIndex(of: UInt8(ascii: ".")) else { return true }
    return ["yaml", "yml", "txt"].contains { low[(dot + 1)...].elementsEqual($0.utf8) }
  }

  /// `ZZ20261121-0001.assist-2` has none.
  private static func hasExtension(_ name: EntryName) -> Bool {
    guard let dot = name.bytes.lastIndex(of: UInt8(ascii: ".")) else { return false }
    return !name.bytes[dot...].contains(UInt8(ascii: "-"))
  }
}

extension ArraySlice<UInt8> {
  /// Whether it begins with these small letters and signs, capitals counting as small.
  fileprivate func lowercaseStarts(with mark: StaticString) -> Bool {
    mark.withUTF8Buffer { mark in
      count >= mark.count
        && zip(self, mark).allSatisfy { byte, wanted in
          byte == wanted || (byte >= 65 && byte <= 90 && byte + 32 == wanted)
        }
    }
  }
}
