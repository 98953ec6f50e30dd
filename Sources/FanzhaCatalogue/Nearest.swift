/// The word of a list that a mistyped one was probably meant to be: about a third of it may differ.
public func nearest<Words: Sequence<String>>(to word: String, among words: Words) -> String? {
  let limit = max(1, (word.count + 1) / 3)
  return words.map { (word: $0, distance: editDistance(word, $0)) }
    .filter { $0.distance <= limit }
    .min { ($0.distance, $0.word) < ($1.distance, $1.word) }?
    .word
}

/// Levenshtein distance in characters.
func editDistance(_ left: String, _ right: String) -> Int {
  let left = Array(left), right = Array(right)
  var row = Array(0...right.count)
  for (i, a) in left.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, b) in right.enumerated() {
      let substituted = diagonal + (a == b ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(substituted, diagonal + 1, row[j] + 1)
    }
  }
  return row[right.count]
}
