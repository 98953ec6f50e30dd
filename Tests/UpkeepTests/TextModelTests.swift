import FanzhaDialogue
import FanzhaKnowledge
import FanzhaReading
import FanzhaReplay
import TestSupport
import Foundation
import Testing

@testable import FanzhaUpkeep

@Suite struct TextModelTests {
  private static let texts = [
    ("romance", ["网上认识的男朋友要借钱", "男朋友没见过面", "网上认识的对象说爱我", "对象在国外要借钱"]),
    ("renovation", ["装修付瓦工的尾款", "给瓦工结装修的钱", "装修材料的定金", "厨房装修的尾款"]),
  ]

  private func examples() throws -> [TextModelFitting.Example] {
    let reader = Reader(try SmallBase.load())
    return try Self.texts.flatMap { label, texts in
      try texts.map { text in
        let recording = RecordedDialogue(
          id: "", channel: nil, turns: [RecordedDialogue.Turn(speaker: .customer, text: text)], family: label)
        return try #require(TextModelFitting.Example(recording, reader))
      }
    }
  }

  @Test func itTellsWhatItWasFittedTo() throws {
    let examples = try examples()
    let model = TextModelFitting()(examples)
    #expect(model.classes == ["renovation", "romance"])
    let check = TextModelCheck(model, examples)
    #expect(check.count == 8 && check.firstOfAll == 1 && check.firstOfKind == 1)
    for example in examples {
      #expect(abs(model.logProbabilities(example.runs).reduce(0) { $0 + exp($1) } - 1) < 1e-9)
    }
  }

  @Test func theSameTextGivesTheSameModel() throws {
    let examples = try examples()
    #expect(TextModelFitting()(examples) == TextModelFitting()(examples))
  }

  @Test func asAFileItSaysTheSame() throws {
    let examples = try examples()
    let model = TextModelFitting()(examples)
    let read = try #require(TextModel(decoding: model.encoded()))
    #expect(read.classes == model.classes && read.features == model.features && read.encoded() == model.encoded())
    #expect(TextModelCheck(read, examples).firstOfAll == 1)
    #expect(TextModel(decoding: model.encoded().dropLast()) == nil)
    #expect(TextModel(decoding: .init("something else".utf8)) == nil)
  }

  @Test func itTellsFamiliesApartAndLeavesTheOddsAlone() throws {
    let base = try SmallBase.load()
    var files = SmallBase.files(replacing: [:])
    files.model = TextModelFitting()(try examples()).encoded()
    let fitted = try KnowledgeLoader.load(files)
    #expect(base.version != fitted.version)
    let line = SpokenLine(parsing: "对象在国外,男朋友没见过面")
    func advice(_ engine: Engine) -> Advice {
      var talk = Conversation(engine: engine, channel: .counter)
      return talk.add(line)
    }
    let plain = advice(Engine(base)), sharp = advice(Engine(fitted)), off = advice(Engine(fitted, usesModel: false))
    #expect(abs(plain.scamProbability - sharp.scamProbability) < 1e-3)
    let share = { (advice: Advice) in advice.suspects.first { $0.family == "romance" }?.probability ?? 0 }
    #expect(share(sharp) > share(plain) && share(off) == share(plain))
    // Taken back is as if it had never been said.
    var talk = Conversation(engine: Engine(fitted), channel: .counter)
    let before = talk.advice
    talk.add(line)
    talk.undo()
    #expect(talk.advice == before)
  }
}
