/// Finds every word of a vocabulary in one pass over a text, however large the vocabulary (Aho and Corasick,
/// 1975, over Unicode scalars).
///
/// The trie's edges stand in one open-addressed table keyed by (node, scalar), so that a node costs no
/// allocation and start-up stays proportional to the vocabulary's length. Matching is `Standard`: every
/// occurrence of every word, overlapping ones too, ordered by where they end.
struct PhraseAutomaton: Sendable {
  struct Occurrence: Equatable, Sendable {
    let word: Int32
    let range: Range<Int>
  }

  private var edges = EdgeTable()
  /// Longest proper suffix of the node that is a node too.
  private var fallback: [Int32] = [0]
  /// Nearest node on the fallback chain that ends a word; 0 for none.
  private var nextEnding: [Int32] = [0]
  /// Word that ends here; -1 for none.
  private var endings: [Int32] = [-1]
  private var lengths: [Int32] = []

  /// - Parameter words: distinct and not empty; an occurrence names a word by its position here.
  init(words: [[UInt32]]) {
    lengths = words.map { Int32($0.count) }
    edges.reserve(words.reduce(0) { $0 + $1.count })
    var parents: [(parent: Int32, scalar: UInt32)] = [(0, 0)]
    for (index, word) in words.enumerated() {
      var node: Int32 = 0
      for scalar in word {
        if let next = edges[node, scalar] {
          node = next
        } else {
          let next = Int32(endings.count)
          edges.insert(node, scalar, next)
          endings.append(-1)
          parents.append((node, scalar))
          node = next
        }
      }
      endings[Int(node)] = Int32(index)
    }
    link(parents)
  }

  /// Sets the fallback of every node, shallow nodes first.
  private mutating func link(_ parents: [(parent: Int32, scalar: UInt32)]) {
    fallback = [Int32](repeating: 0, count: parents.count)
    nextEnding = fallback
    var depth = fallback
    for node in parents.indices.dropFirst() { depth[node] = depth[Int(parents[node].parent)] + 1 }
    let deepest = Int(depth.max() ?? 0)
    var layers = [[Int32]](repeating: [], count: deepest + 1)
    for node in parents.indices.dropFirst() { layers[Int(depth[node])].append(Int32(node)) }
    for node in layers.joined() {
      let (parent, scalar) = parents[Int(node)]
      if parent != 0 {
        var candidate = fallback[Int(parent)]
        while edges[candidate, scalar] == nil, candidate != 0 { candidate = fallback[Int(candidate)] }
        fallback[Int(node)] = edges[candidate, scalar] ?? 0
      }
      let suffix = fallback[Int(node)]
      nextEnding[Int(node)] = endings[Int(suffix)] >= 0 ? suffix : nextEnding[Int(suffix)]
    }
  }

  /// - Complexity: O(length of the text + number of occurrences).
  func occurrences(in text: [UInt32]) -> [Occurrence] {
    var result: [Occurrence] = []
    var node: Int32 = 0
    for (position, scalar) in text.enumerated() {
      while true {
        if let next = edges[node, scalar] {
          node = next
          break
        }
        if node == 0 { break }
        node = fallback[Int(node)]
      }
      var ending = endings[Int(node)] >= 0 ? node : nextEnding[Int(node)]
      while ending != 0 {
        let word = endings[Int(ending)]
        let end = position + 1
        result.append(Occurrence(word: word, range: end - Int(lengths[Int(word)])..<end))
        ending = nextEnding[Int(ending)]
      }
    }
    return result
  }
}

/// (node, scalar) to node, by open addressing with linear probing.
private struct EdgeTable: Sendable {
  private var keys: [UInt64] = []
  private var values: [Int32] = []
  private var mask = 0

  mutating func reserve(_ capacity: Int) {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    keys = [UInt64](repeating: .max, count: size)
    values = [Int32](repeating: 0, count: size)
    mask = size - 1
  }

  subscript(node: Int32, scalar: UInt32) -> Int32? {
    guard mask > 0 else { return nil }
    let key = Self.key(node, scalar)
    var slot = Self.hash(key) & mask
    while keys[slot] != .max {
      if keys[slot] == key { return values[slot] }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// The table was made large enough by ``reserve(_:)``.
  mutating func insert(_ node: Int32, _ scalar: UInt32, _ next: Int32) {
    let key = Self.key(node, scalar)
    var slot = Self.hash(key) & mask
    while keys[slot] != .max { slot = (slot + 1) & mask }
    keys[slot] = key
    values[slot] = next
  }

  private static func key(_ node: Int32, _ scalar: UInt32) -> UInt64 {
    UInt64(UInt32(bitPattern: node)) << 32 | UInt64(scalar)
  }

  private static func hash(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20)
  }
}
