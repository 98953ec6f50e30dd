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

  private let edges: EdgeTable
  /// Longest proper suffix of the node that is a node too.
  private var fallback: [Int32] = [0]
  /// Nearest node on the fallback chain that ends a word; 0 for none.
  private var nextEnding: [Int32] = [0]
  /// Word that ends here; -1 for none.
  private let endings: [Int32]
  private let lengths: [Int32]

  /// The words to look for, kept as a trie from the start: a word met twice costs nothing.
  struct Vocabulary {
    fileprivate var edges = EdgeTable()
    fileprivate var endings: [Int32] = [-1]
    fileprivate var lengths: [Int32] = []
    fileprivate var parents: [(parent: Int32, scalar: UInt32)] = [(0, 0)]

    /// Adds a word.
    ///
    /// - Returns: its number, counting distinct words from 0; nil for an empty word.
    mutating func insert(_ word: [UInt32]) -> Int32? {
      guard !word.isEmpty else { return nil }
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
      if endings[Int(node)] < 0 {
        endings[Int(node)] = Int32(lengths.count)
        lengths.append(Int32(word.count))
      }
      return endings[Int(node)]
    }
  }

  init(_ vocabulary: Vocabulary) {
    edges = vocabulary.edges
    endings = vocabulary.endings
    lengths = vocabulary.lengths
    link(vocabulary.parents)
  }

  /// - Parameter words: an occurrence names a word by its position here, so they must be distinct.
  init(words: [[UInt32]]) {
    var vocabulary = Vocabulary()
    for word in words { _ = vocabulary.insert(word) }
    self.init(vocabulary)
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
  private var keys = [UInt64](repeating: .max, count: 16)
  private var values = [Int32](repeating: 0, count: 16)
  private var count = 0

  subscript(node: Int32, scalar: UInt32) -> Int32? {
    let key = Self.key(node, scalar)
    var slot = slot(key)
    while keys[slot] != .max {
      if keys[slot] == key { return values[slot] }
      slot = (slot + 1) & (keys.count - 1)
    }
    return nil
  }

  /// The edge must be new.
  mutating func insert(_ node: Int32, _ scalar: UInt32, _ next: Int32) {
    if count * 2 >= keys.count { grow() }
    place(Self.key(node, scalar), next)
    count += 1
  }

  private mutating func place(_ key: UInt64, _ value: Int32) {
    var slot = slot(key)
    while keys[slot] != .max { slot = (slot + 1) & (keys.count - 1) }
    keys[slot] = key
    values[slot] = value
  }

  private mutating func grow() {
    let (oldKeys, oldValues) = (keys, values)
    keys = [UInt64](repeating: .max, count: oldKeys.count * 2)
    values = [Int32](repeating: 0, count: oldKeys.count * 2)
    for (key, value) in zip(oldKeys, oldValues) where key != .max { place(key, value) }
  }

  private static func key(_ node: Int32, _ scalar: UInt32) -> UInt64 {
    UInt64(UInt32(bitPattern: node)) << 32 | UInt64(scalar)
  }

  /// The table's size is a power of two.
  private func slot(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20) & (keys.count - 1)
  }
}
