import Domain
import Testing

@Suite struct UUIDShapeTests {
    @Test(arguments: [
        "", "0f0f0f0f", "0f0f0f0f-1111-4222-8333-44444444aaa", "0f0f0f0f-1111-4222-8333-44444444aaaaa",
        "0f0f0f0f11114222833344444444aaaa", "0f0f0f0f-1111-4222-8333-44444444aaag",
        "g f0f0f0-1111-4222-8333-44444444aaaa",
        "0f0f0f0f_1111-4222-8333-44444444aaaa", "0f0f0f0f-1111-4222-8333+44444444aaaa",
        "0f0f0f0-f1111-4222-8333-44444444aaaa", "------------------------------------",
        "0f0f0f0f-1111-4222-8333-44444444aa\u{E9}", "{0f0f0f0f-1111-4222-8333-44444444aa}",
        "0f0f0f0f-1111-4222-8333-44444444aaa`", "0f0f0f0f-1111-4222-8333-44444444aaa@",
        "0f0f0f0f-1111-4222-8333-44444444aaa/", "0f0f0f0f-1111-4222-8333-44444444aaa:",
    ])
    func refuses(text: String) {
        #expect(!UUIDShape.matches(text))
    }

    @Test(arguments: [
        "0f0f0f0f-1111-4222-8333-44444444aaaa", "0F0F0F0F-1111-4222-8333-44444444AAAA",
        "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "99999999-9999-9999-9999-999999999999",
    ])
    func matches(text: String) {
        #expect(UUIDShape.matches(text))
    }
}
