import FanzhaCatalogue
import FanzhaDialogue
import FanzhaKnowledge
import FanzhaReplay

/// What the keepers of a knowledge base need to hear beyond what its loader refuses: whether its sentences come out,
/// whether anything in it is dead, doubled, one-sided, unproven, out of date.
public struct KnowledgeAudit: Sendable {
  /// The base with its drafts taking part, so that their sentences can be tried before they are in use.
  let engine: Engine
  /// Recordings whose truth is known: they are tests.
  let recordings: [RecordedDialogue]
  /// For what grows old; nil to leave ages alone.
  let today: String?

  var base: KnowledgeBase { engine.base }

  public init(_ engine: Engine, recordings: [RecordedDialogue] = [], today: String? = nil) {
    self.engine = engine
    self.recordings = recordings
    self.today = today
  }

  /// Everything found, ordered by place.
  public func diagnostics() -> [Diagnostic] {
    let quick =
      lifecycle + ages + distinctions + lookAlikes + vocabulary + conditions + myths + caveats + completeness
    return (quick + examples + recordingsInBounds).sorted {
      ($0.place ?? Place(file: ""), $0.problem.code) < ($1.place ?? Place(file: ""), $1.problem.code)
    }
  }
}
