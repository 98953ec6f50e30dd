import Dispatch
import Foundation

/// Work on a list, spread over the cores.
public enum Parallel {
  /// Results keep the order of the list.
  public static func map<Item: Sendable, Result: Sendable>(
    _ items: [Item], _ work: @escaping @Sendable (Item) -> Result
  ) -> [Result] {
    // In runs, so that threads meet rarely; several a core, so that none waits long for the last.
    let runs = min(items.count, 4 * ProcessInfo.processInfo.activeProcessorCount)
    guard runs > 1 else { return items.map(work) }
    let slots = Slots<[Result]>(count: runs)
    DispatchQueue.concurrentPerform(iterations: runs) { run in
      let range = items.count * run / runs..<items.count * (run + 1) / runs
      slots.set(items[range].map(work), at: run)
    }
    return slots.values.flatMap { $0 }
  }

  /// One place for each result; every place is written once, by one thread.
  private final class Slots<Value: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var slots: [Value?]

    init(count: Int) { slots = Array(repeating: nil, count: count) }

    func set(_ value: Value, at index: Int) { lock.withLock { slots[index] = value } }
    var values: [Value] { slots.compactMap(\.self) }
  }
}
