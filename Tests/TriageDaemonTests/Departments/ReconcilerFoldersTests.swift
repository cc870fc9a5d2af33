import Glibc
import Testing
import TriageCore

@testable import TriageDaemon

@Suite("A look into a queue finds what lies in folders, and what lies there besides")
struct ReconcilerFoldersTests: Reconciling {
  let root = Root()
  let scan = QueueScan()

  @Test("What lies one folder too deep is taken out, with the papers beside it; it is not missing")
  func nests() throws {
    _ = try root.queue()
    for folder in ["done/我的办结", "accepted（办理中）", "accepted/new"] { makeFolder(folder) }
    root.write(file(), "done/我的办结/随便.yaml")
    root.write("x", "done/我的办结/ZZ20261012-0001 现场.jpg")
    root.write(file(), "accepted/ZZ20261012-0001.yaml")
    root.write(file("ZZ20261012-0002"), "accepted（办理中）/ZZ20261012-0002.yaml")
    root.write(file("ZZ20261012-0003"), "accepted/new/ZZ20261012-0003.yaml")
    let rows = [row(.accepted), row(.accepted, "ZZ20261012-0002"), row(.new, "ZZ20261012-0003")]
    #expect(
      said(try plan(rows)) == [
        "lift done/我的办结/随便.yaml to done", "lift done/我的办结/ZZ20261012-0001 现场.jpg to done",
        "lift accepted（办理中）/ZZ20261012-0002.yaml to accepted",
        "lift accepted/new/ZZ20261012-0003.yaml to accepted",
      ])
    // While it is still being copied there nothing is said.
    #expect(try plan(rows, now: present).isEmpty)
    // A clerk's own keeping, no further than the item itself, is left alone.
    makeFolder("accepted/备份")
    root.write(file("ZZ20261012-0004"), "accepted/备份/ZZ20261012-0004.yaml")
    root.write(file("ZZ20261012-0004"), "accepted/ZZ20261012-0004.yaml")
    let all = said(try plan(rows + [row(.accepted, "ZZ20261012-0004")]))
    #expect(all.count == 4 && !all.contains { $0.contains("0004") }, "\(all)")
  }

  @Test("A folder among the requests: requests in it are taken out, of another its clerk is told")
  func requestFolders() throws {
    _ = try root.queue()
    for folder in ["请求", "ZZ20261012-0001 延期", "空"] { makeFolder("requests/\(folder)") }
    root.write("x", "requests/请求/ZZ20261012-0001 备注.txt")
    root.write("x", "requests/ZZ20261012-0001 延期/说明.txt")
    root.write("x", "requests/ZZ20261012-0001 延期.problem.txt")
    #expect(
      said(try plan([])).sorted() == [
        "folder requests/ZZ20261012-0001 延期", "lift requests/请求/ZZ20261012-0001 备注.txt to requests",
      ])
  }

  @Test("A folder that cannot be looked into is told of, and what is not seen is not missing")
  func shutFolder() throws {
    _ = try root.queue()
    root.move("returned", "returned_old")
    root.write("", "returned")
    root.write(file(), "accepted/ZZ20261012-0001.yaml")
    #expect(
      said(try plan([row(.new), row(.accepted, "ZZ20261012-0002")])) == [
        "shut returned", "accepted accepted/ZZ20261012-0001.yaml",
      ])
  }

  @Test("Temporary names, companions and folders are no items; other files are left alone and told once")
  func otherFiles() throws {
    _ = try root.queue()
    for name in [
      ".~lock.ZZ20261012-0001.yaml#", "~$ZZ20261012-0001.yaml", "ZZ20261012-0001.yaml.tmp",
      "ZZ20261012-0001.yaml~",
    ] {
      root.write(file(), "accepted/\(name)")
    }
    root.write("x", "new/ZZ20261012-0001.notice-20261012.txt")
    root.write("x", "accepted/ZZ20261012-0001 现场照片.jpg")
    mkdir("\(root.layout.path(of: .accepted, "urban"))/新建文件夹", 0o755)
    symlink("/etc/hostname", "\(root.layout.path(of: .accepted, "urban"))/ZZ20261012-0001.yaml")
    root.write(file(), "new/ZZ20261012-0001.yaml")
    let findings = try plan([row(.new)])
    // A photograph of the case is no stranger.
    #expect(said(findings) == ["unknown accepted/ZZ20261012-0001.yaml"])
    for case .unknown(let entry) in findings { scan.leave(entry) }
    #expect(try plan([row(.new)]).isEmpty)
  }

  @Test("A strange file is told of when it is whole, once")
  func strangeOnce() throws {
    _ = try root.queue()
    root.write("x", "accepted/照片.jpg")
    #expect(try plan([], now: present).isEmpty)
    #expect(said(try plan([])) == ["unknown accepted/照片.jpg"])
  }
}
