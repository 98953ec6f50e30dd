import FanzhaCatalogue
import FanzhaDialogue
import FanzhaKnowledge
import FanzhaPrivacy
import Foundation

/// Keeps the journal of one console, and never stands in its way.
///
/// What happens is on disk before a call returns. When the journal cannot be written (locked, full, damaged, away),
/// the trouble is said once, events are kept in memory, and go to disk in their order as soon as they can.
public final class JournalKeeper {
  private let path: String
  private let key: KeyFile
  private let redactor: Redactor
  private let now: () -> Date
  private let session: String
  private var store: JournalStore?
  private var pending: [Draft] = []
  /// What the operator was told of the trouble that lasts; nil when all is well, or it came back once too often.
  private var told: Problem?
  /// Codes of troubles that were told before: on the edge of a full disk they come and go.
  private var toldBefore: Set<String> = []
  private var scribes: [Int: CaseScribe] = [:]
  /// Cases whose words were written in the clear before anybody could know, by their id; worked off when it can be.
  private var toBeSealed: Set<String> = []
  private var numbers: [String: Int] = [:]

  /// Where and how a journal is kept.
  public struct Settings: Sendable {
    let path: String
    let key: KeyFile
    let publicNumbers: Set<String>

    /// - Parameter publicNumbers: numbers that are never hidden, those of the contacts.
    public init(path: String, key: KeyFile, publicNumbers: Set<String>) {
      self.path = path
      self.key = key
      self.publicNumbers = publicNumbers
    }
  }

  /// - Parameter now: the clock.
  public init(_ settings: Settings, now: @escaping () -> Date = Date.init) {
    path = settings.path
    key = settings.key
    self.now = now
    redactor = Redactor(
      numbers: PersonalNumberFinder(publicNumbers: settings.publicNumbers), details: PrivateDetailFinder())
    session = Self.newID()
  }

  /// What became of an attempt to write.
  public enum Notice: Sendable, Equatable {
    /// It failed, for the first time: said once.
    case trouble(Diagnostic)
    /// So many events that had been kept in memory are now on disk.
    case recovered(Int)
  }

  /// Whether everything so far is on disk.
  public var isSaved: Bool { pending.isEmpty }
  /// How many events are kept in memory until the journal can be written again.
  public var waiting: Int { pending.count }

  // MARK: What happens

  public func openSession(knowledge: String) -> Notice? {
    var opened = Payload(), base = Payload()
    opened.process = ProcessIdentity.current()
    base.knowledge = knowledge
    return keep([
      Draft(session: session, kind: .sessionOpened, at: now(), payload: opened),
      Draft(session: session, kind: .knowledge, at: now(), payload: base),
    ])
  }

  public func closeSession() -> Notice? { keep([Draft(session: session, kind: .sessionClosed, at: now())]) }

  /// The last event of a conversation has happened.
  ///
  /// - Parameter position: the case, as the console counts them.
  public func happened(_ conversation: Conversation, inCase position: Int) -> Notice? {
    write(position, conversation) { $0.drafts(conversation, at: $1) }
  }

  /// The last event of a conversation was taken back.
  public func undone(_ conversation: Conversation, inCase position: Int) -> Notice? {
    write(position, conversation) { $0.drafts(.undone, conversation, at: $1) }
  }

  /// A conversation goes on under another channel's rules.
  public func branched(_ conversation: Conversation, inCase position: Int) -> Notice? {
    write(position, conversation) { $0.drafts(.branch, conversation, at: $1) }
  }

  /// The customer has gone, or a case that was left is taken up again. Nothing is written of a case without events.
  public func note(_ kind: Event.Kind, turn: Int, inCase position: Int) -> Notice? {
    guard let scribe = scribes[position] else { return nil }
    return keep([scribe.plain(kind, turn: turn, at: now())])
  }

