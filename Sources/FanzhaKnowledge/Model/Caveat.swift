/// How far a statement can be relied on, where that is less than verified.
public enum Caveat: String, CaseIterable, Sendable, Codable {
  /// Common knowledge of the trade; nobody has checked it.
  case commonKnowledge = "CK"
  /// Rests on grade-C sources alone: self-media, forums, company pages.
  case weak = "C"
}
