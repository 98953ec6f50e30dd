import Testing

@testable import FanzhaPrivacy

@Suite struct RedactorTests {
  private var redactor = Redactor(numbers: PersonalNumberFinder(), details: PrivateDetailFinder())

  @Test(arguments: [
    ("户名是张三丰", "户名是[name1]"), ("收款人:欧阳小明,没见过", "收款人:[name1],没见过"), ("他叫李四的那个人", "他叫[name1]的那个人"),
    ("微信号abc_12345找我", "微信号[social1]找我"), ("QQ 123456789", "QQ [social1]"), ("发到someone@example.com", "发到[social1]"),
    ("车牌京A12345停在门口", "车牌[plate1]停在门口"), ("住在幸福路12号3栋2单元501室", "住在[address1]"),
  ])
  func privateDetails(_ text: String, _ expected: String) {
    var redactor = redactor
    #expect(redactor.redact(text).text == expected)
  }

  @Test(arguments: [
    "我叫他别转", "收款人是对方", "户名对不上", "转给王警官", "微信上认识的", "他叫我先付钱", "路上堵车", "自称公安局的", "村里都交了", "给了8000", "汇给他",
    "京东客服", "微信转账", "打给我了",
  ])
  func ordinaryWordsStay(_ text: String) {
    var redactor = redactor
    #expect(redactor.redact(text) == Redactor.Redaction(text: text, taken: [:]))
  }

  @Test func theSameNameKeepsItsMark() {
    var redactor = redactor
    #expect(redactor.redact("户名张三").text == "户名[name1]")
    #expect(redactor.redact("收款人李四").text == "收款人[name2]")
    #expect(redactor.redact("户名是张三").text == "户名是[name1]")
  }

  @Test func whatWasTakenCanBePutBack() {
    var redactor = redactor
    let text = "户名张三,卡4111111111111111,另一张4222222222221111"
    let redaction = redactor.redact(text)
    #expect(redaction.text == "户名[name1],卡[acct*1111],另一张[acct*1111 bad]")
    let back = redaction.taken.reduce(redaction.text) { $0.replacing($1.key, with: $1.value) }
    #expect(back == text)
  }

  @Test func twoNumbersThatEndAlikeAreTold() {
    var redactor = redactor
    let redaction = redactor.redact("13000000000 和 13100000000")
    #expect(redaction.text == "[tel*0000] 和 [tel*0000 2]")
    #expect(Set(redaction.taken.values) == ["13000000000", "13100000000"])
  }

  @Test func whatLooksLikeAMarkIsKeptApart() {
    var redactor = redactor
    let redaction = redactor.redact("他打了[name1],户名张三")
    #expect(redaction.text == "他打了[name1],户名[name2]")
    #expect(redaction.taken == ["[name1]": "[name1]", "[name2]": "张三"])
  }

  @Test func aLongLineTakesNoLonger() {
    var redactor = redactor
    #expect(redactor.redact(String(repeating: "a", count: 200_000)).taken.isEmpty)
    #expect(redactor.redact(String(repeating: "12a", count: 100_000)).taken.isEmpty)
  }

  @Test func aCaseTakenUpAgainGoesOnCounting() {
    var redactor = redactor
    redactor.learn(["[name1]": "张三", "[name2]": "李四"])
    #expect(redactor.redact("户名李四").text == "户名[name2]")
    #expect(redactor.redact("户名王五").text == "户名[name3]")
  }
}
