import Foundation
import Testing

/// What only a person can say, `triaged fsck --repair` with its options: all of it is done, or nothing.
@Suite("A person's word, end to end")
struct PersonsWordTests {
  @Test(
    "A name that nobody knows is a mistake, and nothing of what was said with it is done",
    arguments: [["--folder", "inbox/none"], ["--queue", "urbam"]])
  func unknownName(wrong: [String]) throws {
    let root = try Root()
    try FileManager.default.createDirectory(atPath: root.path, withIntermediateDirectories: true)
    let share = root.home + "/mnt"
    try #require(mkdir(share, 0o770) == 0 && symlink(share, root.path + "/inbox") == 0)
    try root.once()
    // The share is given up; a plain folder is to take its place.
    unlink(root.path + "/inbox")
    let word = ["fsck", "--repair", "--config", root.configuration, "--folder", "inbox"]
    let mistaken = try Program.run(word + wrong)
    #expect(mistaken.status == 2 && mistaken.err.contains(wrong[1]), "\(mistaken.err)")
    #expect(!root.exists("inbox"))
    #expect(try !root.triaged("ledger", "verify").out.contains("inbox"))
    let right = try Program.run(word)
    #expect(right.status == 0 && root.exists("inbox"), "\(right.err)")
    #expect(try root.triaged("ledger", "verify").out.contains("inbox"))
  }
}
