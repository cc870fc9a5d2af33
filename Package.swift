// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "triaged",
  products: [.executable(name: "triaged", targets: ["triaged"])],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(
      name: "CHyperscan", pkgConfig: "libhs", providers: [.apt(["libvectorscan-dev"])]),
    .target(name: "CLinux"),

    .target(name: "TriageCore", swiftSettings: settings),
    .target(
      name: "TriageText", dependencies: ["TriageCore", "CHyperscan"], swiftSettings: settings),
    .target(
      name: "TriageRules",
      dependencies: [
        "TriageCore", "TriageText", "CLibYAML",
        .product(name: "Crypto", package: "swift-crypto"),
      ], swiftSettings: settings),
    .target(
      name: "TriageLedger",
      dependencies: [
        "TriageCore", "CLinux", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Crypto", package: "swift-crypto"),
      ], swiftSettings: settings),
    .target(
      name: "TriageDaemon",
      dependencies: [
        "TriageCore", "TriageText", "TriageRules", "TriageLedger", "CLinux",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Crypto", package: "swift-crypto"),
      ], swiftSettings: settings),
    .executableTarget(
      name: "triaged",
      dependencies: [
        "TriageCore", "TriageText", "TriageRules", "TriageLedger", "TriageDaemon",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ], swiftSettings: settings),

    .executableTarget(
      name: "bench-evaluation", dependencies: ["TriageText", "TriageCore", "CHyperscan"],
      path: "Benchmarks/evaluation", swiftSettings: settings),

    .executableTarget(
      name: "bench-matters", dependencies: ["TriageLedger", "TriageText", "TriageCore"],
      path: "Benchmarks/matters", swiftSettings: settings),

    .testTarget(name: "TriageCoreTests", dependencies: ["TriageCore"], swiftSettings: settings),
    .testTarget(
      name: "TriageTextTests", dependencies: ["TriageText", "TriageCore"], swiftSettings: settings),
    .testTarget(
      name: "TriageRulesTests", dependencies: ["TriageRules", "TriageText", "TriageCore"],
      swiftSettings: settings),
    .testTarget(
      name: "TriageLedgerTests", dependencies: ["TriageLedger", "TriageCore"],
      swiftSettings: settings),
    .testTarget(
      name: "TriageDaemonTests",
      dependencies: ["TriageDaemon", "TriageRules", "TriageLedger", "TriageCore"],
      swiftSettings: settings),
    .testTarget(name: "EndToEndTests", dependencies: ["triaged"], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
