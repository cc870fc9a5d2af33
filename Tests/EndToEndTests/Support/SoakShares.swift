import Foundation
import Testing

/// Queue folders that go away and come back, as mounts do: the folder, or all of `queues/`, is elsewhere for a while,
/// and in its place lies nothing or an empty mount point. What somebody writes into that was written under the share.
struct SoakShares {
  private let root: Root
  private var away: [String] = []
  private var number = 0
  /// Files found under a mount point, as paths below the root.
  private(set) var found: [String] = []

  init(_ root: Root) { self.root = root }

  /// - Returns: whether anything was moved.
  mutating func takeAwayOrBringBack(_ chance: inout SeededChance) throws -> Bool {
    if !away.isEmpty, Int.random(in: 0..<3, using: &chance) > 0 {
      try bringBack(away.removeLast())
      return true
    }
    // Only one at a time of a folder and what is in it.
    guard away.isEmpty else { return false }
    let folder =
      Int.random(in: 0..<4, using: &chance) == 0
      ? "queues" : "queues/\(["urban", "center", "police"].randomElement(using: &chance) ?? "urban")"
    guard root.exists(folder) else { return false }
    try root.move(folder, "away-\(folder.replacingOccurrences(of: "/", with: "-"))")
    if Bool.random(using: &chance) { try #require(mkdir(root.path + "/" + folder, 0o770) == 0) }
    away.append(folder)
    return true
  }

  mutating func bringAllBack() throws {
    while let folder = away.popLast() { try bringBack(folder) }
  }

  private mutating func bringBack(_ folder: String) throws {
    number += 1
    let standIn = "under-\(number)"
    if root.exists(folder) { try root.move(folder, standIn) }
    try root.move("away-\(folder.replacingOccurrences(of: "/", with: "-"))", folder)
    // Whoever held the stand-in open may still write into it for an instant: it is looked at when that is over.
    usleep(30_000)
    found += root.tree(standIn).map { "\(folder): \($0)" }
  }
}

/// What an administrator does to her rules while everything runs.
enum SoakRules {
  private static let extra = "/extra.yaml"

  static func edit(_ root: Root, _ chance: inout SeededChance) throws {
    switch Int.random(in: 0..<4, using: &chance) {
    case 0:
      try root.write(root.rules + extra, "departments: [{id: harbour, title: 港务所, escalates_to: leader}]\n")
    case 1:
      try root.write(root.rules + extra, "# \(UInt32.random(in: 0...99_999, using: &chance))\nroutes: []\n")
    case 2:
      try root.write(root.rules + extra, "routes:\n  - {id: broken, when: {levle: red}, lead: nobody}\n")
    default: unlink(root.rules + extra)
    }
  }

  static func good(_ root: Root) throws { unlink(root.rules + extra) }
}
