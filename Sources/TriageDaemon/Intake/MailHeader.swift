/// The header of an e-mail or of one of its parts (RFC 5322 section 2.2): names, lower case, and unfolded values.
struct MailHeader {
  private var fields: [(name: String, value: [UInt8])] = []
  /// Where the body begins.
  private(set) var bodyStart: Int

  init(_ bytes: ArraySlice<UInt8>) {
    var at = bytes.startIndex
    while at < bytes.endIndex {
      let line = bytes[at...].prefix { $0 != 0x0A }
      at = min(line.endIndex + 1, bytes.endIndex)
      let content = line.last == 0x0D ? line.dropLast() : line
      if content.isEmpty { break }
      if content.first == 0x20 || content.first == 0x09 {
        if !fields.isEmpty { fields[fields.count - 1].value.append(contentsOf: content) }
      } else if let colon = content.firstIndex(of: UInt8(ascii: ":")) {
        let name = String(decoding: content[..<colon], as: UTF8.self).lowercased()
        fields.append((ValueReading.trimmed(name), Array(content[(colon + 1)...])))
      }
    }
    bodyStart = at
  }

  /// The first field of that name, as bytes.
  func raw(_ name: String) -> [UInt8]? { fields.first { $0.name == name }?.value }

  /// The first field of that name, with encoded words decoded.
  func text(_ name: String) -> String? {
    raw(name).map { ValueReading.trimmed(MailWords.decode($0)) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// A field with parameters: `multipart/mixed; boundary="…"`.
  func parameters(_ name: String) -> MailParameters? { raw(name).map(MailParameters.init) }
}

/// A header value with parameters (RFC 2045 section 5.1), their names in lower case; RFC 2231's long and encoded
/// forms are put together.
struct MailParameters {
  /// Lower case, without white space.
  let value: String
  private var parameters: [String: [UInt8]] = [:]

  init(_ bytes: [UInt8]) {
    let parts = Self.split(bytes)
    value = ValueReading.trimmed(String(decoding: parts.first ?? [], as: UTF8.self)).lowercased()
    for part in parts.dropFirst() {
      guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else { continue }
      let name = ValueReading.trimmed(String(decoding: part[..<equals], as: UTF8.self)).lowercased()
      if parameters[name] == nil { parameters[name] = Self.unquoted(part[(equals + 1)...]) }
    }
  }

  /// At `;` outside quotes.
  private static func split(_ bytes: [UInt8]) -> [[UInt8]] {
    var parts: [[UInt8]] = [[]]
    var quoted = false
    var escaped = false
    for byte in bytes {
      if byte == UInt8(ascii: "\""), !escaped { quoted.toggle() }
      escaped = quoted && byte == UInt8(ascii: "\\") && !escaped
      if byte == UInt8(ascii: ";"), !quoted {
        parts.append([])
      } else {
        parts[parts.count - 1].append(byte)
      }
    }
    return parts
  }

  private static func unquoted(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    let trimmed = bytes.drop { $0 <= 0x20 }
    guard trimmed.first == UInt8(ascii: "\"") else { return Array(trimmed.prefix { $0 > 0x20 }) }
    var out: [UInt8] = []
    var escaped = false
    for byte in trimmed.dropFirst() {
      if escaped {
        out.append(byte)
        escaped = false
      } else if byte == UInt8(ascii: "\\") {
        escaped = true
      } else if byte == UInt8(ascii: "\"") {
        break
      } else {
        out.append(byte)
      }
    }
    return out
  }

  subscript(name: String) -> String? {
    if let plain = parameters[name] { return MailWords.decode(plain) }
    return extended(name)
  }

  /// A parameter's bytes as they are, for boundaries.
  func raw(_ name: String) -> [UInt8]? { parameters[name] }

  /// RFC 2231: `name*=charset'language'%XX`, or in pieces `name*0*=`, `name*1=`, …
  private func extended(_ name: String) -> String? {
    var pieces: [UInt8] = []
    var charset = "utf-8"
    if let whole = parameters[name + "*"] {
      (charset, pieces) = Self.first(whole)
    } else {
      var index = 0
      while true {
        if let encoded = parameters["\(name)*\(index)*"] {
          if index == 0 {
            (charset, pieces) = Self.first(encoded)
          } else {
            pieces += Self.percentDecoded(encoded[...])
          }
        } else if let plain = parameters["\(name)*\(index)"] {
          pieces += plain
        } else {
          break
        }
        index += 1
      }
      if index == 0 { return nil }
    }
    return MailCharset.text(pieces[...], charset: charset)
  }

  private static func first(_ bytes: [UInt8]) -> (charset: String, bytes: [UInt8]) {
    let parts = bytes.split(separator: UInt8(ascii: "'"), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else { return ("utf-8", percentDecoded(bytes[...])) }
    return (String(decoding: parts[0], as: UTF8.self), percentDecoded(parts[2]))
  }

  private static func percentDecoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    MailTransfer.decodeEscapes(bytes, mark: UInt8(ascii: "%"), underscoreIsSpace: false)
  }
}