  /// Goes on with a case of the journal at a position of the console's.
  ///
  /// - Returns: false when another console was faster.
  public func resume(_ record: CaseRecord, at position: Int) -> Bool {
    var scribe = CaseScribe(caseID: record.caseID, session: session, redactor: redactor)
    scribe.takeUp(record)
    let resumed = scribe.plain(.caseResumed, turn: record.turnCount, at: now())
    do {
      let store = try opened()
      let isOurs = try store.append([resumed], seal: { try key.seal() }) { database in
        try store.isLeft(record.caseID, by: session, in: database)
      }
      if isOurs == nil { return false }
    } catch {
      // The journal is away: the case goes on all the same, and is written when it comes back.
      _ = keep([resumed])
    }
    scribes[position] = scribe
    numbers[record.caseID] = record.number
    return true
  }

  /// The number the journal has given a case; nil before it is known.
  public func number(ofCase position: Int) -> Int? { scribes[position].flatMap { numbers[$0.caseID] } }

  /// Tries again to write what is waiting.
  public func retry() -> Notice? { pending.isEmpty ? nil : keep([]) }

  // MARK: What was left

  /// The number the next new case will have, and the last case that a console left without closing it.
  public func openCase() -> (next: Int, left: CaseRecord?)? {
    guard let store = try? opened() else { return nil }
    guard let next = try? store.nextCaseNumber() else { return nil }
    return (next, (try? CaseRecord.leftOpen(in: store, seal: (try? key.existingSeal()) ?? nil)) ?? nil)
  }

  // MARK: Writing

  private func write(_ position: Int, _ conversation: Conversation, _ drafts: (inout CaseScribe, Date) -> [Draft]) -> Notice? {
    let time = now()
    var new: [Draft] = []
    if scribes[position] == nil {
      let scribe = CaseScribe(caseID: Self.newID(), session: session, redactor: redactor)
      scribes[position] = scribe
      var payload = Payload()
      payload.channel = conversation.channel
      new = [scribe.plain(.caseOpened, turn: 0, payload, at: time)]
    }
    guard var scribe = scribes[position] else { return nil }
    let wasSealed = scribe.areWordsSealed
    new += drafts(&scribe, time)
    scribes[position] = scribe
    if scribe.areWordsSealed, !wasSealed {
      toBeSealed.insert(scribe.caseID)
      // What still waits in memory goes to disk sealed.
      pending = pending.map { $0.caseID == scribe.caseID ? $0.withWordsSealed() : $0 }
    }
    return keep(new)
  }

  private func keep(_ drafts: [Draft]) -> Notice? {
    pending += drafts
    do {
      let waiting = pending.count - drafts.count
      numbers.merge(try opened().append(pending, seal: { try key.seal() }) ?? [:]) { $1 }
      pending.removeAll()
      try sealEarlierWords()
      guard told != nil else { return nil }
      told = nil
      return .recovered(waiting)
    } catch {
      // The file may be another one by the next attempt.
      store = nil
      let trouble = error as? Diagnostic ?? Diagnostic(.journalFailed("\(error)"), at: Place(file: path))
      guard told == nil, toldBefore.insert(trouble.problem.code).inserted else { return nil }
      told = trouble.problem
      return .trouble(trouble)
    }
  }

  private func opened() throws -> JournalStore {
    // The file may have been moved, removed or replaced meanwhile.
    if let store, store.isInPlace { return store }
    let new = try JournalStore(path: path)
    store = new
    return new
  }

  private func sealEarlierWords() throws {
    for caseID in toBeSealed {
      let store = try opened(), seal = try key.seal()
      let earlier = try store.words(ofCase: caseID, seal: seal)
      if !earlier.isEmpty {
        var secret = Secret()
        secret.earlier = Dictionary(uniqueKeysWithValues: earlier.map { ("\($0.number)", $0.secret) })
        let draft = Draft(
          caseID: caseID, session: session, kind: .sealedLater, at: now(), secret: secret, drops: earlier.map(\.number))
        try store.append([draft], seal: { seal })
        try store.settle()
      }
      toBeSealed.remove(caseID)
    }
  }

  private static func newID() -> String {
    (0..<2).map { _ in String(UInt32.random(in: .min ... .max), radix: 16) }.joined()
  }
}
