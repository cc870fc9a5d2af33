import Glibc
import Synchronization

/// inotify on the folders that people and systems write into. It only says "look now" (promise 10): lost events,
/// overflow and shares without events cost no more than the time until the next scan.
///
/// Whoever is about to look into a folder watches it first, each time: nothing that happens between the look and the
/// watch is then missed, and a folder that has taken another's path is watched in its place. It costs one system call.
/// That call may hang on a share whose server does not answer, so it is made by the thread that looks.
final class Watcher: Sendable {
  let descriptor: Int32

  /// What one inode is watched for; several paths may lead to it. An object, so that an event changes it where it is.
  private final class Watch: @unchecked Sendable {
    // Sendable: used under the lock of `state` alone.
    /// Paths by which it is watched as a whole.
    var folders: Set<String> = []
    /// Paths of which only some entries count, those entries, and the paths told for them.
    var entries: [String: [EntryName: String]] = [:]
    /// What happened to its files, where that is wanted.
    var passages: [EntryName: Passage]?
    /// Events were lost: of files that nothing is known of nobody knows how they came.
    var isCutShort = false
    var isIdle: Bool { folders.isEmpty && entries.isEmpty }
  }
  private struct State {
    var watches: [Int32: Watch] = [:]
    var descriptors: [String: Int32] = [:]
    var failure: Int32?
    /// Of the rename by which this process is giving a file of its own its name.
    var ownRename: UInt32?

    /// The watch of a descriptor; a new one where there is none.
    mutating func watch(_ descriptor: Int32) -> Watch {
      if let watch = watches[descriptor] { return watch }
      let watch = Watch()
      watches[descriptor] = watch
      return watch
    }
  }
  private let state = Mutex(State())

