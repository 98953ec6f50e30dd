import Foundation
import Synchronization

/// Traditional characters to simplified ones, one by one, as ICU has them.
///
/// ICU's transliterator costs tens of microseconds a call, a table of all characters tens of milliseconds at
/// start-up; so each character is asked for once, when it is first met.
final class Simplification: Sendable {
  static let shared = Simplification()

  private let known = Mutex<[UInt32: UInt32]>([:])

  subscript(scalar: UInt32) -> UInt32 {
    known.withLock { known in
      if let simplified = known[scalar] { return simplified }
      let simplified = Self.ask(scalar)
      known[scalar] = simplified
      return simplified
    }
  }

  private static func ask(_ value: UInt32) -> UInt32 {
    guard let scalar = Unicode.Scalar(value),
      let text = String(Character(scalar)).applyingTransform(StringTransform("Traditional-Simplified"), reverse: false),
      let first = text.unicodeScalars.first, text.unicodeScalars.count == 1
    else { return value }
    return first.value
  }
}
