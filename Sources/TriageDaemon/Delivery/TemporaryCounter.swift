import Synchronization

/// Numbers that are not given twice in one process, whatever thread asks.
final class TemporaryCounter: Sendable {
  private let value = Atomic<UInt64>(0)

  func next() -> UInt64 { value.add(1, ordering: .relaxed).newValue }
}
