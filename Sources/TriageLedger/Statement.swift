import Foundation
import GRDB
import GRDBSQLite
import TriageCore

/// Statements of the recording path, bound straight to SQLite.
///
/// GRDB boxes every argument and row, which tells with some fifteen statements a case (a case is recorded in about
/// 70 µs). Preparing, caching, transactions and errors stay GRDB's. Meant for what runs for every case or effect;
/// questions use `row` and `rows`.
extension Database {
  /// Runs a statement that gives no rows.
  func run<each Value: Bindable>(_ sql: String, _ values: repeat each Value) throws {
    let statement = try bound(sql, repeat each values)
    defer { sqlite3_reset(statement) }
    let code = sqlite3_step(statement)
    guard code == SQLITE_DONE else { throw failure(code, sql) }
  }

  /// The first row, read by `read` before the statement is reset; nil without rows.
  func first<each Value: Bindable, Result>(
    _ sql: String, _ values: repeat each Value, read: (Columns) throws -> Result
  ) throws -> Result? {
    let statement = try bound(sql, repeat each values)
    defer { sqlite3_reset(statement) }
    switch sqlite3_step(statement) {
    case SQLITE_ROW: return try read(Columns(statement: statement))
    case SQLITE_DONE: return nil
    case let code: throw failure(code, sql)
    }
  }

  /// All rows, each read by `read`.
  func all<each Value: Bindable, Result>(
    _ sql: String, _ values: repeat each Value, read: (Columns) throws -> Result
  ) throws -> [Result] {
    let statement = try bound(sql, repeat each values)
    defer { sqlite3_reset(statement) }
    var results: [Result] = []
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW: results.append(try read(Columns(statement: statement)))
      case SQLITE_DONE: return results
      case let code: throw failure(code, sql)
      }
    }
  }

  /// Every row in turn, each seen by `body` before the next is read: for what is too much to hold.
  func each<each Value: Bindable>(
    _ sql: String, _ values: repeat each Value, body: (Columns) throws -> Void
  ) throws {
    let statement = try bound(sql, repeat each values)
    defer { sqlite3_reset(statement) }
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW: try body(Columns(statement: statement))
      case SQLITE_DONE: return
      case let code: throw failure(code, sql)
      }
    }
  }

  /// As `all`, for a statement whose parameters are numbers, however many.
  func all<Result>(_ sql: String, numbers: [Int64], read: (Columns) throws -> Result) throws -> [Result] {
    let statement = try bound(sql, numbers: numbers)
    defer { sqlite3_reset(statement) }
    var results: [Result] = []
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW: results.append(try read(Columns(statement: statement)))
      case SQLITE_DONE: return results
      case let code: throw failure(code, sql)
      }
    }
  }

  /// As `run`, for a statement whose parameters are numbers, however many.
  func run(_ sql: String, numbers: [Int64]) throws {
    _ = try all(sql, numbers: numbers) { _ in () }
  }

  private func bound(_ sql: String, numbers: [Int64]) throws -> OpaquePointer {
    let statement = try cachedStatement(sql: sql).sqliteStatement
    for (index, number) in numbers.enumerated() {
      let code = sqlite3_bind_int64(statement, CInt(index + 1), number)
      if code != SQLITE_OK { throw failure(code, sql) }
    }
    return statement
  }

  private func bound<each Value: Bindable>(_ sql: String, _ values: repeat each Value) throws -> OpaquePointer
  {
    let statement = try cachedStatement(sql: sql).sqliteStatement
    var index: CInt = 0
    for value in repeat each values {
      index += 1
      let code = value.bind(to: statement, at: index)
      if code != SQLITE_OK { throw failure(code, sql) }
    }
    return statement
  }

  private func failure(_ code: CInt, _ sql: String) -> DatabaseError {
    DatabaseError(
      resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(sqliteConnection)),
      sql: sql)
  }
}

/// A value as a column.
protocol Bindable {
  /// SQLite takes a copy.
  func bind(to statement: OpaquePointer, at index: CInt) -> CInt
}

/// SQLITE_TRANSIENT, a cast that Swift does not import.
private let copied = unsafeBitCast(OpaquePointer(bitPattern: -1), to: sqlite3_destructor_type.self)

extension Int64: Bindable {
  func bind(to statement: OpaquePointer, at index: CInt) -> CInt {
    sqlite3_bind_int64(statement, index, self)
  }
}
extension Int: Bindable {
  func bind(to statement: OpaquePointer, at index: CInt) -> CInt {
    sqlite3_bind_int64(statement, index, Int64(self))
  }
}
extension Bool: Bindable {
  func bind(to statement: OpaquePointer, at index: CInt) -> CInt {
    sqlite3_bind_int64(statement, index, self ? 1 : 0)
  }
}
extension String: Bindable {
  func bind(to statement: OpaquePointer, at index: CInt) -> CInt {
    var text = self
    return text.withUTF8 { utf8 in
      utf8.withMemoryRebound(to: CChar.self) { chars in
        // An empty string may have no address, which would bind NULL.
        chars.isEmpty
          ? sqlite3_bind_text(statement, index, "", 0, copied)
          : sqlite3_bind_text64(
            statement, index, chars.baseAddress, UInt64(chars.count), copied, UInt8(SQLITE_UTF8))
      }
    }
  }
}
extension [UInt8]: Bindable {
  func bind(to statement: OpaquePointer, at index: CInt) -> CInt {
    withUnsafeBytes { bytes in
      bytes.isEmpty
        ? sqlite3_bind_zeroblob(statement, index, 0)
        : sqlite3_bind_blob64(statement, index, bytes.baseAddress, UInt64(bytes.count), copied)
    }
  }
}
extension Optional: Bindable where Wrapped: Bindable {
  func bind(to statement: OpaquePointer, at index: CInt) -> CInt {
    switch self {
    case .some(let value): value.bind(to: statement, at: index)
    case .none: sqlite3_bind_null(statement, index)
    }
  }
}

/// The columns of the row a statement stands on.
struct Columns {
  fileprivate let statement: OpaquePointer

  func isNull(_ index: CInt) -> Bool { sqlite3_column_type(statement, index) == SQLITE_NULL }
  /// Whatever the column holds, for comparison and for people: numbers in decimal, bytes in hex, nil for NULL.
  func value(_ index: CInt) -> String? {
    switch sqlite3_column_type(statement, index) {
    case SQLITE_NULL: nil
    case SQLITE_INTEGER: "\(int(index))"
    case SQLITE_BLOB: Hex.string(blob(index))
    case SQLITE_FLOAT: "\(sqlite3_column_double(statement, index))"
    default: text(index)
    }
  }
  func int(_ index: CInt) -> Int64 { sqlite3_column_int64(statement, index) }
  func text(_ index: CInt) -> String {
    guard let bytes = sqlite3_column_text(statement, index) else { return "" }
    let count = Int(sqlite3_column_bytes(statement, index))
    return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }
  func blob(_ index: CInt) -> [UInt8] {
    guard let bytes = sqlite3_column_blob(statement, index) else { return [] }
    let count = Int(sqlite3_column_bytes(statement, index))
    return Array(UnsafeRawBufferPointer(start: bytes, count: count))
  }
}
