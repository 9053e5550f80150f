// swift-tools-version: 6.2
import PackageDescription

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")

let settings: [SwiftSetting] =
    [
        "ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility", "NonisolatedNonsendingByDefault",
        "InferIsolatedConformances", "ImmutableWeakCaptures",
    ].map { .enableUpcomingFeature($0) } + [.treatAllWarnings(as: .error)]

/// The commit that `scripts/install` builds from; a build by hand notes none, for what the package description is told of
/// the commit outlives it in a cache.
let commit = Context.environment["RELINK_BUILD_COMMIT"] ?? ""

/// A room of the program: a target whose arrows to other rooms are named here and nowhere else.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// The tests of a room.
func tests(of name: String, _ dependencies: [Target.Dependency] = [], excluding files: [String] = []) -> Target {
    .testTarget(
        name: name + "Tests",
        dependencies: [.byName(name: name)] + dependencies,
        exclude: files,
        swiftSettings: settings
    )
}

let package = Package(
    name: "relink",
    products: [
        .executable(name: "relink", targets: ["relink"]),
        .executable(name: "micro-benchmarks", targets: ["MicroBenchmarks"]),
        // Preloaded into the program by tests, linked by nobody.
        .library(name: "FaultShim", type: .dynamic, targets: ["FaultShim"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: [.defaults, "YAML"]),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        room("Domain"),
        room("Pacing"),
        room("Transport", [asyncHTTPClient, nioCore, nioHTTP1, nioPosix, nioSSL]),
        room("PlaidAPI", ["Domain", "Transport", crypto]),
        room("BondAPI", ["Domain", "Transport"]),
        .systemLibrary(name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
        room("Ledger", ["CPostgreSQL", "Domain", grdb, grdbSQLite, crypto]),
        room("Pipeline", ["Domain", "Pacing", logging]),
        room("Intake", ["Domain"]),
        room("Reports", ["Domain"]),
        room(
            "LinkPage",
            [
                "Domain", crypto, hummingbird, hummingbirdCore, hummingbirdTLS, lifecycle, logging, mustache, nioCore,
                nioSSL,
            ]
        ),
        room(
            "Simulator",
            [asyncHTTPClient, crypto, hummingbird, hummingbirdCore, logging, nioCore, nioHTTP1, nioPosix]
        ),
        room(
            "Commands",
            [
                "BondAPI", "BuildFacts", "Domain", "Intake", "Ledger", "LinkPage", "Pacing", "Pipeline", "PlaidAPI",
                "Reports", "Simulator", "Transport", argumentParser, configuration, crypto, logging, nioCore, nioPosix,
                systemPackage, unixSignals, yams,
            ]
        ),
        .executableTarget(name: "relink", dependencies: ["Commands"], swiftSettings: settings),
        .executableTarget(
            name: "MicroBenchmarks",
            dependencies: [
                "BondAPI", "Domain", "Intake", "Ledger", "Pacing", "PlaidAPI", "RunSupport", "Transport",
            ],
            swiftSettings: settings
        ),
        .target(name: "FaultShim"),
        .target(name: "BuildFacts", cSettings: [.define("RELINK_COMMIT", to: "\"\(commit)\"")]),
        room("TestSupport"),
        room("FuzzSupport", ["BondAPI", "Domain", "Intake", "Pacing", "PlaidAPI", "Transport"]),
        .testTarget(name: "FuzzTests", dependencies: ["FuzzSupport", "TestSupport"], swiftSettings: settings),
        tests(of: "Domain", ["TestSupport"]),
        tests(of: "Pacing", ["TestSupport"]),
        room("RunSupport", ["Domain", "Ledger", "Pacing", "Pipeline", "TestSupport", grdb, logging]),
        tests(of: "Ledger", ["Domain", "RunSupport", "TestSupport", grdb, nioCore, nioPosix]),
        tests(of: "Pipeline", ["Domain", "Ledger", "Pacing", "RunSupport", "TestSupport", grdb, logging]),
        tests(of: "Intake", ["Domain", "TestSupport"]),
        tests(of: "Reports", ["Domain"], excluding: ["Golden"]),
        room("BrowserSupport"),
        tests(
            of: "Simulator",
            [
                "BrowserSupport", "TestSupport", asyncHTTPClient, crypto, hummingbird, hummingbirdCore, logging,
                nioCore, nioHTTP1, nioPosix,
            ]
        ),
        tests(
            of: "LinkPage",
            [
                "BrowserSupport", "Domain", "Simulator", "TestSupport", asyncHTTPClient, hummingbird,
                hummingbirdTesting,
                logging, nioCore, nioHTTP1, nioSSL,
            ]
        ),
        tests(of: "Transport", ["TestSupport", nioCore, nioPosix]),
        tests(of: "PlaidAPI", ["Domain", "FuzzSupport", "Simulator", "TestSupport", "Transport", crypto]),
        tests(of: "BondAPI", ["Domain", "FuzzSupport", "Simulator", "Transport"]),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "relink", "BrowserSupport", "Domain", "Ledger", "RunSupport", "Simulator", "TestSupport", grdb, nioCore,
                nioPosix, nioSSL,
            ],
            swiftSettings: settings
        ),
    ]
)
