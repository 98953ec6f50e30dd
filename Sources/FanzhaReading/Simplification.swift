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
  /// The supplementary planes: too many to keep, too rare to matter.
  private static let rare: ClosedRange<UInt32> = 0x20000...0x2FFFF
  /// By character of the block, 0 while it has not been asked for.
  private let known = Mutex<[UInt32]>([UInt32](repeating: 0, count: Int(last - first) + 1))

  /// Simplifies what is Chinese in a text and leaves the rest. Locked once a text: threads that read at the same time
  /// would else wait for each other at every character.
  func simplify(_ scalars: inout [UInt32]) {
    known.withLock { known in
      for position in scalars.indices {
        let scalar = scalars[position]
        switch scalar {
        case Self.first...Self.last:
          let index = Int(scalar - Self.first)
          if known[index] == 0 { known[index] = Self.ask(scalar) }
          scalars[position] = known[index]
        case Self.rare: scalars[position] = Self.ask(scalar)
        default: break
        }
      }
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
