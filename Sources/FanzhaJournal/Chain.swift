import Crypto
import Foundation

/// How events are chained: each carries the hash of the one before.
///
/// The hash covers a salted digest of what an event says, not the text itself: text and salt can be dropped when
/// their time is over, and the chain still proves that something was there, when, and in which order.
enum Chain {
  static let first = Data(repeating: 0, count: 32)
  static let saltLength = 16

  static func digest(salt: Data, payload: String, sealed: Data?) -> Data {
    var hash = SHA256()
    hash.update(data: salt)
    hash.update(data: Data(payload.utf8))
    hash.update(data: Data([0]))
    hash.update(data: sealed ?? Data())
    return Data(hash.finalize())
  }

  /// - Parameter fields: none of them may hold a NUL.
  static func hash(previous: Data, fields: [String], digest: Data) -> Data {
    var hash = SHA256()
    hash.update(data: previous)
    for field in fields { hash.update(data: Data((field + "\0").utf8)) }
    hash.update(data: digest)
    return Data(hash.finalize())
  }

  static func newSalt() -> Data { SymmetricKey(size: .bits128).withUnsafeBytes { Data($0) } }
}
