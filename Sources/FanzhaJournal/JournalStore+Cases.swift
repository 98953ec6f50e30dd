import FanzhaCatalogue
import FanzhaPrivacy
import Foundation

extension JournalStore {
  /// Every case, in the order of their numbers, with what is sealed left sealed.
  public func cases() throws -> [CaseRecord] {
    let events = Dictionary(grouping: try events().filter { $0.caseNumber > 0 }, by: \.caseNumber)
    return try events.keys.sorted().compactMap { try CaseRecord(events[$0] ?? [], seal: nil) }
  }

  /// One case.
  ///
  /// - Parameter seal: what opens its sealed words; nil to leave them.
  /// - Throws: ``Diagnostic`` when there is no such case, or the seal does not open it.
  public func record(ofCase number: Int, seal: Seal? = nil) throws -> CaseRecord {
    guard let record = try CaseRecord(try events(ofCase: number), seal: seal) else {
      throw Diagnostic(.noSuchCase(number), at: Place(file: path))
    }
    return record
  }

  /// Puts on record what was done with a case from outside: its sealed words were shown, it was given away, a sheet
  /// was printed for it.
  public func note(_ kind: Event.Kind, of record: CaseRecord, _ payload: Payload = Payload(), at time: Date) throws {
    try append(
      [Draft(caseID: record.caseID, session: "", turn: record.turnCount, kind: kind, at: time, payload: payload)],
      seal: { throw Diagnostic(.sealDoesNotOpen) })
  }
}
