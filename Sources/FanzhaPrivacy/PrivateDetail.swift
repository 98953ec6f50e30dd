import Foundation

/// A name, an account in a social network, an address or a plate, found by the words that introduce it.
public struct PrivateDetail: Sendable, Equatable {
  public enum Kind: String, Sendable {
    case name, social, address, plate
  }

  public let kind: Kind
  public let range: Range<String.Index>
}

/// Finds private details in free text. Names have no form of their own: they are known by what stands before them
/// (户名, 我叫, 收款人是) and by the surname, so this is a careful guess and not a promise.
public struct PrivateDetailFinder: Sendable {
  private let patterns: [(kind: PrivateDetail.Kind, expression: NSRegularExpression)]

  public init() {
    // Each expression captures the detail itself in its first group.
    let sources: [(PrivateDetail.Kind, String)] = [
      // What looks like one of our own marks is what somebody typed.
      (.name, #"(\[(?:name|social|address|plate|acct|id|tel)[^\]]{0,20}\])"#),
      (.social, #"(?:微信|薇信|vx|wx|qq|抖音|快手|陌陌|探探|支付宝|telegram|whatsapp|line|skype)(?:号|账号|帐号|id)?\s*(?:是|为|叫|[:：])?\s*([a-z0-9_.+-]{5,40}(?:@[a-z0-9.-]+)?)"#),
      (.social, #"(?<![a-z0-9_.+-])([a-z0-9_.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5})"#),
      (.plate, #"([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-z][·\s-]?[a-z0-9]{5,6}[挂学警港澳]?)(?![a-z0-9])"#),
      (.address, #"([[\p{Han}0-9a-z]&&[^我你他她咱俺在到住送去把给从往的了是于来家址叫让钱人取拿交寄找就]]{1,10}(?:路|街|巷|弄|大道|胡同|村|小区|花园|公寓|大厦|新村|家园)[\p{Han}0-9a-z]{0,4}[0-9]+(?:号|弄|栋|幢|座|楼|室|单元)(?:[0-9a-z]+(?:号|栋|幢|座|楼|单元|室|层))*(?:[0-9]{2,5}室?)?)"#),
      (.address, #"([0-9]+(?:栋|幢|座|号楼)[0-9a-z]+(?:单元|室|号|层)(?:[0-9]+(?:室|号)?)?)"#),
      (.name, "(?:\(introductions))\\s*(?:是|为|叫|写的是|写着|[:：])?\\s*((?:\(surnames))(?!\(titles))\\p{Han}{1,2}?)(?=$|[^\\p{Han}]|\(followers))"),
    ]
    patterns = sources.compactMap { kind, source in
      (try? NSRegularExpression(pattern: source, options: [.caseInsensitive])).map { (kind, $0) }
    }
  }

  /// In the order of the text, without overlaps; of two that overlap, the one that begins first.
  public func find(in text: String) -> [PrivateDetail] {
    let whole = NSRange(text.startIndex..., in: text)
    let all = patterns.flatMap { kind, expression in
      expression.matches(in: text, range: whole).compactMap { match in
        Range(match.range(at: 1), in: text).map { PrivateDetail(kind: kind, range: $0) }
      }
    }
    return all.sorted { ($0.range.lowerBound, $1.range.upperBound) < ($1.range.lowerBound, $0.range.upperBound) }
      .reduce(into: []) { kept, detail in
        if kept.last.map({ $0.range.upperBound <= detail.range.lowerBound }) ?? true { kept.append(detail) }
      }
  }
}

/// What a name follows.
private let introductions = [
  "户名", "户主", "开户名", "姓名", "名字", "名叫", "我叫", "他叫", "她叫", "收款人", "收款方", "持卡人", "联系人", "事主", "本名", "真名", "化名",
  "自称", "转给", "汇给", "打给",
].joined(separator: "|")

/// With one of these a surname alone is no name.
private let titles = [
  "警官", "警察", "经理", "老师", "主任", "女士", "先生", "总", "队", "科长", "教授", "律师", "师傅", "阿姨", "大爷", "大妈", "同志", "小姐", "姐", "哥",
  "叔", "婶", "老板", "医生", "法官", "检察", "处长", "局长", "书记", "会计", "某", "家", "姓",
].joined(separator: "|")

/// What may stand right behind a name without being part of it.
private let followers = [
  "的", "了", "是", "在", "说", "让", "叫", "给", "不", "我", "他", "她", "你", "您", "啊", "吗", "呢", "转", "汇", "打", "也", "就", "都", "和", "跟",
  "同", "与", "卡", "户", "账", "帐", "电", "先", "女", "这", "那", "一", "两", "三", "五", "十", "今", "昨", "要", "有", "没", "收", "到", "已", "还", "被",
  "对", "把", "从", "来", "去", "用", "手", "身", "住", "行", "开",
].joined(separator: "|")

/// The surnames that most people bear (百家姓 in today's order), two-character ones first.
private let surnames = [
  "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "司徒", "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴",
  "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓", "许", "傅", "沈",
  "曾", "彭", "吕", "苏", "卢", "蒋", "蔡", "贾", "丁", "魏", "薛", "叶", "阎", "余", "潘", "杜", "戴", "夏", "钟", "汪", "田", "任", "姜", "范", "方", "石", "姚",
  "谭", "廖", "邹", "熊", "金", "陆", "郝", "孔", "白", "崔", "康", "毛", "邱", "秦", "江", "史", "顾", "侯", "邵", "孟", "龙", "万", "段", "雷", "钱", "汤", "尹",
  "黎", "易", "常", "武", "乔", "贺", "赖", "龚", "文", "庞", "樊", "兰", "殷", "施", "陶", "洪", "翟", "安", "颜", "倪", "严", "牛", "温", "芦", "季", "俞", "章",
  "鲁", "葛", "伍", "韦", "申", "尤", "毕", "聂", "丛", "焦", "向", "柳", "邢", "路", "岳", "齐", "梅", "莫", "庄", "辛", "管", "祝", "左", "涂", "谷", "祁", "时",
  "舒", "耿", "牟", "卜", "詹", "关", "苗", "凌", "费", "纪", "靳", "盛", "童", "欧", "甄", "项", "曲", "成", "游", "阳", "裴", "席", "卫", "查", "屈", "鲍", "位",
  "覃", "霍", "翁", "隋", "植", "甘", "景", "薄", "单", "包", "司", "柏", "宁", "柯", "阮", "桂", "闵", "解", "强", "柴", "华", "车", "冉", "房", "边",
].joined(separator: "|")
