/// How the page looks: on light and dark screens, narrow ones, and paper.
///
/// Colours keep a contrast to the ground of 4.5 for text and 3 for parts of pictures; a test measures it.
enum PageStyle {
    static let sheet: StaticString = """

        :root{color-scheme:light dark;--ground:#ffffff;--text:#1a1d21;--quiet:#555b63;--line:#d5d9de;--edge:#767d86;\
        --accent:#0b5cad;--calls:#2f6fb5;--limit:#8a4b00;--refused:#b3261e;--linked:#1a7f4b;--needs_user:#b45800;\
        --in_doubt:#8338a8;--rejected:#c62828;--invalid:#6d3a2a;--held:#8a6d3b;--unlinked:#b0196a;--retryable:#2f6fb5;\
        --pending:#767d86;--minted:#5b57c8;--posting:#0f7f8c}
        @media screen and (prefers-color-scheme:dark){:root{--ground:#14171a;--text:#e8eaed;--quiet:#aab1b9;\
        --line:#343a41;--edge:#8a929b;--accent:#8ab8f2;--calls:#6ba6e8;--limit:#f0b060;--refused:#ff8a80;\
        --linked:#4cc38a;--needs_user:#f0a04b;--in_doubt:#c78bf5;--rejected:#f2727a;--invalid:#d9a08c;--held:#c9a870;\
        --unlinked:#f078b0;--retryable:#6ba6e8;--pending:#9aa1a9;--minted:#a5a1ff;--posting:#5cc4d0}}
        .s-linked{--c:var(--linked)}.s-needs_user{--c:var(--needs_user)}.s-in_doubt{--c:var(--in_doubt)}
        .s-rejected{--c:var(--rejected)}.s-invalid{--c:var(--invalid)}.s-held{--c:var(--held)}
        .s-unlinked{--c:var(--unlinked)}.s-retryable{--c:var(--retryable)}.s-pending{--c:var(--pending)}
        .s-minted{--c:var(--minted)}.s-posting{--c:var(--posting)}.calls{--c:var(--calls)}.refused{--c:var(--refused)}
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
        body{margin:0 auto;max-width:64rem;padding:1rem;background:var(--ground);color:var(--text);\
        font:1rem/1.5 system-ui,sans-serif}
        h1{font-size:1.6rem;line-height:1.2;margin:.5rem 0}h2{font-size:1.25rem;margin:2.5rem 0 .5rem}
        h3{font-size:1.05rem;margin:1.75rem 0 .25rem}p{margin:.5rem 0;max-width:45rem}
        a{color:var(--accent)}a:focus-visible,.scroll:focus-visible,summary:focus-visible{outline:2px solid \
        var(--accent);outline-offset:2px}
        time{white-space:nowrap}code{font:.9em ui-monospace,monospace;overflow-wrap:anywhere}
        nav ul,.legend{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;margin:.5rem 0;padding:0}
        figure{margin:.5rem 0 .75rem}figcaption{margin-top:.35rem}figcaption,footer,caption{color:var(--quiet);font-size:.9rem}
        .pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));gap:1rem 2rem}
        svg{display:block;width:100%;height:auto}.bar{height:2.5rem}.chart{max-width:32rem}
        .fill{fill:var(--c)}.grid{stroke:var(--line)}.ground{stroke:var(--edge)}
        .limit{stroke:var(--limit);stroke-width:1.5;stroke-dasharray:5 3}
        svg text{paint-order:stroke;stroke:var(--ground);stroke-width:3px;fill:var(--text);font:11px system-ui,sans-serif}
        .swatch{display:inline-block;width:.8em;height:.8em;border-radius:2px;background:var(--c)}
        .scroll{overflow-x:auto;margin:.75rem 0}
        table{border-collapse:collapse;width:100%;font-size:.9rem}caption{text-align:left;padding:.25rem 0}
        th,td{text-align:left;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid var(--line);\
        font-weight:400}
        thead .number{white-space:normal}thead th{font-weight:600;border-bottom-color:var(--edge)}tbody th{overflow-wrap:anywhere;min-width:8rem}
        td{overflow-wrap:break-word}td bdi{overflow-wrap:anywhere}td:has(bdi){min-width:6rem}.number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
        summary{cursor:pointer;color:var(--accent)}
        footer{margin-top:3rem;border-top:1px solid var(--line)}
        @media (min-width:45rem){tbody th{min-width:12.5rem}}
        @media print{body{max-width:none;padding:0;font-size:10pt}nav,details{display:none}.scroll{overflow:visible}\
        table{font-size:8pt}caption,figcaption{font-size:9pt}svg,.swatch{-webkit-print-color-adjust:exact;print-color-adjust:exact}\
        figure,tr{break-inside:avoid}h2,h3{break-after:avoid}}

        """
}
