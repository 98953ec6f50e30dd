import FanzhaCatalogue

/// What staff look up rather than say: law, myths, notes, numbers, groups, techniques.
public struct Reference: Sendable {
  public internal(set) var articles: [Article] = []
  public internal(set) var myths: [Myth] = []
  public internal(set) var notes: [Note] = []
  public internal(set) var numberShapes: [NumberShape] = []
  public internal(set) var groups: [CustomerGroup] = []
  public internal(set) var techniques: [Technique] = []

  /// An article of law, or a rule of the regulator.
  public struct Article: Sendable {
    /// How well the wording was checked (public B4).
    public enum Status: String, CaseIterable, Sendable {
      case verified = "V"
      case commonKnowledge = "CK"
      case weak = "C"
    }

    public let id: String
    public let law: String
    /// Nil for a notice without articles.
    public let article: String?
    public let says: String
    public let forUs: String
    public let status: Status
    public let sources: [String]
    public let place: Place
  }

  /// What is often said and is wrong. Lint refuses it in everything staff say (public B7).
  public struct Myth: Sendable {
    public let id: String
    public let claim: String
    public let truth: String
    public let forbidden: [Phrase]
    public let sources: [String]
    public let place: Place
  }

  /// A card of things to know.
  public struct Note: Sendable {
    public let id: String
    public let title: String
    public let lines: [String]
    public let caveat: Caveat?
    public let sources: [String]
    public let place: Place
  }

  /// A kind of telephone number, by how it begins and how long it is.
  public struct NumberShape: Sendable {
    public let id: String
    public let begins: String
    /// In digits; nil for any.
    public let length: Int?
    public let says: String
    public let todo: String
    public let caveat: Caveat?
    public let sources: [String]
    public let place: Place
  }

  /// People who are spoken with in a way of their own. It chooses words, never a level.
  public struct CustomerGroup: Sendable {
    public let id: String
    public let name: String
    /// Items of the seed's list that it covers (`S-VUL-01` …).
    public let seed: [String]
    public let care: [String]
    public let sources: [String]
    public let place: Place
  }

  /// A technique that is laid over patterns of any family: a forged caller number, a shared screen.
  public struct Technique: Sendable {
    public let id: String
    public let name: String
    public let what: String
    /// How it shows at the counter or on the line.
    public let tell: String
    public let todo: [String]
    public let facts: [FactValue]
    public let caveat: Caveat?
    public let sources: [String]
    public let place: Place
  }
}
