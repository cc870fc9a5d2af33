import Testing
import TriageCore

@Suite("What the system refuses is said in both languages")
struct SystemFaultTests {
  @Test("Every number of errno(3) has words of its own language, and names itself where no others are known")
  func numbers() {
    for code: Int32 in 1...133 {
      let message = SystemFault(code).message
      let hasHan = message.zh.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
      let isASCII = message.en.utf8.allSatisfy { $0 < 0x80 }
      #expect(hasHan && isASCII, "\(code)")
      // Chinese with no English words beside names (EIO, LimitNOFILE=, sysctl fs.file-max).
      for word in ["errno", "the ", "is ", "not ", "file "] { #expect(!message.zh.contains(word), "\(code)") }
    }
    #expect(SystemFault(22).message.zh.contains("EINVAL") && SystemFault(22).message.en.contains("EINVAL"))
    #expect(SystemFault(132) == .number(132) && SystemFault(132).message.zh.contains("132"))
    #expect(SystemFault(13).message(of: "openat").zh.hasPrefix("openat：没有权限"))
  }

  @Test("A shortage of the moment is told from what is wrong with a file")
  func shortages() {
    for code: Int32 in [11, 12, 23, 24, 105] { #expect(SystemFault(code).isShortage, "\(code)") }
    for code: Int32 in [1, 2, 5, 13, 17, 28, 30, 110, 122] {
      #expect(!SystemFault(code).isShortage, "\(code)")
    }
  }
}
