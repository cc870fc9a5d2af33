import TriageCore

/// Whether a file begins as a mail does (RFC 5322), however odd its header is: with a `From ` line of a mailbox before
/// it (RFC 4155), a byte order mark, blank lines, names in any case, a space before the colon, CR alone as line end,
/// lines that are none of a header.
///
/// What begins so is never read as a letter: its sender's address would stand in the case's text.
struct MailStart {
  enum Verdict: Equatable {
    /// The bytes from the first header line on, in a form that `MailHeader` reads.
    case mail([UInt8])
    /// A mailbox with so many mails.
    case several(Int)
    /// Header lines of a mail among other lines, and no telling where which begin.
    case unclear
    case no
  }

  private var names: Set<String> = []
  private var headerLines = 0
  private var oddLines = 0
  private var firstIsHeader = false
  /// Behind the last line that belongs to the header.
  private var headerEnd: Int
  /// A line that is none of the header stands among its lines and may be what somebody wrote, or holds an address.
  private var hasTextInside = false
  /// Lines that are none of the header stand behind it, without a blank line between.
  private var bodyFollows = false

  /// Names of the kinds that `certain`, `likely` and `weak` hold.
  private var certainNames = 0
  private var likelyNames = 0
  private var knownNames = 0

  private init(headerEnd: Int) { self.headerEnd = headerEnd }

  /// - Parameter bytes: as they arrived, or decoded where they were UTF-16.
  static func verdict(on bytes: [UInt8], extension ext: String) -> Verdict {
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < bytes.count, bytes[start] <= 0x20 { start += 1 }
    guard start < bytes.count else { return .no }
    let first = line(bytes, from: start)
    let hasEnvelope = isEnvelope(bytes, first)
    var from = hasEnvelope ? first.next : start
    if hasEnvelope {
      let mails = envelopes(in: bytes, from: first.next) + 1
      if mails > 1 { return .several(mails) }
      while from < bytes.count, bytes[from] == 0x0A || bytes[from] == 0x0D { from += 1 }
    }
    var scan = MailStart(headerEnd: from)
    scan.read(bytes, from: from)
    guard hasEnvelope || scan.isMail(extension: ext) else { return scan.isUnclear ? .unclear : .no }
    return scan.hasTextInside ? .unclear : .mail(scan.cleaned(bytes, from: from))
  }

  // MARK: The header's lines

  /// Reads lines up to the first blank one.
  private mutating func read(_ bytes: [UInt8], from start: Int) {
    var at = start
    var odd: [Range<Int>] = []
    while at < bytes.count, at - start < Limits.mailHeaderBytes {
      let (content, next) = Self.line(bytes, from: at)
      if content.isEmpty { break }
      let isFolded = (bytes[at] == 0x20 || bytes[at] == 0x09) && headerLines > 0 && odd.isEmpty
      if isFolded {
        headerEnd = next
      } else if let name = Self.name(bytes[content]) {
        names.insert(name)
        headerLines += 1
        if oddLines == 0 { firstIsHeader = true }
        hasTextInside = hasTextInside || odd.contains { bytes[$0].contains { $0 >= 0x80 } }
        odd = []
        headerEnd = next
      } else {
        oddLines += 1
        odd.append(content)
      }
      at = next
    }
    certainNames = names.count(where: Self.isCertain)
    likelyNames = names.count(where: Self.likely.contains)
    knownNames =
      certainNames + likelyNames + names.count { Self.weak.contains($0) || $0.hasPrefix("x-") }
    bodyFollows = !odd.isEmpty
    hasTextInside = hasTextInside || headerLines > 0 && odd.contains { bytes[$0].contains(UInt8(ascii: "@")) }
  }

  /// A line without its end (LF, CRLF or CR alone), and where the next one begins.
  private static func line(_ bytes: [UInt8], from start: Int) -> (content: Range<Int>, next: Int) {
    var end = start
    while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
    var next = end
    if next < bytes.count, bytes[next] == 0x0D { next += 1 }
    if next < bytes.count, bytes[next] == 0x0A { next += 1 }
    return (start..<end, next)
  }

