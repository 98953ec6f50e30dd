import FanzhaDialogue
import Foundation

/// What an engine did on dialogues whose truth is known. Every figure is a count over dialogues or turns.
public struct Evaluation: Sendable, Encodable {
  public private(set) var dialogues = 0
  public private(set) var withoutTruth = 0
  public private(set) var scam = Share()
  /// Scams let go at `proceed`.
  public private(set) var scamReleased = Share()
  /// Honest dialogues that end above their bound.
  public private(set) var honestStopped = Share()
  public private(set) var honestEverStopped = Share()
  public private(set) var familyFirst = Share()
  public private(set) var familyAmongThree = Share()
  public private(set) var purposeFirst = Share()
  public private(set) var proceduresGiven = Share()
  public private(set) var proceduresUncalled = Share()
  /// Mean squared error of the scam probability at the end.
  public private(set) var brier = Mean()
  /// Turns from the decisive turn to the first pause; nil (never paused) sorts last.
  public private(set) var lags: [Int?] = []
  /// Distinct questions shown to honest customers.
  public private(set) var questionsToHonest = Mean()
  /// Always pausing, always reporting: what a rule without understanding would get.
  public private(set) var alwaysPause = Share()
  public private(set) var alwaysReport = Share()

  public init() {}

  public struct Share: Sendable, Encodable {
    public private(set) var hits = 0
    public private(set) var of = 0
    /// Nil when there was nothing to count.
    public var value: Double? { of == 0 ? nil : Double(hits) / Double(of) }

    mutating func count(_ hit: Bool) {
      of += 1
      if hit { hits += 1 }
    }
  }

  public struct Mean: Sendable, Encodable {
    public private(set) var sum = 0.0
    public private(set) var of = 0
    public var value: Double? { of == 0 ? nil : sum / Double(of) }

    mutating func add(_ number: Double) {
      of += 1
      sum += number
    }
  }

  /// Median lag; nil when there is none, infinite when most were never paused.
  public var medianLag: Double? {
    guard !lags.isEmpty else { return nil }
    let sorted = lags.map { $0.map(Double.init) ?? .infinity }.sorted()
    return sorted[(sorted.count - 1) / 2]
  }

  /// Adds one dialogue by the advice it got, turn by turn.
  public mutating func add(_ dialogue: RecordedDialogue, _ reports: [TurnReport]) {
    dialogues += 1
    guard let truth = dialogue.truth, let last = reports.last?.advice else {
      withoutTruth += 1
      return
    }
    let isScam = truth.verdict == .scam
    brier.add(pow(last.scamProbability - (isScam ? 1 : 0), 2))
    let families = last.suspects.map(\.family).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    if isScam {
      let bounds = truth.levelMin...max(truth.levelMin, truth.levelMax)
      scam.count(bounds.contains(last.level))
      alwaysPause.count(bounds.contains(2))
      alwaysReport.count(bounds.contains(3))
      scamReleased.count(last.level == 0)
      if !truth.families.isEmpty {
        familyFirst.count(families.prefix(1).contains(where: truth.families.contains))
        familyAmongThree.count(families.prefix(3).contains(where: truth.families.contains))
      }
      if let decisive = truth.decisiveTurn {
        lags.append(reports.first { $0.advice.level >= 2 }.map { $0.turn - decisive })
      }
    } else {
      // Proceeding and verifying are not held against each other on honest business.
      let bound = max(truth.levelMax, 1)
      honestStopped.count(last.level > bound)
      honestEverStopped.count(reports.contains { $0.advice.level > bound })
      if !truth.families.isEmpty {
        let purposes = last.suspects.filter { $0.kind == .purpose }.map(\.family)
        purposeFirst.count(purposes.prefix(1).contains(where: truth.families.contains))
      }
      questionsToHonest.add(Double(Set(reports.compactMap(\.advice.question?.id)).count))
    }
    for procedure in truth.procedures { proceduresGiven.count(last.procedures.contains(procedure)) }
    let uncalled = Set(last.procedures).subtracting(truth.procedures).subtracting(truth.proceduresMaybe)
    proceduresUncalled.count(!uncalled.isEmpty)
  }

  private enum CodingKeys: CodingKey {
    case dialogues, withoutTruth, scamLevelInBounds, scamReleased, honestStopped, honestEverStopped, familyFirst
    case familyAmongThree, purposeFirst, proceduresGiven, proceduresUncalled, brier, medianLag, questionsPerHonest
    case alwaysPause, alwaysReport
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(dialogues, forKey: .dialogues)
    try fields.encode(withoutTruth, forKey: .withoutTruth)
    try fields.encode(scam.value, forKey: .scamLevelInBounds)
    try fields.encode(scamReleased.value, forKey: .scamReleased)
    try fields.encode(honestStopped.value, forKey: .honestStopped)
    try fields.encode(honestEverStopped.value, forKey: .honestEverStopped)
    try fields.encode(familyFirst.value, forKey: .familyFirst)
    try fields.encode(familyAmongThree.value, forKey: .familyAmongThree)
    try fields.encode(purposeFirst.value, forKey: .purposeFirst)
    try fields.encode(proceduresGiven.value, forKey: .proceduresGiven)
    try fields.encode(proceduresUncalled.value, forKey: .proceduresUncalled)
    try fields.encode(brier.value, forKey: .brier)
    // JSON has no infinity: a lag that was never closed is null, as is one that was never measured.
    try fields.encode(medianLag.flatMap { $0.isFinite ? $0 : nil }, forKey: .medianLag)
    try fields.encode(questionsToHonest.value, forKey: .questionsPerHonest)
    try fields.encode(alwaysPause.value, forKey: .alwaysPause)
    try fields.encode(alwaysReport.value, forKey: .alwaysReport)
  }
}
