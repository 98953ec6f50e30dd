import FanzhaPrivacy
import Foundation

/// An event that is still to be written. It is in memory only, so it may hold words as they were said.
struct Draft {
  let caseID: String
  let session: String
  let turn: Int
  let kind: Event.Kind
  let at: Date
  /// Words already replaced by their marks.
  var payload: Payload
  /// What is to be sealed; nil when there is nothing.
  let secret: Secret?
  /// Events whose text this one takes over or ends.
  let drops: [Int64]

  init(
    caseID: String = "", session: String, turn: Int = 0, kind: Event.Kind, at: Date, payload: Payload = Payload(),
    secret: Secret? = nil, drops: [Int64] = []
  ) {
    self.caseID = caseID
    self.session = session
    self.turn = turn
    self.kind = kind
    self.at = at
    self.payload = payload
    self.secret = secret
    self.drops = drops
  }

  /// The same with its words taken out of the clear.
  func withWordsSealed() -> Self {
    guard payload.text != nil || payload.reason != nil else { return self }
    var bare = payload
    (bare.text, bare.reason) = (nil, nil)
    var secret = secret ?? Secret()
    (secret.text, secret.reason) = (payload.text, payload.reason)
    return Self(
      caseID: caseID, session: session, turn: turn, kind: kind, at: at, payload: bare, secret: secret, drops: drops)
  }

  /// An event as it goes into the table, but for its place in the chain.
  struct Written {
    let caseID: String
    let session: String
    let turn: Int
    let kind: Event.Kind
    let at: String
    let payload: String
    let sealed: Data?
    let drops: [Int64]
  }

  func written(_ seal: () throws -> Seal) throws -> Written {
    var payload = payload
    if !drops.isEmpty { payload.events = drops }
    return Written(
      caseID: caseID, session: session, turn: turn, kind: kind, at: Timestamp.text(at), payload: try payload.encoded(),
      sealed: try secret.map { try seal().close(try JSONEncoder().encode($0), at: Secret.place(caseID, kind)) },
      drops: drops)
  }
}

/// What stands sealed beside an event.
public struct Secret: Sendable, Equatable, Codable {
  /// What the marks in the text stand for.
  public var marks: [String: String] = [:]
  /// The words themselves, of a case whose words are not to be read.
  public var text: String?
  public var reason: String?
  /// The same of earlier events, by their number, with all that they said.
  public var earlier: [String: Secret]?
  public var payload: Payload?

  var isEmpty: Bool { self == Secret() }

  /// What a secret is bound to: it opens in no other case and as no other kind of event.
  static func place(_ caseID: String, _ kind: Event.Kind) -> String { "\(caseID)/\(kind.rawValue)" }
}

extension Event {
  /// Opens what is sealed beside the event; nil when nothing is.
  ///
  /// - Throws: ``Diagnostic`` when the key does not open it.
  public func secret(_ seal: Seal) throws -> Secret? {
    try sealed.map { try JSONDecoder().decode(Secret.self, from: try seal.open($0, at: Secret.place(caseID, kind))) }
  }
}
