/// What desktops, file servers, file systems and office programs put beside people's files, unasked, by names that nobody
/// gives to a file or a folder of his own.
///
/// None of it is a case, a file of one, a step of a clerk, or a rule.
public enum DesktopLeavings {
  /// - Parameter name: the bytes of a file's or folder's name, with ASCII capitals made small.
  public static func contains(_ name: [UInt8]) -> Bool {
    // Of the names of a look nearly none begins like these.
    guard let first = name.first, firsts.contains(first) else { return false }
    return names.contains(name) || beginnings.contains { name.count > $0.count && name.starts(with: $0) }
  }

  /// Whether whatever lies in the folder is its server's own too: pictures and indexes made of people's files.
  public static func isFilledByServer(_ name: [UInt8]) -> Bool { name == synology }

  private static let names = Set(
    [
      // macOS.
      ".ds_store", ".localized", ".apdisk", ".appledouble", ".spotlight-v100", ".trashes", ".fseventsd",
      ".temporaryitems", "__macosx", "icon\r",
      // Windows.
      "thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "$recycle.bin",
      "system volume information",
      // Linux.
      ".directory", ".hidden", ".thumbnails", "lost+found",
      // Synology and QNAP.
      "#recycle",
    ].map { Array($0.utf8) } + [synology])
  private static let synology = Array("@eadir".utf8)
  /// `._x` is what macOS keeps beside `x`, `~$x` and `.~lock.x#` are the locks of office programs, `.#x` that of Emacs.
  private static let beginnings = ["._", "~$", ".~lock.", ".#"].map { Array($0.utf8) }
  private static let firsts = Set((names + beginnings).compactMap(\.first))
}
