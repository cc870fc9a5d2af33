import Foundation

/// Rulebooks that tests load or write.
enum Fixture {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures/rulebooks").path

  static func path(_ name: String) -> String { root + "/" + name }

  /// Writes files into a new folder, lends it and removes it.
  static func withRulebook<Result>(_ files: [String: String], _ body: (String) throws -> Result) throws
    -> Result
  {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rules-" + UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      let file = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    return try body(folder.path)
  }

  /// The sample's files by relative path.
  static func sample() throws -> [String: String] {
    var files: [String: String] = [:]
    let base = path("sample")
    for case let name as String in FileManager.default.enumerator(atPath: base) ?? .init()
    where name.hasSuffix(".yaml") {
      files[name] = try String(contentsOfFile: base + "/" + name, encoding: .utf8)
    }
    return files
  }
}
