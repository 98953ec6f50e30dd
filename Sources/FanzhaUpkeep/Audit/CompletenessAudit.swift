import FanzhaCatalogue
import FanzhaKnowledge

/// What a whole base has: the seed's forty, the ministry's ten, a sheet for each family, a start for each business.
extension KnowledgeAudit {
  var completeness: [Diagnostic] { seedTable + sheets + starts + settlements }

  private var seedTable: [Diagnostic] {
    let place = Place(file: "seed.yaml")
    let entries = base.seed.scams + base.seed.ministryClasses
    let missing = SeedTable.ids.filter { id in !base.seed.scams.contains { $0.id == id } }
    let strangers = base.seed.scams.filter { !SeedTable.ids.contains($0.id) }
    return missing.map { Diagnostic(.seedMissing($0), at: place) }
      + strangers.map { Diagnostic(.seedUnknown($0.id), at: $0.place) }
      + entries.filter { !$0.isResolved }.map { Diagnostic(.seedUnresolved($0.id), at: $0.place) }
      + (base.seed.ministryClasses.count == SeedTable.ministryClassCount
        ? [] : [Diagnostic(.ministryIncomplete(base.seed.ministryClasses.count), at: place)])
      + base.seed.ministryClasses.filter(\.patterns.isEmpty).map {
        Diagnostic(.seedUnresolved($0.id), at: $0.place)
      }
  }

  private var sheets: [Diagnostic] {
    let covered = Set(base.tips.filter { $0.kind == .riskSheet }.flatMap(\.audience))
    return Hypothesis.families.filter { !covered.contains($0) }
      .map { Diagnostic(.sheetMissing($0), at: Place(file: "tips")) }
  }

  /// Everything a customer can come for, but for what is none of the listed kinds.
  private var starts: [Diagnostic] {
    let values = base.fact(.business)?.values ?? []
    return values.filter { value in
      value.id != "other-service" && !base.businesses.contains { $0.id == value.id }
    }.map { Diagnostic(.startMissing($0.id.text), at: $0.place) }
  }

  /// A purpose says what confirms it and asks two or three questions that clear it.
  private var settlements: [Diagnostic] {
    base.hypotheses.filter { $0.kind == .purpose && ($0.confirmedBy.isEmpty || $0.questions.count < 2) }
      .map { Diagnostic(.purposeUnsettled($0.id.text), at: $0.place) }
  }
}
