import TriageCore

/// A case in an e-mail (RFC 5322, MIME RFC 2045–2047): the subject is the title, the plain text the text, the
/// message id the number by which a second delivery is known.
enum MailDecoding {
  static func decode(_ bytes: [UInt8], context: IntakeContext) throws(IntakeRefusal) -> DecodeResult {
    let header = MailHeader(bytes[...])
    if let reason = automatic(header) { throw .automaticMail(reason) }
    var parts = MailParts()
    try parts.read(header, body: bytes[header.bodyStart...], depth: 0)
    var assembly = CaseAssembly(context)
    takeHeader(header, into: &assembly)
    if let body = parts.plain ?? parts.html.map(HTMLText.plain) {
      try TextDecoding.fill(&assembly, from: Array(body.utf8), takesTitleLine: header.text("subject") == nil)
    } else if header.text("subject") == nil {
      throw .mailWithoutText
    }
    return DecodeResult(cases: [try assembly.finish()], attachments: parts.enclosed)
  }

  /// Why nobody wrote this mail: RFC 3834 section 5 (Auto-Submitted), RFC 3464 (reports of delivery).
  private static func automatic(_ header: MailHeader) -> String? {
    if let submitted = header.parameters("auto-submitted")?.value, submitted != "no", !submitted.isEmpty {
      return "Auto-Submitted: \(submitted)"
    }
    if header.parameters("content-type")?.value == "multipart/report" {
      return "Content-Type: multipart/report"
    }
    return nil
  }

  private static func takeHeader(_ header: MailHeader, into assembly: inout CaseAssembly) {
    if let subject = header.text("subject") { assembly.take("title", .scalar(withoutPrefixes(subject))) }
    if let id = header.text("message-id") {
      assembly.take("source_id", .scalar(ValueReading.trimmed(id.filter { $0 != "<" && $0 != ">" })))
    }
    if let date = header.raw("date") {
      let written = ValueReading.trimmed(String(decoding: date, as: UTF8.self))
      let instant = MailDate.instant(written)?.iso8601(in: assembly.context.zone)
      assembly.take("received_at", .scalar(instant ?? written))
    }
    guard let from = header.text("from") else { return }
    let (name, address) = sender(from)
    if let name { assembly.take("contact_name", .scalar(name)) }
    if let address { assembly.take("contact_other", .scalar(address)) }
  }

  /// Forwarded and answered mail: `转发：`, `Fw:` say nothing about the matter.
  private static func withoutPrefixes(_ subject: String) -> String {
    var subject = subject
    while let prefix = ["re:", "fw:", "fwd:", "回复:", "转发:", "答复:", "回复：", "转发：", "答复："]
      .first(where: subject.lowercased().hasPrefix)
    {
      subject = ValueReading.trimmed(String(subject.dropFirst(prefix.count)))
    }
    return subject
  }

  /// `"王小明" <wang@example.org>`.
  private static func sender(_ from: String) -> (name: String?, address: String?) {
    guard let open = from.lastIndex(of: "<"), let close = from.lastIndex(of: ">"), open < close else {
      return (nil, from)
    }
    let quotes: Set<Character> = ["\"", " ", "\u{3000}", "'"]
    let name = String(from[..<open].drop { quotes.contains($0) })
    let end = name.lastIndex { !quotes.contains($0) }.map { name[...$0] }
    return (end.map(String.init), String(from[from.index(after: open)..<close]))
  }
}
