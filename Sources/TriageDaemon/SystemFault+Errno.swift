import TriageCore
import TriageLedger

extension SystemFault {
  static func isShortage(_ code: Int32) -> Bool { SystemFault(code).isShortage }

  static func words(_ code: Int32, _ language: Language) -> String { SystemFault(code).message[language] }
}

extension FileFailure {
  /// What was refused, for people, with how to mend it.
  var message: Message { SystemFault(code).message(of: call) }
  func words(_ language: Language) -> String { message[language] }

  /// As what ends a step of the ledger that needs this place.
  func ending(at path: String) -> LedgerError {
    let fault = SystemFault(code)
    if takesNothing { return .diskFull(path) }
    return fault.isShortage ? .shortage(fault, path: path) : .io(path: path, detail: message)
  }
}
