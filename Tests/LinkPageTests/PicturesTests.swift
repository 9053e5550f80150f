import BrowserSupport
import Domain
import Foundation
import LinkPage
import Testing

/// Where pictures go.
private enum Pictures {
    static let folder = ProcessInfo.processInfo.environment["RELINK_PICTURES"].map { URL(filePath: $0) }
}

/// Pictures of every view for whoever wants to look, in the folder that `RELINK_PICTURES` names.
@Suite(
    .serialized,
    .timeLimit(.minutes(10)),
    .enabled(if: Pictures.folder != nil, "RELINK_PICTURES names no folder")
)
struct PicturesTests {
    @Test func everyViewByDayAndByNight() async throws {
        let folder = try #require(Pictures.folder)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try await LinkVisit.run { visit in
            try await visit.see(.readyFirstTime)
            for (name, width, isDark) in [("wide", 1100, false), ("narrow", 360, true), ("tiny", 320, false)] {
                try await visit.page.pretend(width: width, height: 640, isDark: isDark)
                for view in LinkPageView.allCases where view != .busy {
                    _ = try await visit.page.value(of: Self.show(view), as: String?.self)
                    let file = folder.appending(path: "\(view.rawValue)-\(name).png")
                    try await visit.page.picture().write(to: file)
                }
            }
        }
    }

    private static func show(_ view: LinkPageView) -> String {
        """
        document.querySelectorAll('[data-view]').forEach(view => {
          view.hidden = view.dataset.view !== '\(view.rawValue)';
          if (view.dataset.view === 'later') {
            view.querySelector('.detail').hidden = false;
            view.querySelector('.detail').textContent = '1:40';
          }
        })
        """
    }
}