  /// - Parameter isOn: false where nobody waits for events: nothing is watched then.
  init(isOn: Bool = true) {
    descriptor = isOn ? inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC)) : -1
    if isOn, descriptor < 0 {
      let code = errno
      state.withLock { $0.failure = code }
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  // MARK: Watching

  /// Watches the folder from now on. A folder that cannot be watched is left to the scan.
  /// - Parameters:
  ///   - path: where its bytes are no UTF-8.
  ///   - remembering: whether it is asked later what happened to its files.
  func watch(_ folder: String, at path: EntryName? = nil, remembering: Bool = true) {
    // Where nobody asks for it, each write into an open file would be an event for nothing.
    let mask = remembering ? Self.whole | UInt32(IN_MODIFY) : Self.whole
    guard let descriptor = add(folder, at: path, mask) else { return }
    state.withLock { state in
      let watch = state.watch(descriptor)
      watch.folders.insert(folder)
      if remembering, watch.passages == nil { watch.passages = [:] }
    }
  }

  /// Watches for what takes or leaves this place, from the folder that it lies in.
  func watch(entry path: String) {
    guard let slash = path.lastIndex(of: "/") else { return }
    let parent = slash == path.startIndex ? "/" : String(path[..<slash])
    guard let descriptor = add(parent, Self.names) else { return }
    let name = EntryName(String(path[path.index(after: slash)...]))
    state.withLock { $0.watch(descriptor).entries[parent, default: [:]][name] = path }
  }

  /// Watches these, and what lies below them, no longer.
  func forget(_ path: String) {
    state.withLock { state in
      for (known, watch) in state.descriptors where known == path || known.hasPrefix(path + "/") {
        drop(known, from: watch, &state)
      }
    }
  }

  /// The first reason why a folder could not be watched (errno(3)); told once.
  func takeFailure() -> Int32? {
    state.withLock { state in
      defer { state.failure = nil }
      return state.failure
    }
  }

  /// What happened to a file in a folder that is watched.
  func passage(of name: EntryName, in folder: String) -> Passage? {
    state.withLock { state in
      guard let watch = state.descriptors[folder].flatMap({ state.watches[$0] }) else { return nil }
      return watch.passages?[name] ?? (watch.isCutShort ? .lost : nil)
    }
  }

  // IN_CREATE: link(2) raises neither IN_CLOSE_WRITE nor IN_MOVED_TO. IN_ATTRIB: a mode, or a number of links.
  private static let whole = names | UInt32(IN_CLOSE_WRITE | IN_ATTRIB)
  private static let names = UInt32(
    IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_MOVE_SELF | IN_ONLYDIR | IN_MASK_ADD)

  private func add(_ path: String, at bytes: EntryName? = nil, _ mask: UInt32) -> Int32? {
    guard descriptor >= 0 else { return nil }
    let watch = (bytes ?? EntryName(path)).withPath { inotify_add_watch(descriptor, $0, mask) }
    let code = errno
    return state.withLock { state in
      // A folder that is not there, or may not be read, is the business of whoever looks into it.
      if watch < 0, [ENOSPC, ENOMEM, EMFILE, ENFILE].contains(code) { state.failure = state.failure ?? code }
      if let old = state.descriptors[path], old != watch { drop(path, from: old, &state) }
      guard watch >= 0 else { return nil }
      state.descriptors[path] = watch
      return watch
    }
  }

  private func drop(_ path: String, from watch: Int32, _ state: inout State) {
    state.descriptors[path] = nil
    guard let known = state.watches[watch] else { return }
    known.folders.remove(path)
    known.entries[path] = nil
    if known.isIdle {
      state.watches[watch] = nil
      inotify_rm_watch(descriptor, watch)
    }
  }

  // MARK: Events

  /// What happened since the last call.
  struct Touched: Sendable {
    /// Folders, and entries that are watched for, in or with which something happened that may call for a look; nil
    /// when events were lost and all must be looked at.
    var paths: Set<String>? = []
    /// Nothing but writing into files that are still open.
    var isWritingOnly: Bool { paths?.isEmpty ?? false }
  }

  func drain() -> Touched {
    var touched = Touched()
    guard descriptor >= 0 else { return touched }
    // Not zeroed: the daemon comes here at each turn.
    withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 8) { buffer in
      while true {
        let count = read(descriptor, buffer.baseAddress, buffer.count)
        guard count > 0 else { return }
        state.withLock {
          take(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count]), &$0, &touched)
        }
      }
    }
    return touched
  }

  private func take(_ bytes: UnsafeRawBufferPointer, _ state: inout State, _ touched: inout Touched) {
    let head = MemoryLayout<inotify_event>.size
    var offset = 0
    while offset + head <= bytes.count {
      let event = bytes.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
      let room = bytes[(offset + head)..<min(offset + head + Int(event.len), bytes.count)]
      offset += head + Int(event.len)
      if event.mask & UInt32(IN_Q_OVERFLOW) != 0 {
        touched.paths = nil
        for watch in state.watches.values where watch.passages != nil {
          watch.passages = [:]
          watch.isCutShort = true
        }
      } else {
        note(event, EntryName(bytes: Array(room.prefix { $0 != 0 })), &state, &touched)
      }
    }
  }

  private func note(
    _ event: inotify_event, _ name: EntryName, _ state: inout State, _ touched: inout Touched
  ) {
    guard let watch = state.watches[event.wd] else { return }
    if event.mask & UInt32(IN_IGNORED | IN_MOVE_SELF) != 0 {
      // The folder is gone, or lies elsewhere: whoever looks for it by its path watches what is there.
      touched.paths?.formUnion(watch.folders)
      for entries in watch.entries.values { touched.paths?.formUnion(entries.values) }
      for path in watch.folders.union(watch.entries.keys) { drop(path, from: event.wd, &state) }
      return
    }
    if isOwn(event, name, &state) {
      watch.passages?[name] = nil
      return
    }
    if !name.bytes.isEmpty, watch.passages != nil {
      if let passage = Passage(ofEvent: event.mask) {
        watch.passages?[name] = passage
      } else if event.mask & UInt32(IN_MOVED_FROM | IN_DELETE) != 0 {
        watch.passages?[name] = nil
      }
    }
    if event.mask & UInt32(IN_MODIFY) != 0 { return }
    touched.paths?.formUnion(watch.folders)
    for entries in watch.entries.values {
      if let path = entries[name] { touched.paths?.insert(path) }
    }
  }

  /// Whether this process wrote a file of its own, or gave it its name: that calls for no look, or each delivery would
  /// have the whole queue looked through. A rename tells of both names, with one number (inotify(7), `cookie`).
  private func isOwn(_ event: inotify_event, _ name: EntryName, _ state: inout State) -> Bool {
    if event.mask & UInt32(IN_MOVED_TO) != 0, event.cookie == state.ownRename { return true }
    guard TemporaryName.isMine(name) else { return false }
    if event.mask & UInt32(IN_MOVED_FROM) != 0 { state.ownRename = event.cookie }
    return true
  }
}

extension Passage {
  /// Nil for an event that tells nothing of the file's content.
  fileprivate init?(ofEvent mask: UInt32) {
    switch mask & UInt32(IN_MOVED_TO | IN_CREATE | IN_MODIFY | IN_CLOSE_WRITE) {
    case UInt32(IN_MOVED_TO): self = .movedIn
    case UInt32(IN_CREATE): self = .made
    case UInt32(IN_MODIFY): self = .open
    case UInt32(IN_CLOSE_WRITE): self = .closed
    default: return nil
    }
  }
}
