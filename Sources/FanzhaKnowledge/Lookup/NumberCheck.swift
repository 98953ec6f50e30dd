import FanzhaCatalogue

/// Whether a telephone number is what it claims to be: what is known of it, and of numbers of its shape.
public struct NumberCheck: Sendable, Equatable {
  public let lines: [String]

  /// Nil for a text without digits.
  public init?(_ number: String, in base: KnowledgeBase) {
    let digits = number.filter { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty else { return nil }
    if let contact = base.contacts.first(where: { $0.number == digits }) {
      lines = [
        Message.numberKnown(digits, name: contact.name).text(), Message.numberFor(contact.purpose).text(),
      ] + (contact.notFor.map { [Message.numberNotFor($0).text()] } ?? [])
        + [Message.numberMayBeForged.text(), Message.grade(contact.grade ?? "").text()]
      return
    }
    let shapes = base.reference.numberShapes.filter {
      digits.hasPrefix($0.begins) && ($0.length == nil || $0.length == digits.count)
    }
    let shape = shapes.max { $0.begins.count < $1.begins.count }
    lines = [Message.numberUnknown(digits).text()]
      + (shape.map { [$0.says, Message.numberTodo($0.todo).text(), Message.caveat($0.caveat?.rawValue).text()] } ?? [])
      + [Message.numberOwnWay.text()]
  }
}
