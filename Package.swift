// swift-tools-version: 6.0
import PackageDescription

// A sentence travels Reading -> Reasoning -> Dialogue -> Console | JSON.
// Imports go one way only, in the order of this list.
let package = Package(
  name: "fanzha",
  products: [.executable(name: "fanzha", targets: ["fanzha"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: [
    .target(name: "FanzhaCatalogue"),
    .target(name: "FanzhaKnowledge", dependencies: ["FanzhaCatalogue", "Yams"]),
    .target(name: "FanzhaReading", dependencies: ["FanzhaKnowledge"]),
    .target(name: "FanzhaReasoning", dependencies: ["FanzhaKnowledge"]),
    .target(name: "FanzhaDialogue", dependencies: ["FanzhaReading", "FanzhaReasoning", "FanzhaCatalogue"]),
    .target(name: "FanzhaReplay", dependencies: ["FanzhaDialogue", "Yams"], exclude: ["Schemas"]),
    .target(name: "CReadline", linkerSettings: [.linkedLibrary("readline")]),
    .target(name: "FanzhaConsole", dependencies: ["CReadline", "FanzhaDialogue", "FanzhaCatalogue"]),
    .executableTarget(
      name: "fanzha",
      dependencies: [
        "FanzhaConsole", "FanzhaReplay",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .target(name: "TestSupport", dependencies: ["FanzhaKnowledge"], path: "Tests/TestSupport"),
    .testTarget(name: "KnowledgeTests", dependencies: ["FanzhaKnowledge", "TestSupport"]),
    .testTarget(name: "ReadingTests", dependencies: ["FanzhaReading", "TestSupport"]),
    .testTarget(name: "ReasoningTests", dependencies: ["FanzhaReasoning", "TestSupport"]),
    .testTarget(name: "DialogueTests", dependencies: ["FanzhaDialogue", "TestSupport"]),
    .testTarget(name: "ReplayTests", dependencies: ["FanzhaReplay", "TestSupport"]),
    .testTarget(name: "ConsoleTests", dependencies: ["FanzhaConsole", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)
