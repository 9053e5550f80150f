/// How the page looks: by day and by night, on a telephone and on a desk.
enum PageStyle {
    static let text = """
        :root {
          color-scheme: light dark;
          --page: #f3f5f8; --card: #ffffff; --text: #17202c; --soft: #4b5868; --line: #d6dde6;
          --ask: #1a56c4; --ask-over: #14459e; --on-ask: #ffffff; --good: #14703f; --bad: #a8321f; --wait: #4b5868;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --page: #0f141b; --card: #1a212b; --text: #eef2f7; --soft: #b3bfcd; --line: #35404e;
            --ask: #8db4ff; --ask-over: #b3ccff; --on-ask: #0b1a36; --good: #6fd39c; --bad: #ff9f8c; --wait: #b3bfcd;
          }
        }
        * { box-sizing: border-box; }
        [hidden] { display: none !important; }
        body {
          display: flex; flex-direction: column; min-height: 100vh; min-height: 100dvh; margin: 0; padding: 1.25rem;
          background: var(--page); color: var(--text);
          font: 1.0625rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
        }
        header, main, footer { width: 100%; max-width: 31rem; margin-inline: auto; }
        noscript p { margin: 0 0 0.75rem; }
        header p { margin: 0 0 1rem; font-weight: 650; font-size: 1.125rem; overflow-wrap: anywhere; }
        main { padding: 2rem; border: 1px solid var(--line); border-radius: 1rem; background: var(--card); }
        h1 { margin: 0; font-size: 1.6rem; line-height: 1.25; outline: none; text-wrap: balance; }
        main p { margin: 0.75rem 0 0; overflow-wrap: anywhere; }
        .detail { padding: 0.75rem 1rem; border-radius: 0.5rem; background: var(--page); font-variant-numeric: tabular-nums; }
        button {
          width: 100%; margin: 1.5rem 0 0; padding: 0.9rem 1.25rem; border: 0; border-radius: 0.6rem; cursor: pointer;
          background: var(--ask); color: var(--on-ask); font: inherit; font-weight: 600;
        }
        button:hover { background: var(--ask-over); }
        button:focus-visible { outline: 3px solid var(--ask); outline-offset: 3px; }
        footer { margin-top: 1rem; color: var(--soft); font-size: 0.9rem; }
        footer p { margin: 0; }
        .sign {
          display: grid; place-items: center; width: 2.75rem; height: 2.75rem; margin: 0 0 1rem; border-radius: 50%;
          border: 3px solid currentColor; color: var(--wait); font-size: 1.4rem; font-weight: 700; line-height: 1;
        }
        [data-mood="ask"] .sign { display: none; }
        [data-mood="good"] .sign { color: var(--good); }
        [data-mood="good"] .sign::before { content: "\\2713"; }
        [data-mood="bad"] .sign { color: var(--bad); }
        [data-mood="bad"] .sign::before { content: "!"; }
        [data-mood="wait"] .sign::before { content: "\\2026"; }
        [data-moving] .sign { border-color: var(--line); border-top-color: var(--ask); animation: turn 1s linear infinite; }
        [data-mood="wait"][data-moving] .sign::before { content: none; }
        @keyframes turn { to { transform: rotate(1turn); } }
        @media (prefers-reduced-motion: reduce) { [data-moving] .sign { animation-duration: 6s; } }
        @media (scripting: none) { [data-view="loading"] { display: none; } }
        @media (min-width: 40rem) { body { padding-top: 12vh; } main { padding: 2.5rem; } }
        @media (max-width: 24rem) { body { padding: 0.75rem; } main { padding: 1.25rem; } }

        """

    /// Two links of a chain.
    static let icon = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="none" stroke="#1a56c4" stroke-width="4">
        <rect x="3" y="10" width="15" height="12" rx="6"/><rect x="14" y="10" width="15" height="12" rx="6"/>
        </svg>

        """
}
