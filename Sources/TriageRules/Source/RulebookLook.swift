/// What the directories of a rulebook look like from outside: enough to see that somebody changed it, without reading a file.
public struct RulebookLook: Sendable, Equatable {
  /// The folders in which rules lie, to be watched; with the directories themselves.
  public let folders: [String]
  private let stamps: [RulebookDirectory.Stamp]
  /// What does not belong there or cannot be read: mending it is a change too.
  private let findings: [Finding]

  /// Looks at names, sizes, times and inodes.
  /// - Parameter directories: of the rulebook and of those that it extends.
  public init(directories: [String]) {
    let found = Findings()
    var folders: [String] = []
    var stamps: [RulebookDirectory.Stamp] = []
    for directory in directories {
      var walk = RulebookDirectory(root: directory, findings: found)
      walk.visit("")
      folders += walk.folders
      stamps += walk.stamps
    }
    self.folders = folders
    self.stamps = stamps
    findings = found.sorted
  }
}
