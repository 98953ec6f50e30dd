import Foundation
import Synchronization

/// Traditional characters to simplified ones, one by one, as ICU has them.
///
/// ICU's transliterator costs tens of microseconds a call, a table of all characters tens of milliseconds at
/// start-up; so each character is asked for once, when it is first met.
final class Simplification: Sendable {
  static let shared = Simplification()

  private static let first: UInt32 = 0x3400
  private static let last: UInt32 = 0x9FFF
  /// By character of the block, 0 while it has not been asked for.
  private let known = Mutex<[UInt32]>([UInt32](repeating: 0, count: Int(last - first) + 1))

  subscript(scalar: UInt32) -> UInt32 {
    guard (Self.first...Self.last).contains(scalar) else { return Self.ask(scalar) }
    return known.withLock { known in
      let index = Int(scalar - Self.first)
      if known[index] == 0 { known[index] = Self.ask(scalar) }
      return known[index]
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
