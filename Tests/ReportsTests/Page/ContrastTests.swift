import Domain
import Foundation
import Testing

/// Contrast by the formula of WCAG 2, of the colours in the page itself.
@Suite("The page's colours") struct ContrastTests {
    @Test(arguments: [false, true]) func canBeSeen(isDark: Bool) throws {
        let colours = try palette(isDark: isDark)
        let ground = try #require(colours["ground"])
        for name in ["text", "quiet", "accent"] { try expect(colours[name], on: ground, atLeast: 4.5, name) }
        for name in RowState.allCases.map(\.rawValue) + ["calls", "limit", "refused", "edge"] {
            try expect(colours[name], on: ground, atLeast: 3, name)
        }
    }

    @Test func everyStateHasAColour() {
        let page = PageSamples.html(PageSamples.figures)
        for state in RowState.allCases {
            #expect(page.contains(".s-\(state.rawValue){--c:var(--\(state.rawValue))}"), "\(state)")
        }
    }

    private func expect(_ colour: Double?, on ground: Double, atLeast least: Double, _ name: String) throws {
        let colour = try #require(colour, "\(name)")
        let contrast = (max(colour, ground) + 0.05) / (min(colour, ground) + 0.05)
        #expect(contrast >= least, "\(name)")
    }

    /// The luminance of each named colour.
    private func palette(isDark: Bool) throws -> [String: Double] {
        let page = PageSamples.html(PageSamples.figures)
        let roots = page.components(separatedBy: ":root{").dropFirst()
        let root = try #require(isDark ? roots.last : roots.first).prefix { $0 != "}" }
        var colours: [String: Double] = [:]
        for declaration in root.split(separator: ";") where declaration.hasPrefix("--") {
            let parts = declaration.dropFirst(2).split(separator: ":#")
            guard parts.count == 2, let number = Int(parts[1], radix: 16) else { continue }
            colours[String(parts[0])] = luminance(number)
        }
        return colours
    }

    private func luminance(_ colour: Int) -> Double {
        let parts = [16, 8, 0].map { Double(colour >> $0 & 0xFF) / 255 }
        let linear = parts.map { $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
}
