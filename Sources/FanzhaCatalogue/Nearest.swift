/// The word of a list that a mistyped one was probably meant to be: at most a third of it differs.
public func nearest<Words: Sequence<String>>(to word: String, among words: Words) -> String? {
  let limit = max(1, word.count / 3)
  return words.map { (word: $0, distance: editDistance(word, $0)) }
    .filter { $0.distance <= limit }
    .min { ($0.distance, $0.word) < ($1.distance, $1.word) }?
    .word
}

/// Edit distance in characters, two swapped neighbours counting as one edit (optimal string alignment).
func editDistance(_ left: String, _ right: String) -> Int {
  let left = Array(left), right = Array(right)
  var before = [Int](), row = Array(0...right.count)
  for i in 0..<left.count {
    var next = [i + 1]
    for j in 0..<right.count {
      var best = min(row[j] + (left[i] == right[j] ? 0 : 1), row[j + 1] + 1, next[j] + 1)
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] { best = min(best, before[j - 1] + 1) }
      next.append(best)
    }
    (before, row) = (row, next)
  }
  return row[right.count]
}
