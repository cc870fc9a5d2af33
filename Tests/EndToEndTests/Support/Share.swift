import Foundation
import Testing

/// A folder of a root that lies on a share which goes away and comes back. What is on the share is elsewhere meanwhile.
struct Share {
  /// What is left where a share was mounted.
  enum Leaving: String, CaseIterable {
    /// The empty folder that it was mounted over.
    case empty
    case none
    /// A link that leads nowhere.
    case dangling
  }

  private let root: Root
  /// Where the share is mounted.
  private let place: String
  private var elsewhere: String { root.home + "/share" }

  /// The folder of the root is the share's mount point.
  init(_ folder: String, of root: Root) {
    self.root = root
    place = root.path + "/" + folder
  }

  /// The folder of the root, which is not there yet, is a link to the share's mount point.
  init(linking folder: String, of root: Root) throws {
    self.root = root
    place = root.home + "/mnt"
    try FileManager.default.createDirectory(atPath: root.path, withIntermediateDirectories: true)
    try #require(mkdir(place, 0o770) == 0 && symlink(place, root.path + "/" + folder) == 0)
  }

  func goAway(leaving what: Leaving = .empty) throws {
    try #require(rename(place, elsewhere) == 0)
    switch what {
    case .empty: try #require(mkdir(place, 0o770) == 0)
    case .dangling: try #require(symlink(root.home + "/nowhere", place) == 0)
    case .none: break
    }
  }

  /// What was put in its place is gone then.
  func comeBack() throws {
    var found = stat()
    if lstat(place, &found) == 0 { try FileManager.default.removeItem(atPath: place) }
    try #require(rename(elsewhere, place) == 0)
  }

  /// The names of what is on it while it is away.
  func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: elsewhere) }

  /// What is on it now lies in its place too, as it was before there was a share.
  func copyBeneath() throws { try copyTree(elsewhere, to: place) }
}