  /// What stands before the colon, lower case; obsolete syntax allows blanks before it (RFC 5322 section 4.5).
  private static func name(_ line: ArraySlice<UInt8>) -> String? {
    let name = line.prefix { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
    let rest = line[name.endIndex...].drop { $0 == 0x20 || $0 == 0x09 }
    guard rest.first == UInt8(ascii: ":"), (1...76).contains(name.count) else { return nil }
    return String(decoding: name, as: UTF8.self).lowercased()
  }

  // MARK: What the names say

  /// Names that stand in the header of every mail's way and in nothing that people write.
  private static let certain: Set<String> = [
    "message-id", "mime-version", "received", "return-path", "delivered-to", "x-mailer", "x-originating-ip",
    "content-transfer-encoding", "envelope-to", "authentication-results", "received-spf", "in-reply-to",
    "dkim-signature", "user-agent", "x-priority", "x-spam-status", "x-qq-mid", "x-cm-transid", "errors-to",
    "disposition-notification-to", "thread-index", "thread-topic", "auto-submitted",
  ]
  private static let certainStarts = ["arc-", "resent-", "list-", "x-ms-", "x-google-", "x-spam-", "dkim-"]
  /// Of a mail, but clerks may write them too.
  private static let likely: Set<String> = ["from", "to", "cc", "bcc", "reply-to", "sender", "content-type"]
  private static let weak: Set<String> = [
    "subject", "date", "references", "importance", "priority", "organization", "comments", "keywords",
    "precedence", "status",
  ]

  private static func isCertain(_ name: String) -> Bool {
    certain.contains(name) || certainStarts.contains(where: name.hasPrefix)
  }

  /// Fields of a case that no mail has: 标题 and text make a form of lines that look like a header.
  private var hasFieldsOfACase: Bool {
    names.contains { name in
      guard !Self.isCertain(name), !Self.likely.contains(name), !Self.weak.contains(name) else {
        return false
      }
      return FieldName.find(name) != nil
    }
  }

  private func isMail(extension ext: String) -> Bool {
    guard firstIsHeader, headerLines > oddLines else { return false }
    if certainNames > 0 { return true }
    return (likelyNames > 0 && knownNames > 1 || ext == "eml" && knownNames > 0) && !hasFieldsOfACase
  }

  private var isUnclear: Bool {
    (certainNames > 0 && knownNames > 1 || likelyNames > 0 && knownNames > 2) && !hasFieldsOfACase
  }

  // MARK: Mailboxes

  /// `From user@example.org Mon Jun  8 09:00:00 2026`, as it begins each mail of a mailbox: with the whole date, or with
  /// a line of a mail's header behind it. People begin letters with the word too.
  private static func isEnvelope(_ bytes: [UInt8], _ place: (content: Range<Int>, next: Int)) -> Bool {
    var line = bytes[place.content]
    if line.first == UInt8(ascii: ">") { line = line.dropFirst() }
    guard line.starts(with: "From ".utf8), line.count < 400 else { return false }
    let words = line.dropFirst(5).split(separator: 0x20)
    guard let sender = words.first else { return false }
    let hasClock = words.dropFirst().contains { word in
      word.count >= 5 && word.contains(UInt8(ascii: ":")) && word.allSatisfy { (0x30...0x3A).contains($0) }
    }
    if hasClock, words.dropFirst().contains(where: isWeekday), words.dropFirst().contains(where: isYear) {
      return true
    }
    guard hasClock || sender.contains(UInt8(ascii: "@")) && words.count <= 8, place.next < bytes.count,
      let name = name(bytes[self.line(bytes, from: place.next).content])
    else { return false }
    return isCertain(name) || likely.contains(name) || weak.contains(name)
  }

  private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].map { Array($0.utf8) }

  private static func isWeekday(_ word: ArraySlice<UInt8>) -> Bool {
    let word = word.last == UInt8(ascii: ",") ? word.dropLast() : word
    return word.count == 3 && weekdays.contains { $0.elementsEqual(word) }
  }

  private static func isYear(_ word: ArraySlice<UInt8>) -> Bool {
    word.count == 4 && word.allSatisfy { (0x30...0x39).contains($0) }
      && (word.starts(with: "19".utf8) || word.starts(with: "20".utf8))
  }

  /// Further mails of the mailbox: such a line after a blank one, with a header line behind it.
  private static func envelopes(in bytes: [UInt8], from start: Int) -> Int {
    var at = start
    var afterBlank = false
    var count = 0
    while at < bytes.count {
      let (content, next) = line(bytes, from: at)
      if afterBlank, bytes[at] == UInt8(ascii: "F"), isEnvelope(bytes, (content, next)), next < bytes.count,
        name(bytes[line(bytes, from: next).content]) != nil
      {
        count += 1
      }
      afterBlank = content.isEmpty
      at = next
    }
    return count
  }

  // MARK: For the reader

  /// From the first header line on, with a blank line behind the last one. Where CR alone ends the lines of the
  /// header, it becomes LF: everywhere if the file has no LF at all.
  private func cleaned(_ bytes: [UInt8], from start: Int) -> [UInt8] {
    var out = Array(bytes[start...])
    let end = out.contains(0x0A) ? headerEnd - start : out.count
    for place in 0..<end where out[place] == 0x0D && (place + 1 == out.count || out[place + 1] != 0x0A) {
      out[place] = 0x0A
    }
    if bodyFollows { out.insert(0x0A, at: headerEnd - start) }
    return out
  }
}
