import FanzhaDialogue
import FanzhaKnowledge
import FanzhaPrivacy
import Foundation

/// Writes down what happens in one case: what was said with its marks, what was understood, what was advised.
struct CaseScribe {
  let caseID: String
  private let session: String
  private var redactor: Redactor
  /// Questions and levels that are on record, so that only changes are written.
  private var shownQuestion: String?
  private var doneSteps: Set<String> = []
  /// Whether the case turned out to be one whose words nobody is to read.
  private(set) var areWordsSealed = false

  init(caseID: String, session: String, redactor: Redactor) {
    self.caseID = caseID
    self.session = session
    self.redactor = redactor
  }

  /// What to write for the last event of a conversation.
  mutating func drafts(_ conversation: Conversation, at time: Date) -> [Draft] {
    guard let event = conversation.events.last else { return [] }
    if conversation.assessment.sealsWords { areWordsSealed = true }
    let turn = conversation.turnCount
    var result = [draft(of: event, turn, time)]
    if let understood = conversation.understood {
      var payload = Payload()
      payload.cues = understood.cues.map { Payload.Cue(fact: $0.fact.text, value: $0.value.text, polarity: $0.polarity) }
      result.append(Draft(caseID: caseID, session: session, turn: turn, kind: .reading, at: time, payload: payload))
      for question in understood.questions {
        var payload = Payload()
        payload.question = question.text
        result.append(Draft(caseID: caseID, session: session, turn: turn, kind: .questionAsked, at: time, payload: payload))
      }
    }
    if case .stepDone(let step) = event { doneSteps.insert(step.text) }
    return result + outcome(conversation.advice, turn, time)
  }

  /// After an event was taken back, or another channel's rules apply.
  mutating func drafts(_ kind: Event.Kind, _ conversation: Conversation, at time: Date) -> [Draft] {
    var payload = Payload()
    if kind == .branch { payload.channel = conversation.channel }
    return [Draft(caseID: caseID, session: session, turn: conversation.turnCount, kind: kind, at: time, payload: payload)]
      + outcome(conversation.advice, conversation.turnCount, time)
  }

  func plain(_ kind: Event.Kind, turn: Int, _ payload: Payload = Payload(), at time: Date) -> Draft {
    Draft(caseID: caseID, session: session, turn: turn, kind: kind, at: time, payload: payload)
  }

  /// Goes on with a case taken up again: its marks, what is ticked, whether its words are sealed.
  mutating func takeUp(_ record: CaseRecord) {
    for secret in record.secrets { redactor.learn(secret.marks) }
    doneSteps = Set(record.history.compactMap { $0.kind == .stepDone ? $0.payload?.step : nil })
    areWordsSealed = record.areWordsSealed
  }

  // MARK: Pieces

  private mutating func draft(of event: Conversation.Event, _ turn: Int, _ time: Date) -> Draft {
    var payload = Payload()
    switch event {
    case .turn(let line):
      payload.speaker = line.speaker
      return worded(.turn, turn, time, payload, text: line.text)
    case .answer(let question, let option):
      payload.question = question.text
      payload.option = option.text
      return plain(.answer, turn: turn, payload, at: time)
    case .clearance(let reason): return worded(.levelCleared, turn, time, payload, reason: reason)
    case .dismissal(let question, let reason):
      payload.question = question.text
      return worded(.questionDismissed, turn, time, payload, reason: reason)
    case .stepDone(let step):
      payload.step = step.text
      return plain(.stepDone, turn: turn, payload, at: time)
    case .stepSkipped(let step, let reason):
      payload.step = step.text
      return worded(.stepSkipped, turn, time, payload, reason: reason)
    case .override(let level, let reason):
      payload.level = level.rawValue
      return worded(.override, turn, time, payload, reason: reason)
    case .note(let text): return worded(.note, turn, time, payload, text: text)
    case .business(let value):
      payload.business = value.text
      return plain(.business, turn: turn, payload, at: time)
    case .sheetShown(let sheet, let version):
      payload.sheet = sheet.text
      payload.version = version
      return plain(.sheetShown, turn: turn, payload, at: time)
    }
  }

  /// An event with words in it: marks in the clear, the rest sealed.
  private mutating func worded(
    _ kind: Event.Kind, _ turn: Int, _ time: Date, _ start: Payload, text: String? = nil, reason: String? = nil
  ) -> Draft {
    var payload = start
    var secret = Secret()
    if areWordsSealed {
      (secret.text, secret.reason) = (text, reason)
    } else {
      for (field, words) in [(\Payload.text, text), (\Payload.reason, reason)] {
        guard let redaction = words.map({ redactor.redact($0) }) else { continue }
        payload[keyPath: field] = redaction.text
        secret.marks.merge(redaction.taken) { first, _ in first }
      }
    }
    return Draft(
      caseID: caseID, session: session, turn: turn, kind: kind, at: time, payload: payload,
      secret: secret.isEmpty ? nil : secret)
  }

  /// What was advised, without the customer's words: they stand in the turns.
  private mutating func outcome(_ advice: Advice, _ turn: Int, _ time: Date) -> [Draft] {
    var payload = Payload()
    payload.level = advice.level
    payload.scamProbability = advice.scamProbability
    payload.suspects = advice.suspects.map { Payload.Suspect(id: $0.id, probability: $0.probability) }
    payload.procedures = advice.procedures
    payload.steps = advice.steps.map { "\($0.id) \($0.due.rawValue)" }
    payload.script = advice.script
    payload.question = advice.question?.id
    var result = [plain(.advice, turn: turn, payload, at: time)]
    if let question = advice.question?.id, question != shownQuestion {
      var payload = Payload()
      payload.question = question
      result.append(plain(.questionShown, turn: turn, payload, at: time))
    }
    shownQuestion = advice.question?.id
    let done = Set(advice.steps.filter { $0.due == .done }.map(\.id))
    for step in done.subtracting(doneSteps).sorted() {
      var payload = Payload()
      payload.step = step
      payload.isHeard = true
      result.append(plain(.stepDone, turn: turn, payload, at: time))
    }
    doneSteps = done
    return result
  }
}
