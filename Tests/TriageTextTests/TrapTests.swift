import Testing
import TriageCore
import TriageText

/// Sentences from real complaints that substring search gets wrong (traps.csv, the rows whose level must be right).
///
/// The lexicons here are a small copy of what a rulebook has, enough to show that phrases with exceptions, negation
/// and supposition can tell them apart; the level is what such a rulebook would give.
@Suite("Sentences that trap a search for substrings")
struct TrapTests {
  private enum Level: String { case red, yellow, green }

  /// A strong hit is red, a weak one yellow.
  private static let danger = TextProbe(
    phrases: [
      "持刀", "持刀具", "砍人", "砍死", "弄死", "打死", "杀了我", "打伤", "殴打", "打人", "打过人", "家暴", "家庭暴力", "自杀", "轻生",
      "跳楼", "上吊", "不想活", "自焚", "燃气泄漏", "煤气泄漏", "被砍", "行凶", "砍头", "杀了",
    ],
    patterns: ["[持拿]着?.{0,2}刀"],
    except: [
      "减轻生产", "跳楼价", "跳楼机", "得人想跳楼", "自杀式", "家暴征", "砍头息", "一哭二闹三上吊", "一棍子打死", "把狗打死", "把猪杀了",
    ],
    negators: TextIndex.defaultNegators, weakeners: TextIndex.defaultWeakeners)

  /// Any hit is yellow.
  private static let conflict = TextProbe(
    phrases: ["上访", "拉横幅", "堵路", "聚众", "集资", "打架", "爆炸", "着火", "起火", "倒塌", "坠落", "汽油", "集体", "离婚协议", "砍掉"],
    except: [
      "看着火车", "拥堵路", "上访人", "集资建", "筹集资", "入户门打架", "文件打架", "信息大爆炸", "定时炸弹", "堪比爆炸", "走向坠落",
      "汽油质量", "集体宿舍", "集体用地", "砍掉学生",
    ],
    negators: TextIndex.defaultNegators, weakeners: TextIndex.defaultWeakeners)

  private static let index = Result { try TextIndex(probes: [danger, conflict]) }

  private func level(of text: String) throws -> Level {
    let index = try Self.index.get()
    let hits = index.hits(in: [("text", text)], scratch: index.makeScratch())
    if hits.contains(where: { $0.probe == 0 && !$0.weak }) { return .red }
    return hits.isEmpty ? .green : .yellow
  }

  @Test(
    "No danger is seen where there is none",
    arguments: [
      "门店跳楼价大甩卖，喇叭从早放到晚", "商家说不想自杀式降价，拒绝退款", "双方有争吵，没有打人，要求物业道歉",
      "为了减轻生产成本冒险过桥", "我家暴征暴拆后一直没有安置", "看着火车站广场到处是水", "交警只在拥堵路段执勤",
      "跳楼机算不算特种设备", "贷款中介收取砍头息不退", "凌晨四点开始砍肉声直击耳膜", "学校突然砍掉学生上课时间",
      "这是个信息大爆炸的时代", "像每天生产一颗颗定时炸弹", "破路机噪声堪比爆炸", "不能一棍子打死所有培训机构",
      "非得要百姓一哭二闹三上吊才有人管吗", "内河恶臭熏得人想跳楼", "汽油质量太差，发动机故障灯亮",
      "派出所说要么把狗送走要么把狗打死", "屠宰场把猪杀了再运来", "巴士公司从此走向坠落", "我们不想拉横幅维权，只想正当途径解决",
      "我也不想上访让领导难做", "私设集体宿舍扰民", "侵占集体用地搭建厂房", "上访人：某某 日期：2015年9月12日",
      "房子是职工集资建成，没有产权", "要多方筹集资金发展文化产业", "我们的入户门和邻居的入户门打架", "12333从来没有打通过",
      "根本没有打算解决这件事", "高压线下建房不是闹着玩的", "妇女离婚或者丧偶，仍享有承包地", "为骗分房资格假离婚",
      "并不是不想离婚，是他不同意抚养费", "拆迁户１３８０００１２３４５要求补偿款５万元", "樓上漏水，物業不處理",
      "邻 居 天 天 吵 架", "確認頁(yè)面無(wú)法打開(kāi)", "三十几位受害人到场，未拉横幅、未喊口号、未阻碍交通",
    ])
  func green(text: String) throws {
    #expect(try level(of: text) == .green)
  }

  @Test(
    "What is only feared, or is over, is no present danger and does not vanish",
    arguments: [
      "如果发生燃气泄漏后果不堪设想", "护栏锈迹斑斑随时可能倒塌", "对方已经不再殴打我，但仍拖欠抚养费",
      "车库起火，庆幸火势不大，未造成人员伤亡", "附近采石场每天两次炸药爆炸，墙体开裂",
    ])
  func yellow(text: String) throws {
    #expect(try level(of: text) == .yellow)
  }

  @Test(
    "Danger is seen through denial of something else",
    arguments: [
      "房东扬言要弄死我们，有录音", "他手持刀具敲我家门要行凶，有视频", "业主说拿不到房就去跳楼，不是在威胁",
      "昨晚河边有煤气泄漏，管道被挖破", "保安殴打业主，人已住院", "搞得我都不想活了", "不是没有打过人，去年就打伤过我妻子",
    ])
  func red(text: String) throws {
    #expect(try level(of: text) == .red)
  }

  @Test("A topic that is denied twice is still the topic")
  func topic() throws {
    let probe = TextProbe(phrases: ["离婚"], negators: TextIndex.defaultNegators)
    let index = try TextIndex(probes: [probe])
    let hits = index.hits(in: [("text", "并不是不想离婚，是他不同意抚养费")], scratch: index.makeScratch())
    #expect(hits.map(\.start) == [5])
  }
}
