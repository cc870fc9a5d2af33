/// What a file is, by its first bytes or by the type that a mail gave it, as the ending that programs know it by.
enum FileKind {
  /// So many bytes of a file tell what it is.
  static let headBytes = 4096

  /// The ending for a part of a mail (media types: RFC 2046, the IANA registry); by content where the type says nothing.
  static func ending(ofType type: String, head: [UInt8]) -> String? { types[type] ?? ending(of: head) }

  private static let types = [
    "text/plain": "txt", "text/html": "html", "text/calendar": "ics", "text/csv": "csv", "text/vcard": "vcf",
    "text/rtf": "rtf", "message/rfc822": "eml", "message/global": "eml", "application/pdf": "pdf",
    "image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp", "image/tiff": "tif",
    "image/heic": "heic", "image/bmp": "bmp", "audio/mpeg": "mp3", "audio/amr": "amr", "audio/wav": "wav",
    "video/mp4": "mp4", "video/quicktime": "mov", "application/zip": "zip", "application/msword": "doc",
    "application/vnd.ms-excel": "xls", "application/rtf": "rtf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.rar": "rar", "application/x-7z-compressed": "7z",
  ]

  /// By the first bytes, as file(1) does; nil for an empty file.
  static func ending(of head: [UInt8]) -> String? {
    if head.isEmpty { return nil }
    for (mark, ending) in marks where head.starts(with: mark) { return ending }
    if head.starts(with: "RIFF".utf8), head.count >= 12 {
      return ["WEBP": "webp", "WAVE": "wav", "AVI ": "avi"][String(decoding: head[8..<12], as: UTF8.self)]
        ?? "bin"
    }
    if head.count >= 12, head[4..<8].elementsEqual("ftyp".utf8) { return media(head[8..<12]) }
    if head.starts(with: [0x50, 0x4B, 3, 4]) { return package(head) }
    return text(head)
  }

  private static let marks: [([UInt8], String)] = [
    ([0xFF, 0xD8, 0xFF], "jpg"), ([0x89, 0x50, 0x4E, 0x47], "png"), (Array("GIF8".utf8), "gif"),
    (Array("BM".utf8), "bmp"), ([0x49, 0x49, 0x2A, 0], "tif"), ([0x4D, 0x4D, 0, 0x2A], "tif"),
    (Array("%PDF".utf8), "pdf"), ([0xD0, 0xCF, 0x11, 0xE0], "doc"), (Array("Rar!".utf8), "rar"),
    ([0x37, 0x7A, 0xBC, 0xAF], "7z"), (Array("ID3".utf8), "mp3"), ([0xFF, 0xFB], "mp3"),
    (Array("#!AMR".utf8), "amr"), (Array("OggS".utf8), "ogg"), (Array("{\\rtf".utf8), "rtf"),
  ]

  /// The brand of an ISO base media file (ISO/IEC 14496-12).
  private static func media(_ brand: ArraySlice<UInt8>) -> String {
    switch String(decoding: brand, as: UTF8.self) {
    case "heic", "heix", "mif1", "msf1": "heic"
    case "qt  ": "mov"
    case "M4A ": "m4a"
    default: "mp4"
    }
  }

  /// What an office program wrote is a zip with folders of its own.
  private static func package(_ head: [UInt8]) -> String {
    let parts = [("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")]
    let text = String(decoding: head, as: UTF8.self)
    return parts.first { ByteSearch.first($0.0, in: text) != nil }?.1 ?? "zip"
  }

  private static func text(_ head: [UInt8]) -> String {
    let body = head.starts(with: [0xEF, 0xBB, 0xBF]) ? head[3...] : head[...]
    guard !body.contains(where: { $0 < 9 || ($0 > 13 && $0 < 27) }) else { return "bin" }
    let start = String(decoding: body.drop { $0 <= 0x20 }.prefix(200), as: UTF8.self).lowercased()
    if start.hasPrefix("<!doctype html") || start.hasPrefix("<html") { return "html" }
    if start.hasPrefix("<?xml") { return "xml" }
    if start.hasPrefix("begin:vcalendar") { return "ics" }
    if start.hasPrefix("begin:vcard") { return "vcf" }
    let headers = [
      "received:", "return-path:", "from:", "message-id:", "mime-version:", "delivered-to:", "subject:",
      "date:",
    ]
    return headers.contains(where: start.hasPrefix) ? "eml" : "txt"
  }
}
