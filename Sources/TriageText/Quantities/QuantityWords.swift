/// What may follow a number: words that make it a count of people or a sum of money, and longer ones that do not.
///
/// Where several words begin at one place the longest decides: 人 counts people and 人次, 人行道 do not.
struct QuantityWords: Sendable {
  enum Role: Sendable {
    /// Counts people: 人, 名, 位, 户.
    case people
    /// 个 and the like: people only before a noun that says so.
    case counter
    /// A kind of people: 业主, 工人.
    case noun
    /// Between a counter and its noun: 外地, 受害.
    case adjective
    case money
    /// 块: money, or a piece of something.
    case piece
    /// What a bare 12万 is said to be afterwards: 工资, 货款.
    case moneyNoun
    /// What counts something else after 万: 斤, 平方米.
    case measure
    /// Begins like one of the others and is none.
    case plain
  }

  static let shared = QuantityWords()

  private let words: LiteralAutomaton
  private let roles: [Role]

  private init() {
    let buffer = FoldedText()
    var roles: [[UInt32]: Role] = [:]
    for (list, role) in Self.lists {
      for word in list.split(whereSeparator: \.isWhitespace) {
        roles[TextFolding.scalars(String(word), using: buffer)] = role
      }
    }
    let sorted = roles.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    words = LiteralAutomaton(sorted.map(\.key))
    self.roles = sorted.map(\.value)
  }

  /// The longest word that begins there.
  func word(at place: Int, in text: FoldedText.View) -> (role: Role, length: Int)? {
    words.longest(in: text, from: place, limit: min(text.count, place + 8))
      .map { (roles[$0.literal], $0.length) }
  }

  private static let lists: [(String, Role)] = [
    ("人 名 位 户 口人 人行为 人行动 人行至 人行贿 人行凶 人行走 人工作 人员", .people),
    (
      """
      人次 人民 人民币 人行 人制 人份 人间 人桌 人座 人床 人世界 人转 人迷 人空巷 人品 人工 人体 人类 人造 人大代 人均 人称 人字 人防 人情
      人为 人格 人权 人生 人事 人力 人才 人群 人流 人际 人命关 人中 人成虎 人一面 人计划 人寿 人参 人行道
      名牌 名称 名字 名单 名额 名义 名誉 名气 名片 名目 名录 名册 名次 名贵 名声 名著 名人 名校 名胜
      位数 位置 位移 位子 位于 位一体 位次 位元 位号 位码
      户型 户口 户外 户籍 户名 户头 户内 户枢 户均 户室
      元旦 元宵 元素 元件 元老 元气 元首 元帅 元朝 元代 元器件 元机 元户 元店 元超市
      个人信息 个人账户 个人账号 个人资料 个人隐私 个人所得 个人名义 个人征信 个人原因 个人中心
      """, .plain
    ),
    ("个", .counter),
    (
      """
      业主 居民 住户 群众 村民 工人 农民 农民工 民工 劳工 员工 职工 职员 工友 家长 学生 学员 消费者 会员 商户 租户 租客 房客 住客
      老人 老年人 老头 老太 小孩 孩子 儿童 幼儿 婴儿 男子 女子 男人 女人 妇女 男的 女的 青年 年轻人 少年 小伙 小伙子 老师 教师 同学
      司机 保安 同事 同伙 受害者 受害人 伤者 死者 投资人 投资者 客户 顾客 乘客 游客 旅客 患者 病人 储户 农户 用户 大人 成年人 未成年人
      亲属 家属 亲戚 邻居 城管 民警 警察 医生 护士 兄弟 姐妹 儿子 女儿 债权人 代表 市民 百姓 老百姓 社员 队员 党员 干部 陌生人 外地人
      购房者 购房人 被拆迁户 拆迁户 经营户 个体户 贫困户 摊贩 商贩 骑手 快递员 环卫工 施工人员 工作人员
      """, .noun
    ),
    ("外地 本地 本村 男 女 受害 老年 中年 年轻 讨薪 被欠薪 被拖欠 下岗 退休 在职 一线 建筑 我们 普通 无辜 的", .adjective),
    ("元 块钱 元钱 圆整 元整 圆人民币 圆", .money),
    ("块", .piece),
    (
      """
      工资 薪水 薪资 工钱 劳务费 货款 工程款 借款 贷款 欠款 押金 定金 订金 首付 首付款 赔偿 赔偿款 补偿 补偿款 现金 存款 彩礼 本金 利息
      罚款 保证金 转让费 费用 材料款 房款 购房款 尾款 医药费 医疗费 违约金 预付款 学费 租金 房租 维修基金
      """, .moneyNoun
    ),
    (
      """
      斤 公斤 千克 吨 平 平方 平米 亩 公顷 米 公里 里 立方 千瓦 瓦 伏 只 头 株 棵 台 辆 套 次 条 本 册 张 步 字 年 月 日 天 小时 分钟
      度 群 片 件 份 家 岁 倍 号 楼 栋 幢 单元 届 种 类 项 美元 美金 欧元 港元 港币 日元 英镑 韩元 澳元
      圆形 圆圈 圆桌 圆满 圆柱 圆心 圆球 圆规 圆通 圆弧 圆孔 圆盘
      """, .measure
    ),
  ]
}
