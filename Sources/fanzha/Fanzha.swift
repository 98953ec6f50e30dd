import ArgumentParser
import Foundation

/// The command line: reads like a table of contents.
@main
struct Fanzha: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fanzha",
    abstract: "反诈核实台:输入客户说的话,给出该问的一句、理由和该走的步骤。",
    discussion: """
      不带子命令时打开控制台;标准输入不是终端时,每行当作一轮对话,逐轮给出建议。
      一行可以用「客户:」「柜员:」「热线:」「观察:」「对方:」开头,不写就是客户。
      """,
    version: "0.1.0",
    groupedSubcommands: [
      CommandGroup(name: "对话", subcommands: [ConsoleCommand.self, AdviseCommand.self]),
      CommandGroup(name: "录音与评测", subcommands: [ReplayCommand.self, EvaluateCommand.self]),
      CommandGroup(name: "台账", subcommands: [JournalCommand.self, DoctorCommand.self]),
      CommandGroup(name: "知识库", subcommands: [KnowledgeCommand.self, TipsCommand.self]),
    ],
    defaultSubcommand: ConsoleCommand.self)

  static func main() {
    // A limit on the size of files is an error to report, not the end.
    signal(SIGXFSZ, SIG_IGN)
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      // The contract's code for a wrong call is 2; the parser's own is 64.
      guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
      Output.complain(fullMessage(for: error))
      Foundation.exit(Failure.wrongCall.rawValue)
    }
  }
}
