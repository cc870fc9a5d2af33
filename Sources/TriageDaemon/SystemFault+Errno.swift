import Glibc
public import TriageCore

extension SystemFault {
  /// Of a number of errno(3).
  public init(_ code: Int32) { self.init(code: code, words: String(cString: strerror(code))) }

  static func isShortage(_ code: Int32) -> Bool { SystemFault(code).isShortage }

  static func words(_ code: Int32, _ language: Language) -> String { SystemFault(code).message[language] }
}
