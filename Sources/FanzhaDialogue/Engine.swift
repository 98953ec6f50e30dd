import FanzhaKnowledge
import FanzhaReading
import FanzhaReasoning

/// A knowledge base made ready to listen and to reason. Shared by all conversations; immutable.
public struct Engine: Sendable {
  public let base: KnowledgeBase
  let reader: Reader
  let reasoner: Reasoner

  public init(_ base: KnowledgeBase) {
    self.base = base
    reader = Reader(base)
    reasoner = Reasoner(base)
  }
}
