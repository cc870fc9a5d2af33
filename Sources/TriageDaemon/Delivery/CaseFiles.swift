import CLinux
import Glibc
public import TriageCore
public import TriageLedger

/// A file of a case under the name that people see.
public struct CaseFile: Sendable, Equatable {
  /// Safe on every system, and no other file's of the case.
  public let name: String
  let sha256: String
  let content: FileContent
}

/// The files that came with a case or were put beside an answer, named.
///
/// Files are not recorded under the names that they get here: these follow from the names and contents that were
/// recorded, in their order, so that every department and every restart finds the same.
public enum CaseFiles {
  /// All files of the case, in the order in which they came.
  public static func of(_ id: CaseID, in ledger: LedgerReader) throws(LedgerError) -> [CaseFile] {
    named(try ledger.materials(of: [id])[id] ?? [], in: ledger)
  }

  static func named(_ materials: [CaseMaterial], in ledger: LedgerReader) -> [CaseFile] {
    let contents = materials.map { material -> FileContent in
      switch material.place {
      case .file: .copy(of: ledger.path(of: material), size: material.size)
      case .ledger: .kept(KeptOriginal(material.sha256, size: material.size, in: ledger))
      }
    }
    let names = AttachmentNames.names(
      of: zip(materials, contents).map { material, content in
        .init(name: material.name, sha256: material.sha256, head: { head(of: content) })
      })
    return zip(names, zip(materials, contents)).compactMap { name, file in
      name.map { CaseFile(name: $0.shown, sha256: file.0.sha256, content: file.1) }
    }
  }

  private static func head(of content: FileContent) -> [UInt8] {
    switch content {
    case .bytes(let bytes): return Array(bytes.prefix(FileKind.headBytes))
    case .copy(let path, _):
      let file = clinux_openat(AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0)
      guard file >= 0 else { return [] }
      defer { close(file) }
      return (try? OpenFolder.read(file, atMost: FileKind.headBytes)) ?? []
    case .kept(let original): return Array(((try? original.bytes()) ?? []).prefix(FileKind.headBytes))
    }
  }

  /// What of the files a department is given: all but those that it handed in itself.
  static func given(to department: DepartmentID, _ files: [CaseFile], of state: CaseState) -> [CaseFile] {
    let own = Set(state.attachments.lazy.filter { $0.by == department }.map(\.sha256))
    return own.isEmpty ? files : files.filter { !own.contains($0.sha256) }
  }
}

/// Writes the files of a case into a folder, for `triaged show --extract`.
public struct CaseExtraction {
  /// Why a file was not written.
  public struct Failure: Error, Sendable, Equatable {
    public let path: String
    public let fault: SystemFault
  }

  private let folder: OpenFolder
  private let path: String

  /// Makes the folder where there is none; the one above it must be there.
  public init(into path: String) throws(Failure) {
    self.path = path
    if mkdir(path, 0o750) != 0, errno != EEXIST {
      throw Failure(path: path, fault: SystemFault(errno))
    }
    do throws(FileFailure) { folder = try OpenFolder(path: path) } catch {
      throw Failure(path: path, fault: SystemFault(error.code))
    }
  }

  /// Writes one file; one of that name that holds something else stays, and the new one gets a number.
  /// - Returns: the path.
  public func write(_ file: CaseFile) throws(Failure) -> String {
    do throws(FileFailure) {
      for number in QueuePublisher.names {
        let wanted = EntryName(file.name)
        let name = number == 1 ? wanted : wanted.numbered(number)
        if try folder.stamp(of: name) == nil {
          let temporary = TemporaryName.next()
          try folder.write(file.content, as: temporary, mode: 0o640, durable: true)
          try folder.move(temporary, to: folder, as: name)
          try folder.sync()
          return "\(path)/\(name.shown)"
        }
        if try folder.holds(file.content, as: name) { return "\(path)/\(name.shown)" }
      }
      throw FileFailure(call: "renameat2", code: EEXIST)
    } catch {
      throw Failure(path: "\(path)/\(file.name)", fault: SystemFault(error.code))
    }
  }
}

extension CaseFile {
  /// The case as it came, called `original` with the ending that fits, and as it came again, `original-2` and so on;
  /// without files that it shared with other cases, and such as are gone.
  public static func originals(of id: CaseID, in ledger: LedgerReader) throws(LedgerError) -> [CaseFile] {
    var files: [CaseFile] = []
    for sha256 in try ledger.ownOriginals(of: id) {
      // One that is gone must not keep the rest back.
      guard let bytes = try? ledger.original(sha256) else { continue }
      let ending = FileKind.ending(of: Array(bytes.prefix(FileKind.headBytes))) ?? "txt"
      let name = files.isEmpty ? "original.\(ending)" : "original-\(files.count + 1).\(ending)"
      files.append(CaseFile(name: name, sha256: sha256, content: .bytes(bytes)))
    }
    return files
  }
}
