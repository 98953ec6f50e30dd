import FanzhaCatalogue

/// Checks of a base as a whole, without which advice could not rely on it. Each is small, reports values, and never
/// stops another. What only its keepers need to hear is said by lint.
enum KnowledgeChecks {
  typealias Report = (Problem, Place) -> Void
  typealias Check = @Sendable (KnowledgeBase, KnowledgeFiles, Report) -> Void

  static let all: [Check] = [
    uniqueIDs, fileNames, wellKnownFacts, signsResolve, questionsResolve, hypothesesResolve, stepsResolve, policyResolves,
    scriptsResolve, materialsResolve, referenceResolves, seedResolves, sourcesGiven, counterWording, phoneNumbers,
    coverage, reachability, localContacts, localCases,
  ]
}
