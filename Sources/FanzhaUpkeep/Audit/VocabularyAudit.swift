import FanzhaCatalogue
import FanzhaKnowledge

/// Phrases that can do nothing, and rules that can never hold.
extension KnowledgeAudit {
  var vocabulary: [Diagnostic] { base.facts.flatMap { repeatedPhrases($0) + voidPhrases($0) } + unusedValues }

  /// The same phrase for two values, or twice for one.
  private func repeatedPhrases(_ fact: Fact) -> [Diagnostic] {
    var first: [String: Place] = [:]
    return fact.values.flatMap(\.phrases).compactMap { phrase in
      if let earlier = first[phrase.text] { return Diagnostic(.phraseRepeated(phrase.text, at: "\(earlier)"), at: phrase.place) }
      first[phrase.text] = phrase.place
      return nil
    }
  }

  /// A phrase that an exception of its own fact always covers.
  private func voidPhrases(_ fact: Fact) -> [Diagnostic] {
    let exceptions = Set(fact.except.flatMap { $0.segments.count == 1 ? $0.segments[0].variants : [] })
    return fact.values.flatMap(\.phrases).filter { phrase in
      phrase.segments.count == 1 && phrase.segments[0].variants.allSatisfy(exceptions.contains)
    }.map { Diagnostic(.phraseVoid($0.text), at: $0.place) }
  }

  /// A value that no pattern, purpose, rule or situation makes anything of.
  private var unusedValues: [Diagnostic] {
    let signs = Set(base.hypotheses.flatMap { Array($0.signs.keys) + $0.needs })
    let broad = base.hypotheses.flatMap { $0.broadSigns.keys }
    let ruled = Set(
      rules.flatMap(\.conditions).compactMap { if case .holds(let pair) = $0 { pair } else { nil } }
        + base.coverStories.compactMap(\.claims) + base.policy.settles)
    return base.facts.filter { fact in
      !fact.weightless && !FactValue.isWellKnown(fact.id) && !broad.contains { fact.id.text.hasPrefix($0) && $0 != "story." }
    }.flatMap { fact in
      // Of a flag, one value says what the other does not.
      fact.values.filter { value in
        let pair = FactValue(fact.id, value.id)
        return fact.kind != .flag && !signs.contains(pair) && !ruled.contains(pair)
      }.map { Diagnostic(.valueUnused(fact: fact.id.text, value: $0.id.text), at: $0.place) }
    }
  }

  // MARK: Conditions

  /// Something that shows or holds only when its conditions do.
  private struct Rule {
    let name: String
    /// All of them must hold at once.
    let all: [Condition]
    /// One of them must.
    let any: [Condition]
    let unless: [Condition]
    let place: Place

    var conditions: [Condition] { all + any + unless }
  }

  private var rules: [Rule] {
    func rule(_ name: String, all: [Condition] = [], any: [Condition] = [], unless: [Condition], _ place: Place) -> Rule {
      Rule(name: name, all: all, any: any, unless: unless, place: place)
    }
    return base.policy.redFlags.map { rule($0.id, all: $0.when, unless: $0.unless, $0.place) }
      + base.policy.calls.map { rule($0.procedure.text, all: $0.when, unless: $0.unless, $0.place) }
      + (base.policy.urgentQuestions + base.policy.openingQuestions).map {
        rule($0.question.text, all: $0.when, unless: [], $0.place)
      }
      + base.questions.map { rule($0.id.text, any: $0.ifAny, unless: $0.unless, $0.place) }
      + base.scripts.map { rule($0.id.text, any: $0.ifAny, unless: $0.unless, $0.place) }
      + base.procedures.flatMap { procedure in
        procedure.steps.map { rule($0.id.text, any: $0.ifAny, unless: $0.unless, procedure.place) }
      }
  }

  /// Two values of a fact that has one at a time; or what must hold and must not.
  var conditions: [Diagnostic] {
    rules.filter { rule in
      var held: [Fact.ID: Fact.Value.ID] = [:]
      for case .holds(let pair) in rule.all where base.fact(pair.fact)?.kind != .many {
        if let other = held[pair.fact], other != pair.value { return true }
        held[pair.fact] = pair.value
      }
      return rule.all.contains(where: rule.unless.contains)
        || !rule.any.isEmpty && rule.any.allSatisfy(rule.unless.contains)
    }.map { Diagnostic(.neverHolds($0.name), at: $0.place) }
  }
}
