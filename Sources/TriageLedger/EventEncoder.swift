/// Writes `Encodable` values as JSON into one byte buffer, in one pass.
///
/// Foundation's encoder builds a tree of the whole value first and takes three times as long; the body of a `taken`
/// event is encoded for every case. Reading is left to `JSONDecoder`, which reads every byte written here.
/// Containers must be filled one after the other, as synthesised conformances do; a container used after a later
/// sibling was begun is an error, never broken JSON.
final class EventEncoder: Encoder {
  /// Behind a pointer, since every access to a class's own variables is checked for exclusivity while the program
  /// runs, several hundred times a case. Only this object, on one thread, ever touches it.
  let json: UnsafeMutablePointer<JSONText>
  /// Of a call that the protocol does not let throw; thrown at the end.
  private var failure: (any Error)?

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  private init() {
    json = .allocate(capacity: 1)
    json.initialize(to: JSONText(capacity: 8192))
  }
  deinit {
    json.deinitialize(count: 1)
    json.deallocate()
  }

  static func encode(_ value: some Encodable) throws -> [UInt8] {
    let encoder = EventEncoder()
    try value.encode(to: encoder)
    if let failure = encoder.failure { throw failure }
    encoder.json.pointee.finish()
    return encoder.json.pointee.bytes
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(JSONObject<Key>(encoder: self, number: json.pointee.begin(isObject: true)))
  }
  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    JSONArray(encoder: self, number: json.pointee.begin(isObject: false))
  }
  func singleValueContainer() -> any SingleValueEncodingContainer { JSONValue(encoder: self) }

  func noteFailure(_ step: () throws -> Void) {
    do { try step() } catch { failure = error }
  }
}
