/// Something that one worker has to tell the others of an API.
struct ClimateNews: Sendable {
    /// What it is.
    enum Content: Sendable {
        /// An answer, and the jitter that was drawn for it.
        case answer(CallGate.Feedback, jitter: Double)
        /// Another rate takes the place of the one that was given.
        case ceiling(Rate)
        /// A pause is over.
        case resumed
    }

    let content: Content
    /// When it was, by this worker's clock.
    let at: Duration
}

extension Climate {
    /// Learns what a worker has to tell; `offset` leads from its clock to that of the climate.
    mutating func learn(_ news: ClimateNews, offset: Duration) {
        switch news.content {
        case .answer(let feedback, let jitter): heed(feedback, at: news.at + offset) { jitter }
        case .ceiling(let ceiling): change(ceiling: ceiling, at: news.at + offset)
        case .resumed: forgetTrouble()
        }
    }
}
