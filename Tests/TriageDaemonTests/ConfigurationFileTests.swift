import Foundation
import Testing
import TriageCore

@testable import TriageDaemon

@Suite("The configuration of the daemon") struct ConfigurationFileTests {
  private func read(_ text: String) throws -> Configuration {
    let file = NSTemporaryDirectory() + "/triaged-configuration-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: file) }
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    var configuration = Configuration(language: .zh)
    try configuration.read(file: file)
    return configuration
  }

  @Test("A time is written in Chinese as in English")
  func times() throws {
    let chinese = try read(
      """
      rescan: 1小时
      settle: {inbox: 3秒, queues: 0秒, reply: 10 分钟, rules: 2分钟, channels: {扫描: 30秒}}
      """)
    let english = try read(
      """
      rescan: 1h
      settle: {inbox: 3s, queues: 0s, reply: 10min, rules: 2 min, channels: {扫描: 30s}}
      """)
    for read in [chinese, english] {
      #expect(read.rescan == 3600)
      #expect(read.settleInbox == 3)
      #expect(read.settleQueues == 0)
      #expect(read.settleReply == 600)
      #expect(read.settleRules == 120)
      #expect(read.settleChannels == ["扫描": 30])
    }
  }

  @Test("What is no time is named where it stands", arguments: ["3", "三秒", "3天", "-1s", "100001s", "[3s]"])
  func noTimes(time: String) {
    let problems = #expect(throws: Configuration.Problems.self) { try read("settle:\n  inbox: \(time)\n") }
    #expect(problems?.list.map(\.place.line) == [2])
    #expect(problems?.list.first?.message == .configurationWantsSeconds("inbox", atLeast: 0))
  }
}
