/// Names of what desktops, office programs, editors and file servers leave in folders, unasked: nobody meant them as rules.
enum Leavings {
  private static let names: Set<String> = [
    "thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "icon\r", "__macosx", "$recycle.bin",
    "system volume information", "lost+found", "@eadir", "#recycle", "nohup.out",
  ]
  private static let endings = [
    ".bak", ".old", ".orig", ".rej", ".save", ".tmp", ".temp", ".swo", ".swn", ".lnk", ".url", ".part",
    ".crdownload", ".wbk", ".asd", ".ds_store", ".lock",
  ]
  private static let beginnings = ["~$", "._", ".~", "~wrl", "#"]

  static func isLeft(_ name: String) -> Bool {
    let name = name.lowercased()
    return names.contains(name) || endings.contains(where: name.hasSuffix)
      || beginnings.contains(where: name.hasPrefix)
  }
}
