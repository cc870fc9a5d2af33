import Crypto
import Foundation
import TriageCore
public import TriageText

/// Compiled patterns in files, one a set of patterns, named by the digest of their description.
///
/// A file is a SHA-256 of description and content, then the content: one that is torn, changed or of another set is
/// passed over. Nothing is synced: it can be made again.
public struct PatternFile: PatternCache {
  /// Made at the first write.
  private let directory: String
  /// So many sets are kept: the rules in force, those before, and a few that were tried.
  private static let sets = 4
  private static let suffix = ".patterns"

  /// Nothing is kept: for whoever only looks at another's rules.
  private let isReadOnly: Bool

  public init(directory: String, isReadOnly: Bool = false) {
    self.directory = directory
    self.isReadOnly = isReadOnly
  }

  public func find(_ description: [UInt8]) -> [UInt8]? {
    guard let file = try? Data(contentsOf: url(description)), file.count > SHA256.byteCount else {
      return nil
    }
    let content = Array(file.dropFirst(SHA256.byteCount))
    return Array(file.prefix(SHA256.byteCount)) == Self.seal(description, content) ? content : nil
  }

  public func keep(_ compiled: [UInt8], for description: [UInt8]) {
    if isReadOnly { return }
    let files = FileManager.default
    // The seal tells what was damaged, not what was forged: nobody else may write here.
    try? files.createDirectory(
      atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let file = Data(Self.seal(description, compiled) + compiled)
    guard (try? file.write(to: url(description), options: .atomic)) != nil else { return }
    forget(but: url(description).lastPathComponent)
  }

  /// Removes the oldest sets beyond those that are kept.
  private func forget(but newest: String) {
    let files = FileManager.default
    let names = ((try? files.contentsOfDirectory(atPath: directory)) ?? []).filter {
      $0.hasSuffix(Self.suffix) && $0 != newest
    }
    let aged = names.map { name -> (changed: Date, name: String) in
      let attributes = try? files.attributesOfItem(atPath: directory + "/" + name)
      return (attributes?[.modificationDate] as? Date ?? .distantPast, name)
    }
    for old in aged.sorted(by: { ($0.changed, $0.name) > ($1.changed, $1.name) }).dropFirst(Self.sets - 1) {
      try? files.removeItem(atPath: directory + "/" + old.name)
    }
  }

  private func url(_ description: [UInt8]) -> URL {
    let name = Hex.string(SHA256.hash(data: description))
    return URL(fileURLWithPath: directory + "/" + name + Self.suffix)
  }

  private static func seal(_ description: [UInt8], _ content: [UInt8]) -> [UInt8] {
    var hash = SHA256()
    hash.update(data: description)
    hash.update(data: content)
    return Array(hash.finalize())
  }
}
