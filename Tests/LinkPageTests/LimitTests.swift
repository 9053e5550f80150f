import Domain
import LinkPage
import Testing

/// Who tries too often.
struct LimitTests {
    private static let page = "/i/" + PageTester.address

    @Test func guessesAreCounted() async throws {
        try await PageTester.run { (tester: PageTester) async throws in
            for guess in 0..<30 { #expect(try await tester.get("/i/guess\(guess)").status == 404) }
            let refused = try await tester.get("/i/guess")
            #expect(refused.status == 429)
            #expect(refused["Retry-After"] == "10")
            // Else it would tell a guess that is right.
            #expect(try await tester.get(Self.page).status == 429)
            #expect(try await tester.get(Self.page + "/state").status == 429)
            tester.advance(by: .seconds(10))
            #expect(try await tester.get(Self.page).status == 200)
            #expect(try await tester.get("/i/guess").status == 404)
            #expect(try await tester.get("/i/guess").status == 429)
        }
    }

    @Test func pagesThatAreThereCostNothing() async throws {
        try await PageTester.run { (tester: PageTester) async throws in
            for _ in 0..<40 { #expect(try await tester.get(Self.page + "/state").status == 200) }
        }
    }

    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false),
        ("10.0.0.1, 192.0.2.1", "10.0.0.2,192.0.2.1", true), ("::ffff:192.0.2.1", "192.0.2.1", true),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true),
        ("2001:db8:1:2::1", "2001:0db8:0001:0002:0:0:0:2", true),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", false), ("2001:db8::1", "2001:db8::2", true),
        ("2001:db8::1", "2001:db8:0:1::1", false), ("::1", "::2", true), ("nonsense", "more nonsense", true),
    ])
    func customersAreToldApartByTheProxysWord(one: String, other: String, isSame: Bool) async throws {
        try await PageTester.run(PageTester.ready(), PageTester.configuration { $0.trustsProxy = true }) {
            (tester: PageTester) async throws in
            for _ in 0..<30 { _ = try await tester.get("/i/guess", ["X-Forwarded-For": one]) }
            let reply = try await tester.get("/i/guess", ["X-Forwarded-For": other])
            #expect(reply.status == (isSame ? 429 : 404))
        }
    }

    @Test func nobodyIsBelievedWhereThereIsNoProxy() async throws {
        try await PageTester.run { (tester: PageTester) async throws in
            for guess in 0..<30 { _ = try await tester.get("/i/guess", ["X-Forwarded-For": "192.0.2.\(guess)"]) }
            #expect(try await tester.get("/i/guess", ["X-Forwarded-For": "192.0.2.99"]).status == 429)
        }
    }

    @Test func linkIsOpenedSixTimesInTenMinutes() async throws {
        let desk = PageTester.ready()
        desk.set(.ready(.firstTime), at: "another")
        try await PageTester.run(desk) { (tester: PageTester) async throws in
            for _ in 0..<6 { #expect(try await tester.post("open").status == 200) }
            let refused = try await tester.post("open")
            #expect(refused.status == 429)
            #expect(refused["Retry-After"] == "100")
            #expect(refused.body == #"{"retry_after":100}"#)
            #expect(desk.told.count == 6)
            #expect(try await tester.post("open", at: "/i/another").status == 200)
            tester.advance(by: .seconds(100))
            #expect(try await tester.post("open").status == 200)
            #expect(try await tester.post("open").status == 429)
        }
    }

    @Test func aBucketFillsUpAndIsForgotten() {
        var buckets = TokenBuckets<Int>(size: 2, refill: .seconds(10))
        #expect(buckets.take(1, at: .zero) == nil)
        #expect(buckets.take(1, at: .zero) == nil)
        #expect(buckets.take(1, at: .seconds(4)) == .seconds(6))
        #expect(buckets.take(1, at: .seconds(10)) == nil)
        buckets.giveBack(1)
        #expect(buckets.take(1, at: .seconds(10)) == nil)
        #expect(buckets.take(1, at: .seconds(10)) == .seconds(10))
        #expect(buckets.take(2, at: .seconds(10)) == nil)
        #expect(buckets.count == 2)
        buckets.giveBack(2)
        #expect(buckets.count == 1)
    }

    @Test func bucketsTakeBoundedMemory() {
        var buckets = TokenBuckets<Int>(size: 1, refill: .seconds(1), capacity: 100)
        for key in 0..<1000 {
            #expect(buckets.take(key, at: .milliseconds(key)) == nil)
            #expect(buckets.count <= 100)
        }
        #expect(buckets.take(999, at: .milliseconds(1000)) != nil, "the newest are remembered")
    }
}
