import Domain

/// The doctor's comparison of this machine's clock with a server's.
struct ClockCheck {
    private static let tolerable = Duration.seconds(5)
    private static let worst = Duration.seconds(60)

    let api: API

    /// What there is to say of the difference; nothing where the answer had no date.
    func findings(_ offset: Duration?) -> [Finding] {
        guard let offset else { return [] }
        let distance = offset < .zero ? .zero - offset : offset
        let name = "clock " + api.rawValue
        guard distance > Self.tolerable else {
            return [
                .fine(name, "this machine's clock is \(api.name)'s to within \(Self.tolerable.components.seconds) s")
            ]
        }
        let seconds = distance.components.seconds
        let words = "this machine's clock is \(seconds) s \(offset < .zero ? "ahead of" : "behind") \(api.name)'s"
        let advice = "Keep this machine's clock by NTP: timedatectl set-ntp true."
        return distance > Self.worst
            ? [.fault(name, .misconfigured, words + ".", advice: advice)] : [.warning(name, words, advice: advice)]
    }
}
