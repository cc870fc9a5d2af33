import TriageCore
import TriageText

/// The words by which clerks call fields and values, in English and Chinese. Compared folded (`TextFolding`): width,
/// case, Traditional forms and spaces do not count.
enum FormWords {
  enum Field: String, CaseIterable {
    case result, summary, measure, agreement
    case agreementDate = "agreement_date"
    case instalments, performed, satisfied
    case residualRisk = "residual_risk"
    case returnReason = "return_reason"
    case decision
    case assignTo = "assign_to"
    case reason

    /// Several lines are taken until the next key.
    var isFree: Bool {
      switch self {
      case .summary, .measure, .reason, .instalments: true
      default: false
      }
    }
  }

  static let fields: [String: Field] = table([
    .result: ["办理结果", "化解结果", "处理结果", "调解结果", "结果", "化解是否成功", "是否化解"],
    .summary: [
      "办理情况", "处理情况", "化解情况", "回访情况", "协办情况", "办理过程", "办理说明", "情况", "情况说明", "答复", "答复意见", "摘要", "小结",
    ],
    .measure: ["采取的措施", "采取措施", "措施", "化解方式", "处理措施", "办理措施", "measures"],
    .agreement: ["协议形式", "协议", "协议类型", "是否签订协议", "调解协议"],
    .agreementDate: ["协议日期", "协议签订日期", "签订日期", "签订时间", "协议时间"],
    .instalments: ["分期履行", "分期", "分期付款", "履行计划", "还款计划", "installments"],
    .performed: ["履行情况", "是否履行", "履行", "协议履行"],
    .satisfied: ["是否满意", "满意度", "满意情况", "满意", "评价", "satisfaction"],
    .residualRisk: ["遗留风险", "是否有遗留风险", "有无风险", "是否有风险", "风险", "风险隐患"],
    .returnReason: ["退回理由", "退回原因", "退单理由", "退单原因", "退件原因", "退件理由"],
    .decision: ["审批意见", "审批结果", "审批", "决定", "意见", "是否同意"],
    .assignTo: ["派给", "派往", "改派", "改派给", "改派单位", "承办单位", "主办单位", "办理单位", "指派", "指定单位", "裁定单位"],
    .reason: ["理由", "原因", "说明", "补充说明", "理由或补充说明", "备注"],
  ])

  static let results: [String: Reply.Result] = table([
    .settled: ["已化解", "化解", "化解成功", "调解成功", "成功", "已解决", "解决", "已办结", "办结", "已和解", "和解", "是", "yes", "done"],
    .failed: ["未化解", "化解失败", "调解失败", "调解不成", "失败", "未成功", "不成功", "未解决", "未办结", "否", "no"],
    .partial: ["部分", "部分化解", "部分解决", "部分成功", "partly"],
  ])
  static let agreements: [String: Reply.Agreement] = table([
    .written: ["书面", "书面协议", "已签书面协议", "签订书面协议"],
    .oral: ["口头", "口头协议", "verbal"],
    .none: ["无", "没有", "未签", "未签订", "无协议", "否", "no"],
  ])
  static let performances: [String: Reply.Performed] = table([
    .yes: ["已履行", "履行", "全部履行", "履行完毕", "是", "已", "y", "performed"],
    .partly: ["部分履行", "部分", "正在履行", "履行中", "partial", "partially"],
    .no: ["未履行", "没有履行", "不履行", "拒不履行", "否", "未", "n"],
  ])
  static let satisfactions: [String: Reply.Satisfied] = table([
    .yes: ["满意", "非常满意", "很满意", "是", "y", "satisfied"],
    .basically: ["基本满意", "比较满意", "较满意", "一般"],
    .no: ["不满意", "很不满意", "否", "n", "不", "not satisfied"],
    .unreachable: ["联系不上", "无法联系", "未联系上", "无人接听", "未接通", "打不通", "not reached"],
  ])
  static let verdicts: [String: Reply.Verdict] = table([
    .grant: ["同意", "批准", "准予", "通过", "是", "yes", "y", "granted", "approve", "approved", "ok"],
    .refuse: ["不同意", "不批准", "不予批准", "驳回", "不通过", "否", "no", "n", "refused", "deny", "denied", "reject"],
  ])
  static let flags: [String: Bool] = [
    "是": true, "有": true, "存在": true, "yes": true, "y": true, "true": true, "1": true,
    "否": false, "无": false, "没有": false, "不存在": false, "no": false, "n": false, "false": false, "0": false,
  ]

  static let verbs: [String: Request.Verb] = table([
    .contact: ["联系", "首次联系", "已联系"], .note: ["备注", "记录"], .resume: ["恢复"], .whistle: ["吹哨"],
    .report: ["报告", "首次报告"], .complete: ["完成"], .divert: ["分流", "另循途径"], .extend: ["延期"],
    .pause: ["暂停", "中止"], .lower: ["降级"], .withdraw: ["撤回"], .assign: ["改派"], .correct: ["更正"],
    .raise: ["提级", "升级"], .merge: ["并案", "合并"],
  ])

  enum RequestKey: String, CaseIterable {
    case reason, department
    case by
    case pauseReason = "pause_reason"
    case level, into, stage, procedure, told
  }
  static let requestKeys: [String: RequestKey] = table([
    .reason: ["理由", "说明", "备注", "内容", "情况", "申请理由", "延期理由", "延期原因", "text", "note"],
    .department: ["部门", "单位", "吹哨部门", "吹哨单位", "改派给", "派给", "改派单位", "承办单位", "协办单位", "assign_to", "to"],
    .by: [
      "延长", "延期", "天数", "时长", "延期时长", "延期天数", "延长天数", "延长时间", "工作日数", "延期工作日", "小时数", "extend_by", "extend",
    ],
    .pauseReason: ["原因", "暂停原因", "中止原因", "暂停事由"],
    .level: ["级别", "等级", "调整为", "to_level"],
    .stage: ["环节", "完成环节", "步骤"], .procedure: ["途径", "程序", "分流途径", "分流到", "转往", "divert_to"],
    .told: ["告知", "告知情况", "告知内容"],
    .into: ["并入", "并入案件", "合并到", "主案", "并案", "案件编号", "into_case"],
  ])
  /// What a `correct` request may call the built-in fields.
  static let corrections: [String: String] = [
    "类别": "category", "案件类别": "category", "事件类别": "category", "分类": "category",
    "区域": "area", "社区": "area", "所属社区": "area", "所属区域": "area", "村社": "area", "网格": "area",
    "地址": "address", "地点": "address", "发生地点": "address", "事发地点": "address",
    "人数": "people_count", "涉及人数": "people_count", "金额": "amount", "涉及金额": "amount", "标题": "title",
    "内容": "text", "诉求内容": "text",
  ]

  /// What the usual reasons for a pause are called, by their id; folded.
  static let pauseReasons: [String: [String]] = [
    "appraisal": ["鉴定", "评估"], "hearing": ["听证"], "court": ["司法", "诉讼", "法院"], "judicial": ["司法", "诉讼"],
  ]

  static func fold(_ text: String) -> String { TextFolding.fold(text) }

  /// Every spelling, folded, and the value's own English name.
  private static func table<Value: RawRepresentable & Hashable>(
    _ words: [Value: [String]]
  ) -> [String: Value] where Value.RawValue == String {
    var table: [String: Value] = [:]
    for (value, spellings) in words {
      for spelling in spellings + [value.rawValue] { table[fold(spelling)] = value }
    }
    return table
  }
}
