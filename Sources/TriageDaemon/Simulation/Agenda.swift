import TriageCore

/// What is to happen and when: the earliest first, of the same instant in the order in which they were put down.
struct Agenda<Task> {
  private struct Entry {
    let at: Instant
    let number: Int
    let task: Task
    func isBefore(_ other: Entry) -> Bool { (at, number) < (other.at, other.number) }
  }
  /// A binary heap.
  private var heap: [Entry] = []
  private var count = 0

  var earliest: Instant? { heap.first?.at }

  mutating func add(_ task: Task, at instant: Instant) {
    heap.append(Entry(at: instant, number: count, task: task))
    count += 1
    var child = heap.count - 1
    while child > 0, heap[child].isBefore(heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// Takes the next task that is due by then.
  mutating func next(notAfter instant: Instant) -> Task? {
    guard let first = heap.first, first.at <= instant, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return first.task }
    heap[0] = last
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
        if heap[child].isBefore(heap[least]) { least = child }
      }
      if least == parent { return first.task }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
