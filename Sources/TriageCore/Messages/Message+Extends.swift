/// What findings say of a rulebook that is built on another: `extends`, `override`, `remove`.
extension Message.Rules {
  public static func extendsLoop(_ path: String) -> Message {
    Message(
      zh: "extends 指向的“\(path)”又绕回到已经读过的规则库，形成循环",
      en: "'\(path)' leads back to a rulebook that extends this one")
  }
  public static func extendsNested(_ path: String) -> Message {
    Message(
      zh: "“\(path)”和本规则库一个套在另一个里面，文件会被读两遍",
      en: "of '\(path)' and this rulebook one lies inside the other: files would be read twice")
  }
  public static let extendsHint = Message(
    zh: "把两个规则库的文件夹并排放，写作 extends: ../文件夹名",
    en: "put the two folders side by side and write extends: ../FOLDER")
  public static func extendsTooLong(limit: Int) -> Message {
    Message(
      zh: "extends 一层接一层，超过 \(limit) 层的上限", en: "more than \(limit) rulebooks extend each other in a chain")
  }
  public static func duplicateInBase(_ id: String, _ there: SourcePlace) -> Message {
    Message(
      zh: "“\(id)”在所继承的规则库里已经有了：\(at(there))",
      en: "the rulebook that this one extends has '\(id)' already, at \(at(there))")
  }
  public static func overrideHint(_ key: String, _ id: String) -> Message {
    Message(
      zh: "要整条替换，加上 override: true；要去掉它，写 {\(key): \(id), remove: true}；若是另一条，换个名字",
      en:
        "to replace the whole entry add override: true; to drop it write {\(key): \(id), remove: true}; else give this one another name"
    )
  }
  public static func nothingToOverride(_ id: String, hasBase: Bool) -> Message {
    hasBase
      ? Message(
        zh: "所继承的规则库里没有“\(id)”，没有可替换或去掉的",
        en: "the rulebook that this one extends has no '\(id)' to replace or drop")
      : Message(
        zh: "本规则库没有继承别的规则库，“\(id)”没有可替换或去掉的",
        en: "this rulebook extends no other, there is no '\(id)' to replace or drop")
  }
  public static let noBaseHint = Message(
    zh: "去掉 override 或 remove；或在 rulebook.yaml 里写 extends: ../上级规则库的文件夹",
    en: "leave out override or remove, or write extends: ../FOLDER in rulebook.yaml")
  public static let overrideAndRemove = Message(
    zh: "override 和 remove 只能写一个", en: "an entry cannot both replace and drop another")
  public static func areaInItself(_ id: String) -> Message {
    Message(zh: "区域“\(id)”绕了一圈又在自己下面", en: "the area '\(id)' would lie inside itself")
  }
}
