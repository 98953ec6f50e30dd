import FanzhaCatalogue

/// A console command: one definition gives parsing, help and completion.
public enum Command: String, CaseIterable, Sendable {
  case help, new, business, why, steps, done, skip, no, note, sheet, card, search, number, undo, resume, channel, clear, override, cover, quit

  /// Whether it may be used while the screen is covered: the others would show something of the case.
  var worksCovered: Bool { self == .cover || self == .quit }

  /// As written in help.
  public var usage: String {
    switch self {
    case .business: "/business 业务"
    case .sheet: "/sheet 名称"
    case .number: "/number 号码"
    case .card: "/card 名称"
    case .search: "/search 几个字"
    case .channel: "/channel counter|hotline"
    case .clear: "/clear 理由"
    case .done: "/done 第几步"
    case .skip: "/skip 第几步 理由"
    case .no: "/no 理由"
    case .note: "/note 文字"
    case .override: "/override 放行|核实|暂停|上报 理由"
    default: "/\(rawValue)"
    }
  }

  public var help: String {
    let entry: Message.CommandHelp =
      switch self {
      case .help: .help
      case .new: .new
      case .business: .business
      case .sheet: .sheet
      case .number: .number
      case .why: .why
      case .steps: .steps
      case .done: .done
      case .skip: .skip
      case .no: .no
      case .note: .note
      case .override: .override
      case .card: .card
      case .search: .search
      case .undo: .undo
      case .resume: .resume
      case .channel: .channel
      case .clear: .clear
      case .cover: .cover
      case .quit: .quit
      }
    return Message.command(entry).text()
  }

  /// Splits `/name argument`; nil when the line is no command.
  static func parse(_ line: String) -> (name: String, argument: String)? {
    guard line.hasPrefix("/") || line.hasPrefix("／") else { return nil }
    let body = line.dropFirst()
    let name = body.prefix { !$0.isWhitespace }
    return (String(name).lowercased(), body.dropFirst(name.count).trimmed)
  }
}

extension StringProtocol {
  var trimmed: String {
    var slice = self[...]
    while slice.first?.isWhitespace == true { slice = slice.dropFirst() }
    while slice.last?.isWhitespace == true { slice = slice.dropLast() }
    return String(slice)
  }
}
