import FanzhaCatalogue
import FanzhaKnowledge
import FanzhaReasoning

/// Puts an assessment into words for a channel.
struct AdviceWriter {
  private let base: KnowledgeBase
  private let channel: Channel

  /// Fewer suspects than this are shown, and none below ``leastProbability``.
  private static let mostSuspects = 6
  private static let leastProbability = 0.01
  private static let mostReasons = 4
  /// Below this a suspect is not what is talked about.
  private static let leastToSpeakOf = 0.3

  init(engine: Engine, channel: Channel) {
    base = engine.base
    self.channel = channel
  }

  /// What advice is written from.
  struct View {
    let assessment: Assessment
    /// Procedures the case has called for so far.
    let listedProcedures: [Procedure.ID]
    let stepsDone: Set<Procedure.Step.ID>
    let stepsSkipped: Set<Procedure.Step.ID>
    /// For how many turns the moment has been the same: the next sentence of it is due.
    let momentTurns: Int
  }

  func advice(_ view: View) -> Advice {
    let assessment = view.assessment
    let decision = assessment.decision
    return Advice(
      level: decision.level.rawValue,
      levelName: decision.level.name,
      scamProbability: rounded(assessment.belief.scamProbability),
      reasons: decision.reasons.prefix(Self.mostReasons).map(text),
      redFlags: decision.reasons.compactMap { reason in
        if case .redFlag = reason { text(reason) } else { nil }
      },
      whyNotHigher: text(decision.ceiling),
      situation: situation(assessment.situation),
      procedures: view.listedProcedures.map(\.text),
      mandatory: base.policy.mandatory.map { entry in
        Advice.Mandatory(
          id: entry.id, label: entry.label, done: entry.doneBy.contains(where: assessment.ledger.knows))
      },
      suspects: suspects(assessment),
      evidence: assessment.belief.contributions.map(evidence),
      contradictions: assessment.ledger.contradictions.map {
        Advice.Contradiction(fact: base.facts[$0.fact].id.text, turns: $0.turns, quotes: $0.quotes)
      },
      question: assessment.question.map(question),
      script: script(view),
      steps: steps(view),
      knowledgeVersion: base.version)
  }

  // MARK: Pieces

