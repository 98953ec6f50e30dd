import Foundation

/// Fitted weights that tell families and purposes apart by the runs of characters of a text: they read what no phrase
/// covers. Made from `corpus/` by `Scripts/fit`; small, and can be switched off.
public struct TextModel: Sendable, Equatable {
  /// Families and purposes, in the order of the columns.
  public let classes: [String]
  /// Runs of one to three characters, each packed in 63 bits, ascending.
  public let features: [UInt64]
  /// By feature: how much a run says by being rare.
  public let rarity: [Float]
  /// By feature, then class.
  public let weights: [Float]
  /// By class.
  public let biases: [Float]

  public init(classes: [String], features: [UInt64], rarity: [Float], weights: [Float], biases: [Float]) {
    self.classes = classes
    self.features = features
    self.rarity = rarity
    self.weights = weights
    self.biases = biases
  }

  /// Row of a feature; nil when it is none.
  public func row(of feature: UInt64) -> Int? {
    var low = 0, high = features.count
    while low < high {
      let middle = (low + high) / 2
      if features[middle] < feature { low = middle + 1 } else { high = middle }
    }
    return low < features.count && features[low] == feature ? low : nil
  }
}

// MARK: As a file

extension TextModel {
  private static let mark = Array("FANZHA-TEXT-1\n".utf8)

  /// Weights as bytes, each class with a scale of its own; everything little-endian.
  public func encoded() -> Data {
    var data = Data(Self.mark)
    let names = Data(classes.joined(separator: " ").utf8)
    data.append(UInt32(names.count))
    data.append(names)
    data.append(UInt32(features.count))
    for feature in features { data.append(feature) }
    for value in rarity { data.append(value.bitPattern) }
    for value in biases { data.append(value.bitPattern) }
    let scales = classes.indices.map { column in
      max(1e-6, (0..<features.count).map { abs(weights[$0 * classes.count + column]) }.max() ?? 0) / 127
    }
    for value in scales { data.append(value.bitPattern) }
    for (index, weight) in weights.enumerated() {
      data.append(UInt8(bitPattern: Int8((weight / scales[index % classes.count]).rounded())))
    }
    return data
  }

  /// Nil when the bytes are not such a model.
  public init?(decoding data: Data) {
    var reader = Reader(bytes: Array(data))
    guard reader.take(Self.mark.count).map(Array.init) == Self.mark, let nameCount: UInt32 = reader.number(),
      let names = reader.take(Int(nameCount)), let count: UInt32 = reader.number()
    else { return nil }
    let classes = String(decoding: names, as: UTF8.self).split(separator: " ").map(String.init)
    let rows = Int(count), columns = classes.count
    guard reader.left == rows * (8 + 4 + columns) + columns * 8 else { return nil }
    let features = (0..<rows).compactMap { _ in reader.number() as UInt64? }
    func floats(_ count: Int) -> [Float] {
      (0..<count).compactMap { _ in (reader.number() as UInt32?).map(Float.init(bitPattern:)) }
    }
    let rarity = floats(rows), biases = floats(columns), scales = floats(columns)
    guard let bytes = reader.take(rows * columns) else { return nil }
    let weights = zip(bytes, bytes.indices.lazy.map { $0 - bytes.startIndex }).map { byte, index in
      Float(Int8(bitPattern: byte)) * scales[index % columns]
    }
    self.init(classes: classes, features: features, rarity: rarity, weights: weights, biases: biases)
  }

  private struct Reader {
    let bytes: [UInt8]
    var position = 0
    var left: Int { bytes.count - position }

    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
      guard count >= 0, count <= left else { return nil }
      defer { position += count }
      return bytes[position..<position + count]
    }

    mutating func number<Number: FixedWidthInteger>() -> Number? {
      take(MemoryLayout<Number>.size)?.reversed().reduce(Number(0)) { $0 << 8 | Number($1) }
    }
  }
}

extension Data {
  fileprivate mutating func append(_ number: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
  }
}
