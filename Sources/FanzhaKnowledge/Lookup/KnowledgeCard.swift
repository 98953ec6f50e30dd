import FanzhaCatalogue

/// One entry of the knowledge base, to read on one screen.
public struct KnowledgeCard: Sendable {
  public let title: String
  public let lines: [String]

  /// A screen holds so many of a list.
  private static let most = 5

  /// By id, name, short name or alias; nil when nothing is called so.
  ///
  /// - Parameter channel: where it is read. Over the counter the plain words for the hotline are left out: the customer
  ///   may be looking. Nil shows everything.
  public init?(_ name: String, in base: KnowledgeBase, channel: Channel? = nil) {
    let reference = base.reference
    if let item = base.everyHypothesis.first(where: { $0.isCalled(name) }) {
      self.init(item, base, channel)
    } else if let item = base.question(Question.ID(name)) {
      self.init(item, base, channel)
    } else if let item = base.procedures.first(where: { $0.id.text == name || $0.name == name }) {
      self.init(item, base)
    } else if let item = base.coverStories.first(where: { $0.id.text == name || $0.says == name }) {
      self.init(item, base)
    } else if let item = base.businesses.first(where: { $0.id.text == name || $0.name == name }) {
      self.init(item, base)
    } else if let item = base.contacts.first(where: { $0.id.text == name || $0.name == name || $0.number == name }) {
      self.init(item, base)
    } else if let item = base.tips.first(where: { $0.id.text == name || $0.title == name }) {
      self.init(title: item.title, id: item.id.text, [item.lead] + item.points + item.actions, item.caveat, item.sources, base)
    } else if let item = reference.articles.first(where: { $0.id == name || $0.law + ($0.article ?? "") == name }) {
      self.init(
        title: item.law + (item.article ?? ""), id: item.id, [item.says, item.forUs],
        Caveat(rawValue: item.status.rawValue), item.sources, base)
    } else if let item = reference.myths.first(where: { $0.id == name || $0.claim == name }) {
      self.init(title: Message.cardMyth(item.claim).text(), id: item.id, [item.truth], nil, item.sources, base)
    } else if let item = reference.notes.first(where: { $0.id == name || $0.title == name }) {
      self.init(title: item.title, id: item.id, item.lines, item.caveat, item.sources, base)
    } else if let item = reference.techniques.first(where: { $0.id == name || $0.name == name }) {
      self.init(title: item.name, id: item.id, [item.what, item.tell] + item.todo, item.caveat, item.sources, base)
    } else if let item = reference.groups.first(where: { $0.id == name || $0.name == name }) {
      self.init(title: item.name, id: item.id, item.care, nil, item.sources, base)
    } else {
      return nil
    }
  }

  private init(
    title: String, id: String, _ lines: [String], _ caveat: Caveat?, _ sources: [String], _ base: KnowledgeBase
  ) {
    self.title = title
    self.lines =
      ["\(title) (\(id))"] + lines + (caveat.map { [Message.caveat($0.rawValue).text()] } ?? [])
      + [Self.sources(sources, base)]
  }

  /// The sources by name, each with its grade where that is a warning.
  private static func sources(_ ids: [String], _ base: KnowledgeBase) -> String {
    let texts = ids.map { id in
      let grade = base.sources.first { $0.id.text == id }?.grade
      return grade == "C" ? "\(id)\(Message.caveat("C").text())" : id == "CK" ? Message.caveat("CK").text() : id
    }
    return "\(Message.cardSources.text()) \(texts.joined(separator: " "))"
  }

