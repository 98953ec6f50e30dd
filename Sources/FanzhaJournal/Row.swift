import FanzhaCatalogue
import Foundation
import GRDB

/// An event as the table has it.
struct Row: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "event"

  let number: Int64
  let caseNumber: Int
  let caseID: String
  let session: String
  let turn: Int
  let kind: String
  /// ISO 8601 in UTC, to the millisecond.
  let at: String
  let payload: String?
  let salt: Data?
  let sealed: Data?
  let digest: Data
  let previous: Data
  let hash: Data

  var expectedHash: Data {
    Chain.hash(
      previous: previous, fields: ["\(number)", "\(caseNumber)", caseID, session, "\(turn)", kind, at], digest: digest)
  }

  func with(hash: Data) -> Self {
    Self(
      number: number, caseNumber: caseNumber, caseID: caseID, session: session, turn: turn, kind: kind, at: at,
      payload: payload, salt: salt, sealed: sealed, digest: digest, previous: previous, hash: hash)
  }

  /// - Throws: ``Diagnostic`` when it is none that this program writes.
  func event(_ path: String) throws -> Event {
    let content = try? payload.map { try JSONDecoder().decode(Payload.self, from: Data($0.utf8)) }
    guard let kind = Event.Kind(rawValue: kind), let at = Timestamp.date(at), content != nil || payload == nil else {
      throw Diagnostic(.brokenEvent(Int(number), .changed), at: Place(file: path))
    }
    return Event(
      number: number, caseNumber: caseNumber, caseID: caseID, session: session, turn: turn, kind: kind, at: at,
      payload: content ?? nil, sealed: sealed)
  }
}

/// Times as the journal writes them.
enum Timestamp {
  private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

  static func text(_ date: Date) -> String { date.formatted(style) }
  static func date(_ text: String) -> Date? { try? Date(text, strategy: style) }
}
