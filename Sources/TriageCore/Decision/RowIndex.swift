/// The tables of rows in the order in which they bind, made once for a rulebook.
final class RowIndex: Sendable {
  let routes: RankedRows<RouteRow>
  let also: RankedRows<AlsoRow>
  let deadlines: RankedRows<DeadlineRow>
  let require: RankedRows<RequireRow>
  let reminders: RankedRows<ReminderRow>

  init(
    routes: [RouteRow], also: [AlsoRow], deadlines: [DeadlineRow], require: [RequireRow],
    reminders: [ReminderRow], areas: AreaTree
  ) {
    self.routes = RankedRows(routes, areas: areas)
    self.also = RankedRows(also, areas: areas)
    self.deadlines = RankedRows(deadlines, areas: areas)
    self.require = RankedRows(require, areas: areas)
    self.reminders = RankedRows(reminders, areas: areas)
  }
}
