extension LinkPageTexts {
    /// The page's words in English.
    package static let english = LinkPageTexts(
        language: "en",
        title: "Your bank account and {brand}",
        noScript: "This page needs JavaScript. Please allow it for this page, or open the page in another browser.",
        footer: "{brand} connects to banks through Plaid. You sign in there; {brand} never sees your bank password.",
        words: { english($0) }
    )

    private static let again = "Try again"

    private static func english(_ view: LinkPageView) -> Words {
        ending(view) ?? trouble(view) ?? way(view) ?? Words("One moment", "This page is getting ready.")
    }

    /// What is said on the way to the bank and back.
    private static func way(_ view: LinkPageView) -> Words? {
        switch view {
        case .readyUpdateMode:
            Words(
                "Reconnect your bank",
                "The connection between {brand} and your bank account has stopped working. Sign in at your bank once "
                    + "more to repair it.",
                button: "Reconnect your bank"
            )
        case .readyFirstTime:
            Words(
                "Connect your bank",
                "To use your bank account with {brand}, sign in at your bank.",
                button: "Connect your bank"
            )
        case .opening: Words("Opening…", "The window in which you sign in is about to open.")
        case .atBank:
            Words(
                "Continue in the window",
                "When you have finished there, this page goes on by itself. If you see no window, load this page again."
            )
        case .sending:
            Words("Almost there", "Please keep this page open: the result is on its way to {brand}.")
        case .working:
            Words("Your part is done", "{brand} is finishing the rest. You can close this page; nothing is lost.")
        default: nil
        }
    }

    /// What is said where it went well, or not at all.
    private static func ending(_ view: LinkPageView) -> Words? {
        switch view {
        case .done: Words("All done", "Your bank account works with {brand}. You can close this page.")
        case .left:
            Words("Not finished yet", "The window was closed before the end. Nothing has changed.", button: again)
        case .leftError:
            Words(
                "That did not work",
                "Your bank or Plaid reported a problem, and nothing has changed. Check what you entered and try again; "
                    + "if it keeps failing, try later or ask {brand}.",
                button: again
            )
        case .expired:
            Words("That took too long", "The window works for a limited time only. Please start again.", button: again)
        case .gone:
            Words(
                "This page does not exist",
                "Its address may be incomplete or no longer in use. Open the link in the message from {brand} again, or "
                    + "ask {brand} for a new one."
            )
        case .lost:
            Words(
                "Please start once more",
                "Your bank has led you to a browser that does not know where you began. Open the link in the message "
                    + "from {brand} in this browser."
            )
        case .busy: Words("Please wait a moment", "There were too many requests. Load this page again in a minute.")
        default: obstacle(view)
        }
    }

    private static func obstacle(_ view: LinkPageView) -> Words? {
        switch view {
        case .later:
            Words("Please wait a moment", "This cannot be opened just now. The page will be ready again in:")
        case .blocked:
            Words(
                "The window does not open",
                "Something keeps your browser from loading it, often an ad blocker or a strict network. Allow plaid.com "
                    + "for this page, or open the page in another browser.",
                button: again
            )
        case .away:
            Words(
                "No connection",
                "{brand} cannot be reached right now. Please keep this page open and check your internet connection; the "
                    + "page keeps trying by itself."
            )
        default: nil
        }
    }

    /// What is said where it came to nothing.
    private static func trouble(_ view: LinkPageView) -> Words? {
        switch view {
        case .failedNotRepaired:
            Words(
                "The connection still does not work",
                "Please try once more, and allow {brand} everything that your bank asks about.",
                button: again
            )
        case .failedIdentityMismatch:
            Words(
                "The account does not match",
                "The name at the bank is not the one that {brand} knows. Please choose an account of your own.",
                button: again
            )
        case .failedUnavailable:
            Words(
                "Your bank cannot be reached",
                "Your bank, or a service on the way to it, is not available right now. Please try again later.",
                button: again
            )
        case .failedUnsettled:
            Words(
                "This is still being checked",
                "It is not certain yet whether your account is connected. Come back later to see how it stands.",
                button: again
            )
        case .failedRefused:
            Words(
                "The account could not be connected",
                "Please try again, with another account if you have one.",
                button: again
            )
        default: closing(view)
        }
    }

    /// What is said where the customer can do no more here.
    private static func closing(_ view: LinkPageView) -> Words? {
        switch view {
        case .closedNotRepaired:
            Words("The connection still does not work", "Trying again here will not help. Please contact {brand}.")
        case .closedIdentityMismatch:
            Words(
                "The account does not match",
                "The name at the bank is not the one that {brand} knows. Please contact {brand}."
            )
        case .closedUnavailable:
            Words("Your bank cannot be reached", "This page can do no more. Please contact {brand}.")
        case .closedUnsettled:
            Words(
                "This is still being checked",
                "It is not certain yet whether your account is connected. Please do not try again; {brand} looks into it."
            )
        case .closedRefused: Words("The account could not be connected", "Please contact {brand}.")
        default: nil
        }
    }
}
