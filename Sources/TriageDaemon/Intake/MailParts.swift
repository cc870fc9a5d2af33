import TriageCore

/// The parts of a mail that matter, collected from the tree.
struct MailParts {
  var plain: String?
  var html: String?
  var files: [EnclosedFile] = []
  private var seen = 0

  mutating func read(_ header: MailHeader, body: ArraySlice<UInt8>, depth: Int) throws(IntakeRefusal) {
    if depth > Limits.mailDepth { throw .mailTooDeep }
    seen += 1
    if seen > Limits.mailParts { throw .mailTooManyParts }
    let type = header.parameters("content-type")
    if let type, type.value.hasPrefix("multipart/"), let boundary = type.raw("boundary"), !boundary.isEmpty {
      for part in MailBoundary.split(body, boundary: boundary) {
        let inner = MailHeader(part)
        try read(inner, body: part[inner.bodyStart...], depth: depth + 1)
      }
      return
    }
    let encoding = header.parameters("content-transfer-encoding")?.value ?? ""
    try take(MailTransfer.decode(body, encoding: encoding), type: type, header: header)
  }

  private mutating func take(
    _ content: [UInt8], type: MailParameters?, header: MailHeader
  ) throws(IntakeRefusal) {
    let disposition = header.parameters("content-disposition")
    let name = disposition?["filename"] ?? type?["name"]
    let kind = type?.value ?? "text/plain"
    let isFile = disposition?.value == "attachment" || name != nil
    if !isFile, kind == "text/plain", plain == nil {
      plain = try MailCharset.strict(content[...], charset: type?["charset"])
    } else if !isFile, kind == "text/html", html == nil {
      html = try MailCharset.strict(content[...], charset: type?["charset"])
    } else if !content.isEmpty {
      files.append(EnclosedFile(name: name ?? self.name(kind, content), bytes: content))
      if files.count > Limits.attachmentsPerCase { throw .tooManyAttachments(files.count) }
    }
  }
}

extension MailParts {
  /// A part that its sender gave no name.
  private func name(_ type: String, _ content: [UInt8]) -> String {
    let head = Array(content.prefix(FileKind.headBytes))
    return "part-\(seen)" + (FileKind.ending(ofType: type, head: head).map { ".\($0)" } ?? "")
  }

  /// The files of the mail, and its HTML: tables and pictures in it say what its plain text does not. A browser does not
  /// know the encoding that stood in the mail; by the mark in front it knows UTF-8 (HTML standard, 13.2.3.2).
  var enclosed: [EnclosedFile] {
    guard let html, !html.isEmpty else { return files }
    return [EnclosedFile(name: "mail.html", bytes: [0xEF, 0xBB, 0xBF] + Array(html.utf8))] + files
  }
}

/// The body of a multipart (RFC 2046 section 5.1.1), without preamble and epilogue.
private enum MailBoundary {
  static func split(_ body: ArraySlice<UInt8>, boundary: [UInt8]) -> [ArraySlice<UInt8>] {
    let delimiter = [0x2D, 0x2D] + boundary
    var parts: [ArraySlice<UInt8>] = []
    var partStart: Int?
    var lineStart = body.startIndex
    while lineStart < body.endIndex {
      let lineEnd = body[lineStart...].firstIndex(of: 0x0A) ?? body.endIndex
      let line = body[lineStart..<lineEnd]
      if line.starts(with: delimiter) {
        let after = line.dropFirst(delimiter.count)
        let isLast = after.starts(with: [0x2D, 0x2D])
        if isLast || after.allSatisfy({ $0 <= 0x20 }) {
          if let start = partStart { parts.append(withoutLineEnd(body[start..<max(start, lineStart)])) }
          partStart = isLast ? nil : min(lineEnd + 1, body.endIndex)
          if isLast { return parts }
        }
      }
      lineStart = lineEnd + 1
    }
    // Cut short: what is there counts.
    if let start = partStart { parts.append(body[start...]) }
    return parts
  }

  /// The line end before a delimiter belongs to the delimiter.
  private static func withoutLineEnd(_ part: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var part = part
    if part.last == 0x0A { part = part.dropLast() }
    if part.last == 0x0D { part = part.dropLast() }
    return part
  }
}
