/// Settings, places and words: the first part of the table of `Message.Schema`; then rows; then tests and names.
extension Message.Schema {
  static let settings: [(String, String, String)] = [
    ("file.rulebook", "规则语言的版本，写 1", "version of the rule language: 1"),
    ("file.name", "单位名称，出现在页面和报表上", "name of the centre, shown on pages and reports"),
    (
      "file.extends", "以另一个规则库为基础：它的目录，从本规则库算起",
      "the rulebook that this one is built on: its directory, seen from this one"
    ),
    ("file.timezone", "时区，中国大陆写 Asia/Shanghai", "time zone, such as Asia/Shanghai"),
    ("file.case_id", "案件编号的写法", "how cases are numbered"),
    (
      "file.levels", "级别，从轻到重；得分到 score 进入该档",
      "levels from mild to severe, each with the score at which its band begins"
    ),
    ("file.scales", "级别之外的分级，例如难易", "further scales beside the level, such as difficulty"),
    ("file.categories", "类别；得票相同时排在前面的优先", "categories; of equal votes the first wins"),
    ("file.fallback", "没有规则认得的案件归什么类别、交给谁", "category and lead of cases that no rule knows"),
    (
      "file.on_reload", "换规则时未办结案件的时限：keep 不变，forward 取较早者，recompute 重算",
      "what a change of rules does to the deadlines of open cases"
    ),
    ("file.calendar", "工作日历：作息、周休、节假日和调休", "the working calendar: hours, rest days, holidays, make-up days"),
    (
      "file.boilerplate", "热线套话，匹配前先从文字里去掉",
      "phrases of hotlines that are left out of every text before it is looked at"
    ),
    ("file.areas", "辖区，一层套一层", "areas, one inside the other"),
    ("file.departments", "单位；id 就是队列文件夹的名字", "departments; the id names the queue folder"),
    ("file.holidays", "各年的放假安排，每年一条", "holidays, an entry a year"),
    ("file.channels", "收件渠道，即 inbox 下的文件夹", "channels: the folders of the inbox"),
    ("file.return_reasons", "退回理由，退回时只能从中选", "reasons with which departments may return a case"),
    ("file.pause_reasons", "中止计时的理由", "reasons for which a clock may be paused"),
    ("file.divert_to", "可以转入的其他法定程序", "other procedures that cases can be diverted to"),
    ("file.fields", "自定义字段", "fields of your own"),
    ("file.lexicons", "词表：一组词和它们的例外", "lexicons: phrases with their exceptions"),
    (
      "file.classification", "归类规则：凡符合的都生效，各投一票",
      "classification: every rule that matches fires and votes once"
    ),
    (
      "file.routes", "谁牵头：符合几行时取 priority 高的，其次条件更具体的",
      "who leads: of several rows the higher priority wins, then the more specific"
    ),
    ("file.also", "协办与知会：凡符合的都加上", "helpers and watchers: every row that matches adds"),
    ("file.deadlines", "时限：每个环节单独选行", "deadlines: each stage chooses its row"),
    ("file.require", "办结前必须填写的内容", "what must be filled in before a step is taken"),
    ("file.reminders", "什么时候催办", "when departments are reminded"),
    ("file.escalation", "督办与提级：出了什么情况就做什么", "escalation: what happens by itself, and what is then done"),
    ("file.lists", "定期清单", "lists of cases, made again and again"),
    ("file.indicators", "考核指标", "indicators"),
    ("file.subsidy", "以案定补", "subsidies by case"),
    ("file.tests", "样例案件和期望的结果", "cases with what must come of them"),
    ("case_id.prefix", "案件编号前缀，1 到 12 个字母", "prefix of case ids, 1 to 12 letters"),
    ("*.id", "名称：英文、数字或中文，不含空格和 / 等符号", "its name: letters, digits or Chinese, no spaces"),
    (
      "department.id", "队列文件夹的名字；可用 {area.id} 为每个辖区生成",
      "name of the queue folder; {area.id} makes one for each area"
    ),
    ("*.title", "给人看的名称", "the name that people read"),
    (
      "*.when", "条件：这一组里的各项都要成立；不写就总是成立",
      "the condition: all of it must hold; without one the row always matches"
    ),
    (
      "rule.when", "条件：只能看文字、字段、辖区、渠道、标签，类别和级别此时还没定",
      "the condition: text, fields, area, channel, tags; category and level are decided later"
    ),
    ("*.priority", "优先级，默认 0，大的优先", "0 unless said; the higher wins"),
    ("level.score", "得分满几分进入这一档", "the score at which its band begins"),
    ("scale.values", "从轻到重的各档", "its values from mild to severe"),
    ("*.category", "类别", "category"),
    ("gives.category", "投票给哪个类别；{类别: 2} 投两票", "the category voted for; {CATEGORY: 2} gives two votes"),
    ("*.lead", "牵头单位", "the department that leads"),
    (
      "route.lead", "牵头单位；community@{area.community} 由案件所在辖区填",
      "the lead; community@{area.community} is filled by the area of the case"
    ),
    ("*.assist", "协办单位", "departments that help"),
    ("*.watch", "知会单位，只收通知", "departments that are told"),
    ("area.kind", "辖区类型，例如 street、community", "kind of area, such as street or community"),
    ("area.aliases", "别名，群众和各平台的叫法", "other names that people and platforms use"),
    ("area.under", "属于哪个辖区（写在别处时用）", "the area that it lies in, when written elsewhere"),
    ("area.areas", "下辖", "areas inside it"),
    ("department.for_each_area", "为每个这种辖区生成一个单位", "makes one department for each area of a kind"),
    ("department.escalates_to", "上一级：提级、裁决、审批找谁", "who is above: escalations, decisions, approvals"),
    ("department.calendar", "与全局不同的作息", "hours that differ from the rulebook's"),
    ("for_each_area.kind", "辖区类型", "kind of area"),
    ("*.under", "在这些辖区之内", "within these areas"),
    ("*.hours", "作息时间，例如 '08:30-12:00'", "working hours, such as '08:30-12:00'"),
    ("*.rest", "每周休息日：mon … sun", "weekly rest days: mon … sun"),
    ("calendar.years", "各年的放假和调休；没列出的年份视为未知", "holidays by year; a year not listed is unknown"),
    ("*.overlay", "本地另外的停办日和上班日", "local days off and on"),
    ("holidays.year", "年份", "the year"),
    ("*.off", "放假的日子，或“节名: 日子”", "days off, or NAME: days"),
    ("year.on", "调休上班的日子", "days worked in exchange"),
    ("holidays.on", "调休上班的日子", "days worked in exchange"),
    (
      "channel.clock", "时限从什么时候起算：taken 收下时，received_at 来件时",
      "what starts the citizen's deadlines: taken or received_at"
    ),
    ("procedure.tell", "转出时告诉群众的话", "what the citizen is told"),
    ("field.type", "类型：文字、数字、是否、日期、列表", "type: text, number, flag, date, list"),
    ("*.phrases", "词语", "phrases"),
    ("*.except", "例外：词落在这些说法里不算", "a hit inside one of these is no hit"),
    ("*.negated_by", "否定词：default、none 或自己的列表", "words that negate: default, none or a list"),
    ("*.weakened_by", "假设词：default、none 或自己的列表", "words that make a hit weak: default, none or a list"),
  ]
}
