import FanzhaCatalogue
import Foundation

/// Lines of standard input as they come, as bytes first: a line that is no text is told apart from one that is.
struct LineInput: Sequence, IteratorProtocol {
  private let file = fdopen(STDIN_FILENO, "r")
  private var buffer: UnsafeMutablePointer<CChar>?
  private var capacity = 0
  private var number = 0
  private var hasFailed = false

  /// The next line without its line feed, or what is wrong with it; nil at the end.
  mutating func next() -> Result<String, Diagnostic>? {
    // Standard input may be closed.
    guard let file, !hasFailed else { return nil }
    let length = getline(&buffer, &capacity, file)
    guard length >= 0, let buffer else {
      let reason = errno
      free(self.buffer)
      self.buffer = nil
      hasFailed = ferror(file) != 0
      return hasFailed
        ? .failure(Diagnostic(.unreadableFile(reason: String(cString: strerror(reason))), at: Place(file: "stdin")))
        : nil
    }
    var data = Data(bytes: buffer, count: length)
    while data.last == 0x0A || data.last == 0x0D { data.removeLast() }
    number += 1
    guard let text = String(validating: data, as: UTF8.self) else {
      return .failure(Diagnostic(.notUTF8, at: Place(file: "stdin", line: number)))
    }
    return .success(text)
  }
}
