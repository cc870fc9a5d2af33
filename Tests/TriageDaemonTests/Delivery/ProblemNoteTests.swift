import Testing
import TriageCore

@testable import TriageDaemon

@Suite("The note beside a form that cannot be taken") struct ProblemNoteTests {
  private func note(_ seconds: Int64, _ language: Language) -> String {
    let bytes = ProblemNote.render(
      for: "ZZ20261012-0001.yaml", [], .mayBeMended(seconds: seconds), Bureau.rulebook, language)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("It says after how long the form goes back, in the unit that the operator chose")
  func time() {
    #expect(note(300, .zh).contains("；5 分钟内没有改好"))
    #expect(note(20, .zh).contains("；20 秒内没有改好"))
    #expect(note(60, .en).contains("After 1 min without a change"))
    #expect(note(90, .en).contains("After 90 s without a change"))
  }
}
