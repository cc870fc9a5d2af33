import Glibc

/// What a path leads through: all that can be replaced so that it leads elsewhere.
enum Places {
  /// The path itself, every folder above it, and where links on the way lead: each is to be watched from the folder in
  /// which it lies (`Watcher.watch(entry:)`).
  static func on(_ path: String) -> [String] {
    var places: [String] = []
    var rest = Array(absolute(path).split(separator: "/").map(String.init).reversed())
    var here: [String] = []
    var links = 0
    while let name = rest.popLast() {
      if name == "." { continue }
      if name == ".." {
        _ = here.popLast()
        continue
      }
      let place = "/" + (here + [name]).joined(separator: "/")
      places.append(place)
      // As many links as the kernel follows (path_resolution(7)).
      guard links < 40, let target = target(of: place) else {
        here.append(name)
        continue
      }
      links += 1
      if target.hasPrefix("/") { here = [] }
      rest += target.split(separator: "/").map(String.init).reversed()
    }
    return places
  }

  private static func absolute(_ path: String) -> String {
    if path.hasPrefix("/") { return path }
    guard let here = getcwd(nil, 0) else { return path }
    defer { free(here) }
    return String(cString: here) + "/" + path
  }

  /// Where a link leads; nil for what is none.
  static func target(of path: String) -> String? {
    var room = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = room.withUnsafeMutableBytes { bytes in
      bytes.withMemoryRebound(to: CChar.self) { readlink(path, $0.baseAddress!, $0.count) }
    }
    return count > 0 ? String(decoding: room[..<count], as: UTF8.self) : nil
  }
}
