/// Where something stands in a file: its name as the user would give it, and a position in it.
public struct Place: Sendable, Hashable, Comparable, CustomStringConvertible {
  public let file: String
  /// From 1; 0 for the file as a whole.
  public let line: Int
  /// From 1; 0 for the line as a whole.
  public let column: Int

  public init(file: String, line: Int = 0, column: Int = 0) {
    self.file = file
    self.line = line
    self.column = column
  }

  public var description: String {
    if line == 0 { return file }
    return column == 0 ? "\(file):\(line)" : "\(file):\(line):\(column)"
  }

  public static func < (lhs: Place, rhs: Place) -> Bool {
    (lhs.file, lhs.line, lhs.column) < (rhs.file, rhs.line, rhs.column)
  }
}
