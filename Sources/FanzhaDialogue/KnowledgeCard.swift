import FanzhaCatalogue
import FanzhaKnowledge

/// One entry of the knowledge base, to read on a screen.
public struct KnowledgeCard: Sendable {
  public let title: String
  public let lines: [String]

  /// By id, name, short name or alias; nil when nothing is called so.
  public init?(_ name: String, in base: KnowledgeBase) {
    if let hypothesis = base.hypotheses.first(where: { $0.isCalled(name) }) {
      self.init(hypothesis, base)
    } else if let question = base.question(Question.ID(name)) {
      self.init(question)
    } else if let procedure = base.procedures.first(where: { $0.id.text == name || $0.name == name }) {
      self.init(procedure, base)
    } else {
      return nil
    }
  }

  private init(_ hypothesis: Hypothesis, _ base: KnowledgeBase) {
    title = hypothesis.name
    var lines = ["\(hypothesis.name) (\(hypothesis.id))", hypothesis.summary]
    func add(_ label: Message, _ texts: [String]) {
      if !texts.isEmpty { lines.append("\(label.text()) \(texts.joined(separator: "; "))") }
    }
    add(.cardVictims, hypothesis.victims)
    add(.cardChannels, hypothesis.channels)
    add(.cardStages, hypothesis.stages)
    add(.cardConfirmedBy, hypothesis.confirmedBy)
    add(.cardQuestions, hypothesis.questions.compactMap { base.question($0)?.text })
    add(.cardExplain, [hypothesis.scripts.explain])
    add(.cardSay, [hypothesis.scripts.say])
    add(.cardNever, hypothesis.scripts.never)
    add(.cardCoverStories, hypothesis.coverStories.map { "\($0.says) -> \($0.settles)" })
    add(.cardLookAlikes, hypothesis.lookAlikes)
    add(.cardSources, hypothesis.sources)
    self.lines = lines
  }

  private init(_ question: Question) {
    title = question.text
    lines = [
      "\(question.text) (\(question.id))",
      Message.because(question.reason).text(),
      question.options.enumerated().map { "\($0 + 1) \($1.label)" }.joined(separator: "  "),
      "\(Message.cardSources.text()) \(question.sources.joined(separator: "; "))",
    ]
  }

  private init(_ procedure: Procedure, _ base: KnowledgeBase) {
    title = procedure.name
    lines =
      ["\(procedure.name) (\(procedure.id))", procedure.summary]
      + procedure.steps.enumerated().map { index, step in
        Message.checklistStep(
          number: index + 1, step.text, contact: step.contact.flatMap { base.contact($0)?.number },
          due: step.due.rawValue, done: false
        ).text()
      } + ["\(Message.cardSources.text()) \(procedure.sources.joined(separator: "; "))"]
  }
}

extension Hypothesis {
  fileprivate func isCalled(_ name: String) -> Bool {
    id.text == name || self.name == name || short == name || aliases.contains(name)
  }
}
