import TriageCore

/// Encoded words in header values (RFC 2047): `=?gb2312?B?…?=`.
enum MailWords {
  static func decode(_ bytes: [UInt8]) -> String {
    guard bytes.contains(UInt8(ascii: "=")) else { return MailCharset.text(bytes[...], charset: nil) }
    var out = ""
    var plain: [UInt8] = []
    // Neighbouring words of one charset are joined before decoding: mailers cut characters in two.
    var pending: (charset: String, bytes: [UInt8])?
    func flush() {
      if let word = pending { out += MailCharset.text(word.bytes[...], charset: word.charset) }
      pending = nil
    }
    var at = 0
    while at < bytes.count {
      guard bytes[at] == UInt8(ascii: "="), let word = Word(bytes[at...]) else {
        plain.append(bytes[at])
        at += 1
        continue
      }
      // White space between two encoded words is not part of the text (section 6.2).
      let isGap = pending != nil && plain.allSatisfy { $0 <= 0x20 }
      if !isGap || pending?.charset != word.charset {
        flush()
        if !isGap { out += MailCharset.text(plain[...], charset: nil) }
        pending = (word.charset, [])
      }
      plain = []
      pending?.bytes.append(contentsOf: word.bytes)
      at = word.end
    }
    flush()
    return out + MailCharset.text(plain[...], charset: nil)
  }

  private struct Word {
    let charset: String
    let bytes: [UInt8]
    let end: Int

    init?(_ text: ArraySlice<UInt8>) {
      // `=?` charset `?` encoding `?` content `?=`; a word has no white space and no further question mark.
      var rest = text.dropFirst()
      guard rest.popFirst() == UInt8(ascii: "?") else { return nil }
      let mark = UInt8(ascii: "?")
      let name = rest.prefix { $0 != mark && $0 > 0x20 }
      rest = rest.dropFirst(name.count + 1)
      guard let encoding = rest.popFirst(), rest.popFirst() == mark else { return nil }
      let content = rest.prefix { $0 != mark && $0 != 0x0A }
      rest = rest.dropFirst(content.count)
      guard rest.popFirst() == mark, rest.popFirst() == UInt8(ascii: "="), !name.isEmpty else { return nil }
      // RFC 2231 section 5: a language may follow the charset after `*`.
      charset = String(decoding: name.prefix { $0 != UInt8(ascii: "*") }, as: UTF8.self).lowercased()
      switch encoding | 0x20 {
      case UInt8(ascii: "b"): bytes = MailTransfer.decodeBase64(content)
      case UInt8(ascii: "q"):
        bytes = MailTransfer.decodeEscapes(content, mark: UInt8(ascii: "="), underscoreIsSpace: true)
      default: return nil
      }
      end = rest.startIndex
    }
  }
}

/// The charsets that mail names.
enum MailCharset {
  /// The bytes as text. A charset that is not known or does not fit is judged as a file's is; bytes that fit none
  /// are shown as U+FFFD, since a header cannot be set aside on its own and the original stays in the ledger.
  static func text(_ bytes: ArraySlice<UInt8>, charset: String?) -> String {
    if bytes.allSatisfy({ $0 < 0x80 }), charset?.hasPrefix("utf-16") != true, charset != "utf-7" {
      return String(decoding: bytes, as: UTF8.self)
    }
    if let text = try? strict(bytes, charset: charset) { return text }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The bytes as text, or the refusal with its place in them.
  static func strict(_ bytes: ArraySlice<UInt8>, charset: String?) throws(IntakeRefusal) -> String {
    switch charset.map(iconvName) {
    case nil, "UTF-8", "US-ASCII", "": break
    case .some(let name):
      if case .success(let text) = Iconv.convert(bytes, from: name), !text.contains(0) {
        return String(decoding: text, as: UTF8.self)
      }
    }
    return String(decoding: try CharacterDecoding.decode(Array(bytes)).bytes, as: UTF8.self)
  }

  /// GB2312 and GBK are parts of GB18030, and mailers name the smaller one for texts in the larger one.
  private static func iconvName(_ charset: String) -> String {
    switch charset.lowercased() {
    case "gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "ms936", "hz-gb-2312-ext": "GB18030"
    case "utf-8", "utf8": "UTF-8"
    case "us-ascii", "ascii": "US-ASCII"
    case let other: other.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") } ? other : ""
    }
  }
}

/// Content-transfer encodings (RFC 2045 section 6).
enum MailTransfer {
  static func decode(_ bytes: ArraySlice<UInt8>, encoding: String) -> [UInt8] {
    switch encoding {
    case "base64": decodeBase64(bytes)
    case "quoted-printable": decodeQuotedPrintable(bytes)
    default: Array(bytes)
    }
  }

  /// Characters outside the alphabet are passed over, as section 6.8 asks.
  static func decodeBase64(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count * 3 / 4)
    var bits: UInt32 = 0
    var count = 0
    for byte in bytes {
      let value: UInt8
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = byte - UInt8(ascii: "A")
      case UInt8(ascii: "a")...UInt8(ascii: "z"): value = byte - UInt8(ascii: "a") + 26
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte - UInt8(ascii: "0") + 52
      case UInt8(ascii: "+"), UInt8(ascii: "-"): value = 62
      case UInt8(ascii: "/"), UInt8(ascii: "_"): value = 63
      case UInt8(ascii: "="):
        // The end of one piece; mailers put several behind each other.
        bits = 0
        count = 0
        continue
      default: continue
      }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        out.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return out
  }

  static func decodeQuotedPrintable(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var joined: [UInt8] = []
    joined.reserveCapacity(bytes.count)
    // A `=` at the end of a line joins it with the next; blanks at the end of a line are not part of it.
    var rest = bytes
    while !rest.isEmpty {
      let line = rest.prefix { $0 != 0x0A }
      let hasEnd = line.endIndex < rest.endIndex
      rest = rest.dropFirst(line.count + 1)
      var content = line
      while let last = content.last, last == 0x20 || last == 0x09 || last == 0x0D {
        content = content.dropLast()
      }
      if content.last == UInt8(ascii: "=") {
        joined.append(contentsOf: content.dropLast())
      } else {
        joined.append(contentsOf: content)
        if hasEnd { joined.append(0x0A) }
      }
    }
    return decodeEscapes(joined[...], mark: UInt8(ascii: "="), underscoreIsSpace: false)
  }

  /// `=XX` or `%XX`; a mark without two digits stays as it is.
  static func decodeEscapes(_ bytes: ArraySlice<UInt8>, mark: UInt8, underscoreIsSpace: Bool) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var at = bytes.startIndex
    while at < bytes.endIndex {
      let byte = bytes[at]
      if byte == mark, at + 2 < bytes.endIndex, let high = Hex.value(bytes[at + 1]),
        let low = Hex.value(bytes[at + 2])
      {
        out.append(high << 4 | low)
        at += 3
      } else {
        out.append(underscoreIsSpace && byte == UInt8(ascii: "_") ? 0x20 : byte)
        at += 1
      }
    }
    return out
  }
}
