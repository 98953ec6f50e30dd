/// How people put things: what reading needs to know of the language beyond the phrases of the facts.
public struct Usage: Sendable {
  /// Spellings folded into one before matching (dialect characters, regional words, pinyin mixed in).
  public let folds: [String: String]
  /// Words that deny what follows in the clause.
  public let negators: [String]
  /// Words that contain a negator and deny nothing (没办法, 不好意思).
  public let notNegators: [String]
  /// Words that deny everything up to the end of their clause (没人让他…, 我行不会…).
  public let farNegators: [String]
  /// What makes the clause a supposition.
  public let hypotheticals: [String]
  /// What makes the clause a question.
  public let questions: [String]
  /// What marks words as somebody else's story or a warning.
  public let quotings: [String]
  /// What turns a supposition before it into a demand: 如果不交就冻结.
  public let threats: [String]
  /// Whole short answers.
  public let affirmations: [String]
  public let denials: [String]
  public let evasions: [String]
  /// Whole short answers that answer nothing (不知道, 随便).
  public let shrugs: [String]
}
