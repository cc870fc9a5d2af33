import TriageCore
import TriageRules

/// The clerks of one department: they look into their folder, read reminders, and do with their items what clerks do,
/// by hand and in files. They know nothing but what lies there.
final class Clerk {
  let department: DepartmentID
  private let seed: UInt64
  private let behaviour: Behaviour
  let hours: ClerkHours
  private let layout: QueueLayout
  private let move: DepartmentMove
  private var known: Set<ItemID> = []
  private var forgotten: [CaseID: [ItemID]] = [:]
  /// Files of reminders with the cases that were read in them.
  private var readReminders: Set<String> = []
  private var remindersRead = Instant(seconds: 0)

  /// Between two looks into the folder, seconds.
  static let round: Int64 = 1_800
  /// Between two looks at the reminders, seconds.
  private static let betweenReminders: Int64 = 7_200

  init(_ department: DepartmentID, root: String, _ scenario: Scenario, _ rulebook: Rulebook) {
    self.department = department
    seed = scenario.seed
    behaviour = scenario.behaviours.of(department)
    hours = ClerkHours(rulebook.departmentCalendars[department] ?? rulebook.calendar, behaviour)
    layout = QueueLayout(root: root)
    // A simulation's queues lie in one folder: none can go away.
    move = DepartmentMove(root: root, department: department, marker: nil)
  }

  // MARK: Looking

  /// Looks what is new and what is asked for.
  /// - Returns: what the clerks now intend to do.
  func look(at now: Instant) throws(FileFailure) -> [(at: Instant, item: ItemID, step: ClerkStep)] {
    let top = try OpenFolder(path: layout.path(of: department))
    var intended = try heedReminders(top, now)
    let folder = try OpenFolder(QueueFolder.new.rawValue, in: top)
    for name in try folder.names().sorted() where !name.isTemporary {
      if ItemNaming.isCompanion(name) {
        // Read, and thrown away; the problem notes are the daemon's to remove.
        if !ItemNaming.isProblemNote(name) { try folder.remove(name) }
        continue
      }
      guard let item = ItemNaming.item(inName: name.bytes), known.insert(item).inserted else { continue }
      let seen = SeenItem(item, try folder.read(name, atMost: Limits.replyBytes))
      intended += plan(seen, now, mayForget: true)
    }
    return intended
  }

  private func plan(
    _ seen: SeenItem, _ now: Instant, mayForget: Bool
  ) -> [(at: Instant, item: ItemID, step: ClerkStep)] {
    var dice = dice(seen.item, "plan")
    let plan = ClerkPlan(
      seen.item, seen.level, behaviour, hours, seen: now, mayForget: mayForget, &dice)
    if plan.isForgotten { forgotten[seen.item.caseID, default: []].append(seen.item) }
    return plan.steps.map { ($0.at, seen.item, $0.step) }
  }

  /// Reminders of forgotten items: each is heeded or not.
  private func heedReminders(
    _ top: OpenFolder, _ now: Instant
  ) throws(FileFailure) -> [(at: Instant, item: ItemID, step: ClerkStep)] {
    guard !forgotten.isEmpty, now - remindersRead >= Self.betweenReminders else { return [] }
    remindersRead = now
    var intended: [(at: Instant, item: ItemID, step: ClerkStep)] = []
    let folder = try OpenFolder(QueueFolder.reminders.rawValue, in: top)
    for name in try folder.names().sorted() where !name.isTemporary {
      guard try folder.stamp(of: name)?.isRegular == true else { continue }
      let text = String(decoding: try folder.read(name, atMost: Limits.replyBytes), as: UTF8.self)
      for id in forgotten.keys.sorted() where text.contains(id.rawValue) {
        // A file of the day grows: what was read in it this morning is not read again.
        guard readReminders.insert("\(name.shown)/\(id)").inserted else { continue }
        var dice = Dice(seed, "heed", department.rawValue, id.rawValue, name.shown)
        guard dice.chance(behaviour.share(.heeds)) else { continue }
        for item in forgotten.removeValue(forKey: id) ?? [] {
          guard let (_, bytes) = place(of: item) else { continue }
          intended += plan(SeenItem(item, bytes), now, mayForget: false)
        }
      }
    }
    return intended
  }

  private func dice(_ item: ItemID, _ purpose: String) -> Dice {
    Dice(seed, purpose, department.rawValue, item.description)
  }

  // MARK: Acting

  /// Takes a step, if the item still lies where it can be taken.
  /// - Returns: folders in which something happened, and what the clerk looks after later.
  func take(
    _ step: ClerkStep, _ item: ItemID, at now: Instant, under rulebook: Rulebook
  ) throws(DepartmentMove.Failure) -> (touched: [QueueFolder], later: (at: Instant, step: ClerkStep)?) {
    guard let (place, bytes) = place(of: item) else { return ([], nil) }
    var dice = dice(item, "\(step)")
    let today = hours.calendar.zone.civil(at: now).date
    let form = ClerkForm(rulebook: rulebook, department: department, behaviour: behaviour, today: today)
    switch step {
    case .accept:
      guard place == .new else { return ([], nil) }
      _ = try move.move(item, to: .accepted, filling: [])
      return ([.new, .accepted], nil)
    case .ask(let verb):
      guard let text = request(verb, rulebook, &dice) else { return ([], nil) }
      _ = try move.request(verb, on: item.caseID, text: text)
      return ([.requests], nil)
    case .sendBack:
      let fields = SeenItem(item, bytes).fields
      guard fields.contains("return_reason") else {
        _ = try move.move(item, to: .accepted, filling: [])
        return ([place, .accepted], nil)
      }
      _ = try move.move(item, to: .returned, filling: form.reasonsForReturn(&dice))
      return ([place, .returned], nil)
    case .answer, .again:
      let answers = form.answers(SeenItem(item, bytes), &dice)
      _ = try move.move(item, to: .done, filling: answers)
      var tries = 0
      if case .again(let number) = step { tries = number }
      let later = (hours.next(from: now + 86_400, nil), ClerkStep.again(tries + 1))
      return ([place, .done], tries < Self.tries ? later : nil)
    }
  }

  /// So often a form that was put back is handed in again.
  private static let tries = 5

  /// Where an item lies that can be worked on, and what is in it. These clerks leave files their names.
  private func place(of item: ItemID) -> (QueueFolder, [UInt8])? {
    guard let top = try? OpenFolder(path: layout.path(of: department)) else { return nil }
    for place in [QueueFolder.new, .accepted] {
      guard let folder = try? OpenFolder(place.rawValue, in: top),
        let bytes = try? folder.read(EntryName("\(item).yaml"), atMost: Limits.replyBytes)
      else { continue }
      return (place, bytes)
    }
    return nil
  }

  /// The text of a request; nil where the rulebook leaves nothing to ask for.
  private func request(_ verb: Request.Verb, _ rulebook: Rulebook, _ dice: inout Dice) -> String? {
    switch verb {
    case .contact: return "已电话联系反映人，约定上门时间。\n"
    case .extend: return "理由：需要再次组织双方见面，暂未约齐。\n"
    case .pause:
      let reasons = Set(rulebook.deadlines.compactMap(\.pause).flatMap(\.reasons)).sorted()
      return dice.pick(reasons).map { "pause_reason: \($0)\n理由：等待结果。\n" }
    case .whistle:
      let others = rulebook.departments.values.filter { $0.area == nil && $0.escalatesTo != nil }
      let possible = others.map(\.id).filter { $0 != department }.sorted()
      return dice.pick(possible).map { "department: \($0)\n理由：需要到场配合。\n" }
    default: return "情况已变化。\n"
    }
  }
}
