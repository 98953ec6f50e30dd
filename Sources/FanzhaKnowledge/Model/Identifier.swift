/// A name from the knowledge base, typed by what it names, so that a fact's id cannot stand where a
/// question's is meant.
public struct Identifier<Entity>: Hashable, Comparable, Sendable, CustomStringConvertible,
  ExpressibleByStringLiteral
{
  public let text: String

  public init(_ text: String) { self.text = text }
  public init(stringLiteral value: String) { self.text = value }

  public var description: String { text }
  public static func < (lhs: Self, rhs: Self) -> Bool { lhs.text < rhs.text }
}
