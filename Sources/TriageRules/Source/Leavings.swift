/// Names of what desktops, office programs, editors and file servers leave in folders, unasked: nobody meant them as rules.
///
/// A name that somebody may have given is none: rule files (`*.yaml`) and folders count as such unless no person names
/// them so.
enum Leavings {
  private static let folders: Set<String> = [
    "__macosx", "$recycle.bin", "system volume information", "lost+found", "@eadir", "#recycle",
  ]
  private static let files: Set<String> = [
    "thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "icon\r", "nohup.out",
  ]
  private static let endings = [
    ".bak", ".old", ".orig", ".rej", ".save", ".tmp", ".temp", ".swo", ".swn", ".lnk", ".url", ".part",
    ".crdownload", ".wbk", ".asd", ".ds_store", ".lock",
  ]
  private static let beginnings = ["~$", "._", ".~", "~wrl"]

  static func isLeft(_ name: String, isFolder: Bool) -> Bool {
    let name = name.lowercased()
    if isFolder { return folders.contains(name) }
    if name.hasSuffix(".yaml") { return name.hasPrefix("~$") }
    return files.contains(name) || endings.contains(where: name.hasSuffix)
      || beginnings.contains(where: name.hasPrefix)
      || name.count > 2 && name.hasPrefix("#") && name.hasSuffix("#")
  }
}
