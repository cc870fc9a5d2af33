import ArgumentParser
import TriageCore
import TriageDaemon
import TriageLedger

/// `triaged act`: a department's move, exactly as a clerk makes it.
///
///     triaged act accept ZZ20261121-0001 --root R
///     triaged act done ZZ20261121-0001 --set result=settled --set summary=… --root R
///     triaged act return ZZ20261121-0001 --set return_reason=not_competent --root R
///     triaged act extend ZZ20261121-0001 --as urban --text "…" --root R
struct ActCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "act", abstract: Message.helpAct.localised,
    discussion: JSONOutput.act.localised)

  @Argument(
    help: ArgumentHelp(Message.argumentVerb.localised),
    completion: .list(ActCommand.moves.keys.sorted() + Request.Verb.allCases.map(\.rawValue)))
  var verb: String
  @Argument(help: ArgumentHelp(Message.argumentItem.localised))
  var item: String
  @Option(name: .customLong("as"), help: ArgumentHelp(Message.optionActAs.localised, valueName: "department"))
  var department: String?
  @Option(name: .customLong("set"), help: ArgumentHelp(Message.optionSet.localised, valueName: "field=value"))
  var answers: [String] = []
  @Option(help: ArgumentHelp(Message.optionText.localised))
  var text = ""
  @OptionGroup var places: PlaceOptions
  @OptionGroup var output: FormatOption

  private struct Report: Encodable {
    var verb: String
    var item: String
    var department: String
    var file: String
  }

  private static let moves: [String: DepartmentMove.Target] = [
    "accept": .accepted, "done": .done, "return": .returned,
  ]

  func run() throws {
    let root = try places.configuration().root
    guard let item = ItemID(item) else { throw Failure(.caseUnknown(self.item), status: ExitStatus.usage) }
    let department = try owner(of: item, RootLayout(root: root))
    let ledger = try RootLedger.open(RootLayout(root: root)).ledger
    do {
      let move = DepartmentMove(
        root: root, department: department, marker: try ledger.queues()[department])
      if let target = Self.moves[verb] {
        try show(try move.move(item, to: target, filling: try pairs()), item, department)
      } else if let verb = Request.Verb(rawValue: verb) {
        try show(try move.request(verb, on: item.caseID, text: text), item, department)
      } else {
        let known = Self.moves.keys.sorted() + Request.Verb.allCases.map(\.rawValue)
        throw Failure(.verbUnknown(verb, known: known), status: ExitStatus.usage)
      }
    } catch let failure as DepartmentMove.Failure {
      throw Failure(.actFailed(failure.words))
    } catch let error as LedgerError {
      throw Failure(error)
    }
  }

  private func show(_ file: String, _ item: ItemID, _ department: DepartmentID) throws {
    switch output.format {
    case .json:
      let report = Report(
        verb: verb, item: item.description, department: department.rawValue, file: file)
      print(try JSONLine.encode(report))
    case .text: print(file)
    }
  }

  private func owner(of item: ItemID, _ layout: RootLayout) throws -> DepartmentID {
    if let department { return DepartmentID(department) }
    do {
      let ledger = try RootLedger.open(layout).ledger
      // A request is the lead's; a move is of whoever has the item.
      if Self.moves[verb] == nil, let index = try ledger.index(of: item.caseID) { return index.lead }
      guard let row = try ledger.item(item) else { throw Failure(.caseUnknown(item.description)) }
      return row.department
    } catch let error as LedgerError {
      throw Failure(error)
    }
  }

  private func pairs() throws -> [(key: String, value: String)] {
    try answers.map { answer in
      guard let mark = answer.firstIndex(of: "=") else {
        throw Failure(.usageBadPair(answer), status: ExitStatus.usage)
      }
      return (String(answer[..<mark]), String(answer[answer.index(after: mark)...]))
    }
  }
}

extension DepartmentMove.Failure {
  fileprivate var words: Message {
    switch self {
    case .noItem(let item): .actNoItem(item)
    case .queueGone: .queueGone
    case .noField(let field): .actNoField(field)
    case .fileFailed(let call, let fault):
      Message(zh: "\(call)：\(fault.message.zh)", en: "\(call): \(fault.message.en)")
    }
  }
}
