import Foundation
import Testing

/// `make install`, as packagers call it: below DESTDIR, nothing else touched.
@Suite("Installing, end to end")
struct InstallTests {
  private static let top = URL(fileURLWithPath: Root.fixtures).appendingPathComponent("../..")
    .standardizedFileURL
    .path

  @Test(
    "Program, rules, unit, configuration and completions go below DESTDIR and PREFIX",
    arguments: ["/usr", "/usr/local/"])
  func install(prefix: String) throws {
    let destination = temporaryFolder + "/triaged-install-" + UUID().uuidString.prefix(8)
    defer { try? FileManager.default.removeItem(atPath: destination) }
    let install = try Running(
      Self.top + "/Scripts/install", [Program.path, destination], environment: ["PREFIX": prefix])
    #expect(install.ends(within: 120) && install.outcome.status == 0, "\(install.err)")
    let top = destination + (prefix.hasSuffix("/") ? String(prefix.dropLast()) : prefix)
    let zsh = prefix == "/usr" ? "vendor-completions" : "site-functions"
    let completions = [
      "bash": top + "/share/bash-completion/completions/triaged",
      "zsh": top + "/share/zsh/\(zsh)/_triaged",
      "fish": top + "/share/fish/vendor_completions.d/triaged.fish",
    ]
    for path in Array(completions.values) + [
      top + "/bin/triaged", top + "/share/triaged/rules/rulebook.yaml",
      top + "/lib/systemd/system/triaged.service", destination + "/etc/triaged/triaged.yaml",
    ] {
      #expect(FileManager.default.fileExists(atPath: path), "\(path)")
      #expect(install.out.contains(path) || path.contains("/rules/"), "\(path)")
    }
    let everything = FileManager.default.enumerator(atPath: destination)?.compactMap { $0 as? String } ?? []
    #expect(!everything.contains { $0.hasSuffix(".tmp") })
    for (shell, path) in completions {
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text.contains("triaged") && text.contains("simulate"), "\(shell)")
      guard FileManager.default.isExecutableFile(atPath: "/bin/\(shell)") else { continue }
      let check = try Running("/bin/\(shell)", ["-n", path])
      #expect(check.ends(within: 30) && check.outcome.status == 0, "\(shell): \(check.err)")
    }
  }

  @Test("The bash completion completes commands, options and values")
  func bash() throws {
    let script = temporaryFolder + "/triaged-completion-\(UUID().uuidString)"
    defer { unlink(script) }
    let made = try Program.run(["--generate-completion-script", "bash"])
    #expect(made.status == 0)
    try made.out.write(toFile: script, atomically: true, encoding: .utf8)
    func complete(_ words: String...) throws -> [String] {
      let list = words.map { "'\($0)'" }.joined(separator: " ")
      let code = """
        . '\(script)'; COMP_WORDS=(\(list)); COMP_CWORD=\(words.count - 1); COMP_LINE="${COMP_WORDS[*]}"
        COMP_POINT=${#COMP_LINE}; _triaged triaged "${COMP_WORDS[-1]}" "${COMP_WORDS[-2]}" 2>/dev/null; printf '%s\\n' "${COMPREPLY[@]}"
        """
      let shell = try Running("/bin/bash", ["--norc", "-c", code])
      #expect(shell.ends(within: 30), "\(shell.err)")
      return shell.out.split(whereSeparator: \.isWhitespace).map(String.init)
    }
    #expect(try complete("triaged", "sim").contains("simulate"))
    #expect(try complete("triaged", "cases", "--over").contains("--overdue"))
    #expect(try complete("triaged", "cases", "--format", "").contains("json"))
  }
}
