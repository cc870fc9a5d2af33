import TriageCore
import TriageLedger

/// What is put into queues: effects of the outbox, worklists, lists.
extension Desks {
  /// Performs what one step may of that which the outbox holds: bounded in number and bytes, so that signals and the
  /// watchdog are served in between, and so that what was put there has its name when the next step begins.
  /// - Returns: whether anything was done.
  func perform() throws(LedgerError) -> Bool {
    let busy = Set(lanes.filter { $0.value.busyFor != nil }.keys)
    let excluded = busy.union(gone.keys).union(failing).union(unmade)
    let effects = try office.ledger.pendingEffects(
      notAfter: office.clock.now(), excluding: excluded, limit: Limits.effectsPerStep)
    guard !effects.isEmpty else { return false }
    try office.ledger.keepHead()
    let writer = OrderWriter(office)
    let portions = try writer.portions(of: effects, begun: begun)
    for (id, own) in Dictionary(grouping: portions, by: \.effect.planned.effect.department) {
      try perform(own, of: id, writer)
    }
    return true
  }

  private func perform(_ portions: [EffectPortion], of id: DepartmentID, _ writer: OrderWriter)
    throws(LedgerError)
  {
    guard let desk = try desk(of: id), !unmade.contains(id) else { return }
    let orders = try writer.orders(portions, of: id, retried: retried)
    retried.formUnion(portions.lazy.filter(\.isWhole).map(\.effect.key))
    run(id) { [door] in
      let report = desk.perform(orders)
      door.ask { office in office.desks?.performed(id, portions, report) }
    }
  }

  private func performed(_ id: DepartmentID, _ portions: [EffectPortion], _ report: QueueDesk.Report) {
    if report.failure == nil && report.gone == nil {
      for portion in portions {
        begun[portion.effect.key] = portion.isWhole ? nil : portion
        if portion.isWhole { retried.remove(portion.effect.key) }
      }
      unmarked.insert(id)
      // What was told on an earlier day is put away by the look that comes next.
      if portions.contains(where: \.tells) { workedIn.insert(id) }
    }
    take(report, of: id, after: .deliver)
  }

  /// Rewrites the worklists of departments whose work changed.
  func writeWorklists() throws(LedgerError) {
    let now = office.clock.now()
    for id in office.takeStale().sorted() {
      guard let desk = desks[id], gone[id] == nil, !unmade.contains(id) else { continue }
      let orders = try WorklistWriter(office).orders(of: id, now: now)
      let begun = run(id) { [door] in
        let report = desk.perform(orders)
        door.ask { office in office.desks?.take(report, of: id, after: .worklist) }
      }
      if !begun { office.markStale([id]) }
    }
  }

  /// Puts a list into a queue; what comes of it is said to the list keeper.
  func put(_ file: QueueFile, for telling: ListKeeper.Telling) {
    let id = telling.department
    guard let desk = desks[id], gone[id] == nil, !unmade.contains(id) else {
      office.lists?.told(telling, isThere: false)
      return
    }
    let begun = run(id) { [door] in
      let report = desk.perform([.publish([file], keys: [])])
      door.ask { office in
        office.desks?.take(report, of: id, after: .list)
        office.lists?.told(telling, isThere: report.failure == nil && report.gone == nil)
      }
    }
    if !begun { office.lists?.told(telling, isThere: false) }
  }
}
