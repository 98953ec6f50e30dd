import Testing

@testable import FanzhaReading

@Suite struct PhraseAutomatonTests {
  private func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

  /// The same question asked the slow way.
  private func naive(_ words: [[UInt32]], _ text: [UInt32]) -> Set<String> {
    var found: Set<String> = []
    for (index, word) in words.enumerated() where word.count <= text.count {
      for start in 0...(text.count - word.count) where text[start..<start + word.count].elementsEqual(word) {
        found.insert("\(index)@\(start)")
      }
    }
    return found
  }

  @Test func findsOverlappingAndNestedWords() {
    let words = ["安全账户", "账户", "全账", "户", "他们"].map(scalars)
    let text = scalars("转到安全账户,账户")
    let found = PhraseAutomaton(words: words).occurrences(in: text)
    #expect(Set(found.map { "\($0.word)@\($0.range.lowerBound)" }) == naive(words, text))
    #expect(found.map(\.range.upperBound) == found.map(\.range.upperBound).sorted())
  }

  @Test func agreesWithTheSlowWayOnRandomTexts() {
    var state: UInt64 = 42
    func next(_ bound: UInt64) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % bound)
    }
    for _ in 0..<200 {
      let words = Array(Set((0..<(1 + next(12))).map { _ in (0..<(1 + next(4))).map { _ in UInt32(0x4E00 + next(3)) } }))
      let text = (0..<next(40)).map { _ in UInt32(0x4E00 + next(3)) }
      let found = PhraseAutomaton(words: words).occurrences(in: text)
      #expect(Set(found.map { "\($0.word)@\($0.range.lowerBound)" }) == naive(words, text))
      #expect(found.count == naive(words, text).count)
    }
  }

  @Test func noWordsFindNothing() {
    #expect(PhraseAutomaton(words: []).occurrences(in: scalars("安全账户")).isEmpty)
  }
}
