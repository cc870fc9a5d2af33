import Foundation
import Testing

@testable import TriageDaemon

@Suite("What lies in a root")
struct RootLayoutTests {
  private let sample: IntakeSample
  init() throws { sample = try IntakeSample() }

  @Test("A place in the root is known through links to it and into it, and before it is made; others are not")
  func holds() throws {
    let outside = sample.root + "-beside"
    try FileManager.default.createDirectory(atPath: outside, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: outside) }
    // A link to the root, one into it, and one out of it.
    try #require(symlink(sample.root, outside + "/root") == 0)
    try #require(symlink(sample.inbox, outside + "/inbox") == 0)
    try #require(symlink(outside, sample.root + "/share") == 0)
    for layout in [RootLayout(root: sample.root), RootLayout(root: outside + "/root")] {
      for path in ["/root", "/root/inbox", "/inbox", "/inbox/hotline/not/yet", "/root/not-yet"] {
        #expect(layout.holds(outside + path), "\(layout.root) \(path)")
      }
      #expect(layout.holds(sample.root) && layout.holds(sample.inbox + "/hotline"))
      for path in ["", "/not-yet", "/elsewhere/inbox"] {
        #expect(!layout.holds(outside + path), "\(layout.root) \(path)")
      }
      // It is called as if it lay in it, and does not; one that is called alike is another.
      #expect(!layout.holds(sample.root + "/share/x") && !layout.holds(sample.root + "-beside"))
      #expect(!layout.holds("/") && !layout.holds("/tmp"))
    }
  }
}
