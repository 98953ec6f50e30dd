/// A language the interface can speak. Domain content is Chinese whatever the interface speaks.
public enum Language: String, CaseIterable, Sendable {
  case zh
}
