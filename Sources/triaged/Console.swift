import Glibc
import TriageCore

/// The user's language, from the environment as setlocale(3) reads it.
enum UserLanguage {
  static let current: Language = {
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
      if let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty {
        return Language(locale: value)
      }
    }
    return .en
  }()
}

extension Message {
  var localised: String { self[UserLanguage.current] }
}

extension JSONOutput {
  /// What stands in the command's help.
  var localised: String { help(UserLanguage.current) }
}

enum StandardError {
  static func write(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
  }
}

/// A text table: columns as wide as their widest cell, where a Han character takes two places.
struct TextTable {
  private var rows: [[String]]

  init(columns: [String]) { rows = [columns] }

  mutating func add(_ row: [String]) { rows.append(row) }

  var text: String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { $0.count > column ? Self.width($0[column]) : 0 }.max() ?? 0
    }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        line += cell
        if column < row.count - 1 {
          line += String(repeating: " ", count: widths[column] - Self.width(cell) + 2)
        }
      }
      return line
    }.joined(separator: "\n")
  }

  /// Places on a terminal: wide for the East Asian blocks of UAX #11.
  static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { sum, scalar in
      switch scalar.value {
      case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
        0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
        sum + 2
      default: sum + 1
      }
    }
  }

  /// On one line and without what a terminal would obey.
  static func plain(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }

  /// Cut to so many places, with an ellipsis.
  static func cut(_ text: String, to places: Int) -> String {
    guard width(text) > places else { return text }
    var result = ""
    var used = 0
    for scalar in text.unicodeScalars {
      let wide = width(String(scalar))
      if used + wide > places - 1 { break }
      result.unicodeScalars.append(scalar)
      used += wide
    }
    return result + "…"
  }
}
