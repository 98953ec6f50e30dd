import ArgumentParser
import FanzhaCatalogue
import Foundation

/// Exit codes of the contract (DESIGN §5).
enum Failure {
  /// Ran and found a failure.
  static let found = ExitCode(1)
  static let wrongCall = ExitCode(2)
  static let badData = ExitCode(65)
  static let inputOutput = ExitCode(74)

  /// The code that a problem ends the program with.
  static func code(_ problem: Problem) -> ExitCode {
    switch problem {
    case .noSuchFile, .isDirectory, .unreadableFile, .outputFailed, .noJournal, .journalLocked, .journalFull,
      .journalDamaged, .journalUnwritable, .journalFailed, .folderUnusable, .fileExists, .noGraphviz:
      inputOutput
    default: badData
    }
  }

  static func say(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics { Output.complain(diagnostic.rendered()) }
  }

  /// Runs work; what is wrong with data goes to stderr, and the program ends with 65.
  static func reporting<Value>(_ work: () throws -> Value) throws -> Value {
    do {
      return try work()
    } catch let error as Diagnostics {
      say(error.list)
      throw badData
    } catch let error as Diagnostic {
      say([error])
      throw code(error.problem)
    }
  }
}