  private func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }

  private func situation(_ situation: Situation) -> Advice.Situation {
    Advice.Situation(
      money: situation.money.rawValue, screenShared: situation.screenShared,
      credentialsGiven: situation.credentialsGiven, danger: situation.danger,
      counterpartyListening: situation.counterpartyListening, collectorWaiting: situation.collectorWaiting)
  }

  private func suspects(_ assessment: Assessment) -> [Advice.Suspect] {
    assessment.ranking.prefix(Self.mostSuspects).compactMap { index in
      let probability = assessment.belief.probabilities[index]
      guard probability >= Self.leastProbability else { return nil }
      let hypothesis = base.hypotheses[index]
      return Advice.Suspect(
        id: hypothesis.id.text, family: hypothesis.family, kind: hypothesis.kind, probability: rounded(probability),
        short: hypothesis.short)
    }
  }

  private func evidence(_ contribution: Belief.Contribution) -> Advice.Evidence {
    let fact = base.facts[contribution.fact]
    return Advice.Evidence(
      fact: fact.id.text, value: fact.values[contribution.value].id.text, denied: !contribution.holds,
      quote: contribution.quote, turn: contribution.turn, weight: rounded(contribution.weight))
  }

  private func question(_ index: Int) -> Advice.Question {
    let question = base.questions[index]
    return Advice.Question(
      id: question.id.text, text: channel == .hotline ? question.hotline ?? question.text : question.text,
      reason: question.reason,
      options: question.options.map { Advice.Question.Option(id: $0.id.text, label: $0.label) })
  }

  // MARK: Reasons

  private func text(_ reason: Reason) -> String {
    switch reason {
    case .redFlag(let index): base.policy.redFlags[index].reason
    case .sign(let fact, let value, let quote): Message.sign(named(fact, value), quote: quote).text()
    case .held(let turn): Message.levelHeld(sinceTurn: turn).text()
    case .clearedBySupervisor(let reason): Message.levelCleared(reason: reason).text()
    case .settled(let fact, let value, let quote): Message.levelSettled(named(fact, value), quote: quote).text()
    case .purposeRecognised(let hypothesis): Message.purposeRecognised(base.hypotheses[hypothesis].short).text()
    case .littleKnown: Message.littleKnown.text()
    case .openQuestion: Message.openQuestion.text()
    }
  }

  private func named(_ fact: Int, _ value: Int) -> String {
    Message.factValue(name: base.facts[fact].name, value: base.facts[fact].values[value].label).text()
  }

  private func text(_ ceiling: Ceiling) -> String {
    switch ceiling {
    case .nothingMissing: Message.notHigherNothingMissing.text()
    case .noRedFlagAndFewSigns: Message.notHigherFewSigns.text()
    case .nothingPassedOver: Message.notHigherNothingPassedOver.text()
    case .passedOverUnclear: Message.notHigherPassedOverUnclear.text()
    case .cleared: Message.notHigherCleared.text()
    case .highest: Message.notHigherHighest.text()
    }
  }

  // MARK: Script

  /// The moment that decides what to say: the situation first, then the level.
  static func moment(_ assessment: Assessment, _ procedures: [Procedure.ID], _ channel: Channel) -> Script.Moment {
    let situation = assessment.situation
    let level = assessment.decision.level
    if situation.danger { return .safety }
    if procedures.contains("discreet") { return .discreet }
    if situation.screenShared { return .cutControl }
    if level == .report, situation.money == .sent { return .stopPayment }
    if level >= .pause, situation.credentialsGiven { return .secureAccount }
    if level >= .verify, situation.counterpartyListening, channel == .counter { return .listening }
    switch level {
    case .report: return .report
    case .pause: return givesUp(assessment) ? .closing : .pause
    case .verify:
      if assessment.ledger.holds(FactValue(.inquiry, .yes)), channel == .hotline { return .inquiryOK }
      return assessment.belief.contributions.isEmpty ? .opening : .asking
    case .proceed: return .clear
    }
  }

  /// The customer waits, or lets it be: nothing is left but to close well.
  private static func givesUp(_ assessment: Assessment) -> Bool {
    assessment.ledger.holds(FactValue(.insists, .no))
  }

  private func script(_ view: View) -> String {
    let moment = Self.moment(view.assessment, view.listedProcedures, channel)
    let turns = view.momentTurns
    switch moment {
    case .opening:
      return script(.opening, 0, view.assessment)
    case .pause:
      // First what fits this pattern, then the general ways of bringing somebody to check.
      guard let own = ownScript(view.assessment, .pattern) else { return script(.pause, turns, view.assessment) }
      return turns == 0 ? own : script(.pause, turns - 1, view.assessment)
    case .clear:
      return ownScript(view.assessment, .purpose) ?? script(.clear, turns, view.assessment)
    default:
      return script(moment, turns, view.assessment)
    }
  }

  /// The sentence of the first suspect, when it is of the kind the level speaks about.
  private func ownScript(_ assessment: Assessment, _ kind: Hypothesis.Kind) -> String? {
    guard let index = assessment.ranking.first, base.hypotheses[index].kind == kind,
      assessment.belief.probabilities[index] >= Self.leastToSpeakOf
    else { return nil }
    let scripts = base.hypotheses[index].scripts
    return channel == .hotline ? scripts.hotline ?? scripts.say : scripts.say
  }

  /// The sentences of a moment that are true of this case, one after the other; those made for it come first.
  private func script(_ moment: Script.Moment, _ turn: Int, _ assessment: Assessment) -> String {
    let fitting = base.scripts.filter { script in
      // On the line, a sentence that only makes sense over the counter is left out.
      script.moment == moment && (channel == .counter || script.hotline != nil)
        && (script.practice.map(base.holds) ?? true)
        && assessment.allows(ifAny: script.ifAny, unless: script.unless)
    }
    guard !fitting.isEmpty else { return "" }
    let ordered = fitting.filter { !$0.ifAny.isEmpty } + fitting.filter(\.ifAny.isEmpty)
    let script = ordered[turn % ordered.count]
    return channel == .hotline ? script.hotline ?? "" : script.text
  }

  // MARK: Steps

  /// The steps of every procedure that is due, most urgent procedure first; nobody is called twice.
  private func steps(_ view: View) -> [Advice.Step] {
    let due = Set(view.assessment.procedures + view.listedProcedures)
    var seenSteps: Set<Procedure.Step.ID> = []
    var seenContacts: Set<Contact.ID> = []
    var result: [Advice.Step] = []
    for procedure in base.procedures
    where due.contains(procedure.id) && (procedure.channel ?? channel) == channel {
      for step in procedure.steps
      where !view.stepsSkipped.contains(step.id)
        && view.assessment.allows(ifAny: step.ifAny, unless: step.unless) {
        if let contact = step.contact, !seenContacts.insert(contact).inserted { continue }
        guard seenSteps.insert(step.id).inserted else { continue }
        result.append(
          Advice.Step(
            id: step.id.text, text: channel == .hotline ? step.hotline ?? step.text : step.text,
            contact: step.contact.flatMap(contactText), due: dueTime(step, view), who: step.who, within: step.within, mark: step.caveat))
      }
    }
    return result
  }

  private func dueTime(_ step: Procedure.Step, _ view: View) -> Procedure.Due {
    if view.stepsDone.contains(step.id) { return .done }
    // At the highest level the call is due at once, whichever ladder it stands on.
    if view.assessment.decision.level == .report, step.contact == .police { return .now }
    return step.due
  }

  private func contactText(_ id: Contact.ID) -> String? {
    base.contact(id).map { $0.number ?? $0.name }
  }
}
