import FanzhaCatalogue
import Foundation

/// An evaluation as a short table.
public enum EvaluationText {
  public static func lines(_ evaluation: Evaluation) -> [String] {
    var lines = [Message.evaluationHead(evaluation.dialogues, withoutTruth: evaluation.withoutTruth).text()]
    func add(_ label: Message, _ value: String) { lines.append("  \(label.text())  \(value)") }
    add(.scamInBounds, share(evaluation.scam))
    add(.alwaysBaselines, "\(share(evaluation.alwaysPause)) / \(share(evaluation.alwaysReport))")
    add(.scamReleased, share(evaluation.scamReleased))
    add(.honestStopped, share(evaluation.honestStopped))
    add(.honestEverStopped, share(evaluation.honestEverStopped))
    add(.familyFirst, share(evaluation.familyFirst))
    add(.familyAmongThree, share(evaluation.familyAmongThree))
    add(.purposeFirst, share(evaluation.purposeFirst))
    add(.proceduresGiven, share(evaluation.proceduresGiven))
    add(.proceduresUncalled, share(evaluation.proceduresUncalled))
    add(.brier, number(evaluation.brier.value))
    add(.medianLag, number(evaluation.medianLag))
    add(.questionsPerHonest, number(evaluation.questionsToHonest.value))
    return lines
  }

  private static func share(_ share: Evaluation.Share) -> String {
    guard let value = share.value else { return "-" }
    return "\(String(format: "%.1f", value * 100))% (\(share.hits)/\(share.of))"
  }

  private static func number(_ value: Double?) -> String {
    guard let value else { return "-" }
    return value.isFinite ? String(format: "%.3f", value) : "∞"
  }
}
