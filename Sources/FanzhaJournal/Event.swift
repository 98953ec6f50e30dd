import FanzhaKnowledge
import Foundation

/// One thing that happened, as it stands in the journal. Never changed; what it says may be dropped when its time
/// is over.
public struct Event: Sendable, Equatable {
  /// From 1, without gaps.
  public let number: Int64
  /// The case it belongs to, from 1; 0 for what belongs to none.
  public let caseNumber: Int
  /// Random, so that nothing sealed for one case opens in another.
  public let caseID: String
  /// Of the console that wrote it.
  public let session: String
  /// Of the conversation, from 1; 0 before the first.
  public let turn: Int
  public let kind: Kind
  public let at: Date
  /// Nil once dropped.
  public let payload: Payload?
  /// What only the key opens; nil when there was nothing to seal, or it was dropped.
  let sealed: Data?

  public enum Kind: String, Sendable, CaseIterable {
    case sessionOpened = "session-opened"
    case sessionClosed = "session-closed"
    case caseOpened = "case-opened"
    case caseClosed = "case-closed"
    /// Taken up again, after a crash or by `/undo`.
    case caseResumed = "case-resumed"
    /// The knowledge base that advice rests on from here.
    case knowledge
    case turn
    case reading
    case advice
    case questionShown = "question-shown"
    case questionAsked = "question-asked"
    case questionDismissed = "question-dismissed"
    case answer
    case stepDone = "step-done"
    case stepSkipped = "step-skipped"
    case override
    case levelCleared = "level-cleared"
    case note
    /// What the customer came for was chosen.
    case business
    /// A sheet was given to read; the customer alone signs it.
    case sheetShown = "sheet-shown"
    /// The last event of the conversation was taken back.
    case undone
    /// The conversation goes on under another channel's rules.
    case branch
    /// A sealed value was shown to somebody.
    case sealShown = "seal-shown"
    /// Words written in the clear before the case turned out to be one whose words are sealed.
    case sealedLater = "sealed-later"
    case dropped
    case exported
  }
}

/// What an event says, as plain JSON; only the fields of its kind are there.
public struct Payload: Sendable, Equatable, Codable {
  // Said and done.
  public var speaker: Speaker?
  /// Personal numbers, names and the like stand as marks; nil where all of it is sealed.
  public var text: String?
  public var reason: String?
  public var question: String?
  public var option: String?
  public var step: String?
  public var business: String?
  public var sheet: String?
  /// Of the sheet: the day it was last changed.
  public var version: String?
  /// The words that were said tell that the step was done; nobody ticked it.
  public var isHeard: Bool?
  public var level: Int?
  public var channel: Channel?
  // Understood and advised.
  public var cues: [Cue]?
  public var scamProbability: Double?
  public var suspects: [Suspect]?
  public var procedures: [String]?
  public var steps: [String]?
  public var script: String?
  public var knowledge: String?
  // About the journal itself.
  /// Numbers of events.
  public var events: [Int64]?
  public var process: ProcessIdentity?

  public struct Cue: Sendable, Equatable, Codable {
    public let fact: String
    public let value: String
    public let polarity: String
  }

  public struct Suspect: Sendable, Equatable, Codable {
    public let id: String
    public let probability: Double
  }

  public init() {}

  func encoded() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}

/// Which process a session is, so that a case left open can be told from one that is being worked on.
public struct ProcessIdentity: Sendable, Equatable, Codable {
  public let pid: Int32
  /// In clock ticks since boot, as the system counts; a number that was used again starts at another.
  public let started: String
  public let boot: String

  public static func current() -> Self {
    Self(pid: getpid(), started: startTime(of: getpid()) ?? "", boot: bootID)
  }

  public var isAlive: Bool { boot == Self.bootID && Self.startTime(of: pid) == started }

  private static var bootID: String {
    (try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8))?
      .trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
  }

  private static func startTime(of pid: Int32) -> String? {
    guard let status = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
      // The program's name, in brackets, may hold anything.
      let afterName = status.lastIndex(of: ")")
    else { return nil }
    let fields = status[afterName...].split(separator: " ")
    return fields.count > 20 ? String(fields[20]) : nil
  }
}
