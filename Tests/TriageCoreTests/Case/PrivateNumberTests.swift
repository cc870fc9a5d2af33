import Testing
import TriageCore

@Suite("Numbers of persons in titles and names") struct PrivateNumberTests {
  @Test(arguments: [
    ("张某13800002222投诉路灯", "张某138****2222投诉路灯"),
    ("138-0000-2222 李四.yaml", "138-****-2222 李四.yaml"),
    ("+8613800002222来电", "+86138****2222来电"), ("电话１３８００００２２２２", "电话１３８****２２２２"),
    ("身份证110101199003071234", "身份证110101********1234"), ("11010119900307123X的来信", "110101********123X的来信"),
    ("老证110101900307123", "老证110101******123"), ("010-55551234无人接听", "010-****1234无人接听"),
    ("(0571)87651234", "(0571)****1234"), ("03712345678", "0371***5678"),
    ("5 13800002222 13900001111", "5 138****2222 139****1111"),
  ])
  func `what reaches or tells a person is hidden but for its ends`(_ text: String, _ shown: String) {
    #expect(PrivateNumbers.masked(text) == shown)
  }

  @Test(arguments: [
    "路灯不亮", "工单20260609000123催办", "ZZ20261121-0001", "2026-11-21 10:00:00", "12345热线第110000号",
    "赔偿1380000222元",
    "202606090001230000", "3栋1单元502室", "05月10日至06月10日",
  ])
  func `other digits stay`(_ text: String) { #expect(PrivateNumbers.masked(text) == text) }

  @Test func `a case shows its title with hidden numbers, and keeps its own`() {
    let input = CaseInput(channel: "hotline", title: "张某13800002222投诉路灯")
    #expect(input.publicTitle == "张某138****2222投诉路灯" && input.title == "张某13800002222投诉路灯")
  }
}
