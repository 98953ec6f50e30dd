// swift-tools-version: 6.0
import PackageDescription

// A sentence travels Reading -> Reasoning -> Dialogue -> Console | JSON.
// Imports go one way only, in the order of this list.
let package = Package(
  name: "fanzha",
  products: [.executable(name: "fanzha", targets: ["fanzha"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: [
    .target(name: "FanzhaCatalogue"),
    .target(
      name: "FanzhaPrivacy", dependencies: ["FanzhaCatalogue", .product(name: "Crypto", package: "swift-crypto")]),
    .target(name: "FanzhaKnowledge", dependencies: ["FanzhaCatalogue", "Yams"]),
    .target(name: "FanzhaReading", dependencies: ["FanzhaKnowledge"]),
    .target(name: "FanzhaReasoning", dependencies: ["FanzhaKnowledge"]),
    .target(name: "FanzhaDialogue", dependencies: ["FanzhaReading", "FanzhaReasoning", "FanzhaCatalogue"]),
    .target(
      name: "FanzhaJournal",
      dependencies: [
        "FanzhaDialogue", "FanzhaPrivacy", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .target(name: "FanzhaReplay", dependencies: ["FanzhaDialogue", "Yams"], exclude: ["Schemas"]),
    .target(
      name: "FanzhaPrint", dependencies: ["FanzhaDialogue", .product(name: "Mustache", package: "swift-mustache")]),
    .target(name: "FanzhaUpkeep", dependencies: ["FanzhaReplay"]),
    .target(name: "CReadline", linkerSettings: [.linkedLibrary("readline")]),
    .target(name: "FanzhaConsole", dependencies: ["CReadline", "FanzhaDialogue", "FanzhaJournal", "FanzhaCatalogue"]),
    .executableTarget(
      name: "fanzha",
      dependencies: [
        "FanzhaConsole", "FanzhaJournal", "FanzhaPrint", "FanzhaPrivacy", "FanzhaReplay", "FanzhaUpkeep",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .target(name: "TestSupport", dependencies: ["FanzhaKnowledge"], path: "Tests/TestSupport"),
    .testTarget(name: "KnowledgeTests", dependencies: ["FanzhaKnowledge", "TestSupport"]),
    .testTarget(name: "ReadingTests", dependencies: ["FanzhaReading", "TestSupport"]),
    .testTarget(name: "ReasoningTests", dependencies: ["FanzhaReasoning", "TestSupport"]),
    .testTarget(name: "DialogueTests", dependencies: ["FanzhaDialogue", "TestSupport"]),
    .testTarget(name: "PrivacyTests", dependencies: ["FanzhaPrivacy", "TestSupport"]),
    .testTarget(
      name: "JournalTests",
      dependencies: ["FanzhaJournal", "TestSupport", .product(name: "GRDB", package: "GRDB.swift")]),
    .testTarget(name: "ReplayTests", dependencies: ["FanzhaReplay", "TestSupport"]),
    .testTarget(name: "UpkeepTests", dependencies: ["FanzhaUpkeep", "TestSupport"]),
    .testTarget(name: "PrintTests", dependencies: ["FanzhaPrint", "TestSupport"]),
    .testTarget(name: "ConsoleTests", dependencies: ["FanzhaConsole", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)