  private init(_ hypothesis: Hypothesis, _ base: KnowledgeBase, _ channel: Channel?) {
    title = hypothesis.name
    var lines = ["\(hypothesis.name) (\(hypothesis.id))", hypothesis.summary]
    func add(_ label: Message, _ texts: [String]) {
      if !texts.isEmpty { lines.append("\(label.text()) \(texts.prefix(Self.most).joined(separator: "; "))") }
    }
    switch hypothesis.status {
    case .retired: lines.append(Message.cardRetired(heir: hypothesis.replacedBy?.text).text())
    case .draft: lines.append(Message.cardDraft.text())
    case .test, .stable: break
    }
    add(.cardVictims, hypothesis.victims + hypothesis.channels)
    add(.cardStages, [hypothesis.stages.joined(separator: " > ")].filter { !$0.isEmpty })
    add(.cardConfirmedBy, hypothesis.confirmedBy)
    add(.cardQuestions, hypothesis.questions.compactMap { base.question($0)?.text })
    add(.cardExplain, [hypothesis.scripts.explain])
    add(.cardSay, [hypothesis.scripts.say])
    if channel != .counter { add(.cardHotline, hypothesis.scripts.hotline.map { [$0] } ?? []) }
    add(.cardNever, hypothesis.scripts.never)
    add(.cardCoverStories, hypothesis.coverStories.compactMap(base.coverStory).map(\.says))
    add(.cardLookAlikes, hypothesis.lookAlikes.map { name in base.hypothesis(Hypothesis.ID(name))?.short ?? name })
    lines.append(Self.sources(hypothesis.sources, base))
    self.lines = lines
  }

  private init(_ question: Question, _ base: KnowledgeBase, _ channel: Channel?) {
    title = question.text
    lines =
      [
        "\(question.text) (\(question.id))", Message.because(question.reason).text(),
        question.options.enumerated().map { "\($0 + 1) \($1.label)" }.joined(separator: "  "),
      ] + (question.again.map { [Message.cardAgain($0).text()] } ?? [])
      + (channel == .counter ? [] : question.hotline.map { ["\(Message.cardHotline.text()) \($0)"] } ?? [])
      + [Self.sources(question.sources, base)]
  }

  private init(_ procedure: Procedure, _ base: KnowledgeBase) {
    title = procedure.name
    lines =
      ["\(procedure.name) (\(procedure.id))", procedure.summary]
      + procedure.steps.enumerated().map { index, step in
        Message.procedureStep(
          number: index + 1, who: step.who.rawValue, step.text,
          contact: step.contact.flatMap { base.contact($0)?.number }, due: step.due.rawValue, within: step.within,
          caveat: step.caveat?.rawValue
        ).text()
      }
      + procedure.clocks.map { clock in
        Message.procedureClock(
          clock.name, hours: clock.hours, starts: clock.starts, note: clock.note, caveat: clock.caveat?.rawValue
        ).text()
      } + [Self.sources(procedure.sources, base)]
  }

  private init(_ story: CoverStory, _ base: KnowledgeBase) {
    title = story.says
    let told = base.hypotheses.filter { $0.coverStories.contains(story.id) }.map(\.short)
    lines = [
      "\(story.says) (\(story.id))", Message.ask(story.followUp).text(), Message.cardSettles(story.settles).text(),
      Message.cardTold(told.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }).text(),
      Self.sources(story.sources, base),
    ]
  }

  private init(_ business: Business, _ base: KnowledgeBase) {
    title = business.name
    lines =
      ["\(business.name) (\(business.id))", business.watch]
      + ([business.first] + business.then).compactMap { base.question($0)?.text }.map { Message.ask($0).text() }
      + [Self.sources(business.sources, base)]
  }

  private init(_ contact: Contact, _ base: KnowledgeBase) {
    title = contact.name
    lines =
      ["\(contact.name) \(contact.number ?? Message.blank.text()) (\(contact.id))", Message.numberFor(contact.purpose).text()]
      + (contact.notFor.map { [Message.numberNotFor($0).text()] } ?? [])
      + [Message.grade(contact.grade ?? "").text(), Self.sources(contact.sources, base)]
  }
}

extension Hypothesis {
  fileprivate func isCalled(_ name: String) -> Bool {
    id.text == name || self.name == name || short == name || aliases.contains(name)
  }
}
