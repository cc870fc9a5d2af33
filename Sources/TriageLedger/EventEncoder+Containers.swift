/// The three kinds of JSON container that `EventEncoder` hands out. Each writes straight into the encoder's buffer.
struct JSONObject<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let encoder: EventEncoder
  let number: Int
  var codingPath: [any CodingKey] { [] }

  func encodeNil(forKey key: Key) throws {
    try encoder.json.pointee.key(key.stringValue, in: number)
    encoder.json.pointee.writeNull()
  }
  func encode(_ value: Bool, forKey key: Key) throws {
    try encoder.json.pointee.key(key.stringValue, in: number)
    encoder.json.pointee.write(value)
  }
  func encode(_ value: String, forKey key: Key) throws {
    try encoder.json.pointee.key(key.stringValue, in: number)
    encoder.json.pointee.write(value)
  }
  func encode(_ value: Int, forKey key: Key) throws {
    try encoder.json.pointee.key(key.stringValue, in: number)
    encoder.json.pointee.write(value)
  }
  func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
    try encoder.json.pointee.key(key.stringValue, in: number)
    try value.encode(to: encoder)
  }
  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    KeyedEncodingContainer(JSONObject<Nested>(encoder: encoder, number: nested(key, isObject: true)))
  }
  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    JSONArray(encoder: encoder, number: nested(key, isObject: false))
  }
  func superEncoder() -> any Encoder { superEncoder(named: "super") }
  func superEncoder(forKey key: Key) -> any Encoder { superEncoder(named: key.stringValue) }

  private func superEncoder(named name: String) -> any Encoder {
    encoder.noteFailure { try encoder.json.pointee.key(name, in: number) }
    return encoder
  }
  private func nested(_ key: Key, isObject: Bool) -> Int {
    encoder.noteFailure { try encoder.json.pointee.key(key.stringValue, in: number) }
    return encoder.json.pointee.begin(isObject: isObject)
  }
}

struct JSONArray: UnkeyedEncodingContainer {
  let encoder: EventEncoder
  let number: Int
  private(set) var count = 0
  var codingPath: [any CodingKey] { [] }

  init(encoder: EventEncoder, number: Int) {
    self.encoder = encoder
    self.number = number
  }

  mutating func encodeNil() throws {
    try next()
    encoder.json.pointee.writeNull()
  }
  mutating func encode(_ value: Bool) throws {
    try next()
    encoder.json.pointee.write(value)
  }
  mutating func encode(_ value: String) throws {
    try next()
    encoder.json.pointee.write(value)
  }
  mutating func encode<T: Encodable>(_ value: T) throws {
    try next()
    try value.encode(to: encoder)
  }
  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) -> KeyedEncodingContainer<Nested> {
    encoder.noteFailure { try next() }
    return KeyedEncodingContainer(
      JSONObject<Nested>(encoder: encoder, number: encoder.json.pointee.begin(isObject: true)))
  }
  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    encoder.noteFailure { try next() }
    return JSONArray(encoder: encoder, number: encoder.json.pointee.begin(isObject: false))
  }
  mutating func superEncoder() -> any Encoder {
    encoder.noteFailure { try next() }
    return encoder
  }

  private mutating func next() throws {
    try encoder.json.pointee.next(in: number)
    count += 1
  }
}

struct JSONValue: SingleValueEncodingContainer {
  let encoder: EventEncoder
  var codingPath: [any CodingKey] { [] }

  func encodeNil() throws { encoder.json.pointee.writeNull() }
  func encode(_ value: Bool) throws { encoder.json.pointee.write(value) }
  func encode(_ value: String) throws { encoder.json.pointee.write(value) }
  func encode(_ value: Double) throws { encoder.json.pointee.write(value) }
  func encode(_ value: Float) throws { encoder.json.pointee.write(Double(value)) }
  func encode(_ value: Int) throws { encoder.json.pointee.write(value) }
  func encode(_ value: Int8) throws { encoder.json.pointee.write(value) }
  func encode(_ value: Int16) throws { encoder.json.pointee.write(value) }
  func encode(_ value: Int32) throws { encoder.json.pointee.write(value) }
  func encode(_ value: Int64) throws { encoder.json.pointee.write(value) }
  func encode(_ value: UInt) throws { encoder.json.pointee.write(value) }
  func encode(_ value: UInt8) throws { encoder.json.pointee.write(value) }
  func encode(_ value: UInt16) throws { encoder.json.pointee.write(value) }
  func encode(_ value: UInt32) throws { encoder.json.pointee.write(value) }
  func encode(_ value: UInt64) throws { encoder.json.pointee.write(value) }
  func encode<T: Encodable>(_ value: T) throws { try value.encode(to: encoder) }
}
