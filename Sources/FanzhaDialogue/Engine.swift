import FanzhaKnowledge
import FanzhaReading
import FanzhaReasoning

/// A knowledge base made ready to listen and to reason. Shared by all conversations; immutable.
public struct Engine: Sendable {
  public let base: KnowledgeBase
  let reader: Reader
  let reasoner: Reasoner
  private let textModel: TextModel?
  /// By hypothesis: the column of its family; nil where the model knows nothing of it.
  private let columns: [Int?]

  /// - Parameter usesModel: whether fitted weights read what no phrase covers.
  public init(_ base: KnowledgeBase, usesModel: Bool = true) {
    self.base = base
    reader = Reader(base)
    reasoner = Reasoner(base)
    textModel = usesModel ? base.textModel : nil
    let classes = textModel?.classes ?? []
    columns = base.hypotheses.map { classes.firstIndex(of: $0.family) }
  }

  /// How well everything said so far resembles what is said under each hypothesis: log P(family | words).
  func resemblance(_ runs: CharacterRuns) -> [Double]? {
    guard let textModel, !runs.isEmpty else { return nil }
    let scores = textModel.logProbabilities(runs)
    // What the model has never met is as likely as the least of what it has.
    let least = scores.min() ?? 0
    return columns.map { $0.map { scores[$0] } ?? least }
  }
}
