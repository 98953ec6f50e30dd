import FanzhaCatalogue
import Yams

extension Diagnostic {
  /// What the YAML parser found wrong, with the line if it says one.
  package init(yaml error: any Error, file: String) {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
      self.init(.yamlSyntax(problem), at: Place(file: file, mark: mark))
    case .reader(let problem, _, _, _):
      self.init(.yamlSyntax(problem), at: Place(file: file))
    default:
      self.init(.yamlSyntax("\(error)"), at: Place(file: file))
    }
  }
}

extension Place {
  package init(file: String, mark: Mark?) {
    self.init(file: file, line: mark?.line ?? 0, column: mark?.column ?? 0)
  }
}
