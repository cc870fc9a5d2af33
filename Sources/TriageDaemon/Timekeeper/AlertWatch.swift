import TriageCore
import TriageLedger

/// Looks at many cases together, for rules that no single case can meet: clusters, and what is open at the day's end.
///
/// How far it has looked stands in the ledger, written with the alerts that the look raised.
struct AlertWatch {
  /// New cases of one look.
  static let batch = 1024
  private static let clusters = "clusters"

  private let office: Office
  private let now: Instant

  init(_ office: Office, at now: Instant) {
    self.office = office
    self.now = now
  }

  /// - Returns: whether anything was looked at.
  func look() throws(LedgerError) -> Bool {
    let clusters = try lookForClusters()
    return try lookAtDaysEnd() || clusters
  }

  private var rules: [EscalationRule] { office.rulebook.escalation.sorted { $0.id < $1.id } }

  // MARK: Clusters

  /// Holds the cases that came since the last look against those of their window.
  private func lookForClusters() throws(LedgerError) -> Bool {
    let watching = rules.compactMap { rule in
      if case .cluster(let cluster) = rule.on { (rule, cluster) } else { nil }
    }
    guard !watching.isEmpty else { return false }
    let read = office.ledger.read
    let fresh = try read.taken(after: try from(watching.map(\.1)), limit: Self.batch)
    guard let last = fresh.last else { return false }
    var set = ChangeSet(office, at: now)
    for (rule, cluster) in watching {
      // The newest case of each group speaks for it.
      var newest: [ClusterGroup: TakenCase] = [:]
      for taken in fresh {
        let group = cluster.group(
          category: taken.category, level: taken.level, channel: taken.channel, area: taken.area,
          in: office.rulebook)
        if let group { newest[group] = taken }
      }
      for (group, taken) in newest.sorted(by: { $0.key.name < $1.key.name }) {
        try judge(group, upTo: taken, rule, cluster, &set)
      }
    }
    set.look(Self.clusters, at: last.number)
    set.foldNotices()
    try set.commit()
    return true
  }

  /// Before the first look: where the longest window begins.
  private func from(_ clusters: [EscalationRule.Cluster]) throws(LedgerError) -> Int64 {
    if let number = try office.ledger.read.look(Self.clusters) { return number }
    let calendar = office.rulebook.calendar
    let first = clusters.map { calendar.windowStart(of: $0.within, before: now) }.min() ?? now
    return try office.ledger.read.lastNumber(before: first)
  }

  /// Raises an alert when the group has grown to the rule's number; a further one when it has doubled since the last,
  /// or when that one lies before the window.
  private func judge(
    _ group: ClusterGroup, upTo newest: TakenCase, _ rule: EscalationRule, _ cluster: EscalationRule.Cluster,
    _ set: inout ChangeSet
  ) throws(LedgerError) {
    guard let department = rule.then.alert else { return }
    let read = office.ledger.read
    let from = office.rulebook.calendar.windowStart(of: cluster.within, before: newest.takenAt)
    let areas = group.area.map { office.rulebook.areas.inside($0) }
    var members = try read.cluster(group, areas: areas, from: from)
    guard members.count >= cluster.atLeast else { return }
    let last = try read.lastAlert(by: rule.id, on: group.name)
    let needed = last.map { $0.at >= from ? $0.members * 2 : cluster.atLeast } ?? cluster.atLeast
    guard members.count >= needed else { return }
    members = try meeting(rule.when, members, set)
    guard members.count >= needed else { return }
    for id in members.prefix(Limits.alertCases) {
      try set.perform(.fire(rule.id, occasion: group.name), on: id)
    }
    let title = Message.clusterTitle(words(of: group), within: cluster.within, count: members.count)
    try set.raise(
      rule.id, occasion: "\(group.name)@\(newest.id)", to: department, title: title[office.language],
      of: members, cluster: group.name)
  }

  private func meeting(
    _ condition: Condition, _ cases: [CaseID], _ set: ChangeSet
  ) throws(LedgerError) -> [CaseID] {
    if condition == .always { return cases }
    var meeting: [CaseID] = []
    for id in cases {
      guard let state = try set.state(of: id) else { continue }
      if condition.holds(for: state.facts(under: office.rulebook), in: office.rulebook) { meeting.append(id) }
    }
    return meeting
  }

  private func words(of group: ClusterGroup) -> [String] {
    let titles = RulebookTitles(office.rulebook)
    return [
      group.category.map { titles[$0] }, group.area.map { titles[$0] }, group.level.map { titles[$0] },
      group.channel.map { titles[$0] },
    ].compactMap { $0 }
  }

  // MARK: The day's end

  private func lookAtDaysEnd() throws(LedgerError) -> Bool {
    var looked = false
    for rule in rules {
      guard case .daily(let time) = rule.on, let date = lastDay(of: time) else { continue }
      let name = "daily/\(rule.id)"
      // A day that was looked at is done, also when the clock has jumped back.
      if let last = try office.ledger.read.look(name), last >= Int64(date.day) { continue }
      var set = ChangeSet(office, at: now)
      try raise(rule, date, time, &set)
      set.look(name, at: Int64(date.day))
      set.foldNotices()
      try set.commit()
      looked = true
    }
    return looked
  }

  /// After a downtime of many days the last of them alone counts.
  private func raise(
    _ rule: EscalationRule, _ date: CivilDate, _ time: CivilTime, _ set: inout ChangeSet
  ) throws(LedgerError) {
    let hour = office.rulebook.calendar.zone.instant(date, time)
    let waiting = try meeting(rule.when, try office.ledger.read.unaccepted(before: hour), set)
    guard let department = rule.then.alert, !waiting.isEmpty else { return }
    for id in waiting.prefix(Limits.alertCases) {
      try set.perform(.fire(rule.id, occasion: date.description), on: id)
    }
    let title = Message.dayEndTitle(date, time, count: waiting.count)
    try set.raise(
      rule.id, occasion: date.description, to: department, title: title[office.language], of: waiting)
  }

  /// The working day on which that time came last.
  private func lastDay(of time: CivilTime) -> CivilDate? {
    let calendar = office.rulebook.calendar
    let today = calendar.zone.civil(at: now).date
    return (0...Limits.dailyLookBackDays).lazy.map { today + -$0 }.first {
      calendar.isWorkingDay($0) && calendar.zone.instant($0, time) <= now
    }
  }

  /// When the day's end comes next; nil without such a rule.
  func nextDaysEnd() -> Instant? {
    let calendar = office.rulebook.calendar
    let today = calendar.zone.civil(at: now).date
    let times = rules.compactMap { rule in if case .daily(let time) = rule.on { time } else { nil } }
    return times.compactMap { time in
      (0...Limits.dailyLookBackDays).lazy.map { today + $0 }.first {
        calendar.isWorkingDay($0) && calendar.zone.instant($0, time) > now
      }.map { calendar.zone.instant($0, time) }
    }.min()
  }
}
