import Glibc
import TriageCore

/// One line on a terminal that says how far a long command is; nothing where standard error is no terminal.
final class ProgressLine {
  private let isShown = isatty(STDERR_FILENO) == 1
  private var isThere = false

  func show(_ message: Message) {
    guard isShown else { return }
    isThere = true
    write("\r\(message.localised)\u{1B}[K")
  }

  /// Takes the line away, before anything else is written and at the end.
  func end() {
    guard isThere else { return }
    isThere = false
    write("\r\u{1B}[K")
  }

  private func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
  }
}
