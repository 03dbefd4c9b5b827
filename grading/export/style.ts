/** The frame of a page that loads nothing: its style inside, a policy that forbids everything else, light and dark. */
import { html } from "./sinks";

const css = `
:root { color-scheme: light dark; --page: #fbfbf9; --text: #1c1f23; --quiet: #5a616b; --line: #dcdfe3; --card: #fff;
  --good: #1a7f4b; --bad: #b3261e; --mark: #1f5fae; --soft: #eef1f5; }
@media (prefers-color-scheme: dark) { :root { --page: #14171a; --text: #e7e9ec; --quiet: #a3abb5; --line: #343a41;
  --card: #1c2024; --good: #5cc98f; --bad: #ff8a80; --mark: #86b8f5; --soft: #262b31; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 54rem; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.1rem; margin: 0; line-height: 1.35; }
p { margin: .25rem 0; overflow-wrap: anywhere; unicode-bidi: plaintext; }
.who span, .remark, .quiet, .tag, .id, figcaption { color: var(--quiet); }
.total { font-size: 1.25rem; font-variant-numeric: tabular-nums; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.25rem; margin: 1rem 0; }
header { display: flex; gap: 1rem; justify-content: space-between; align-items: baseline; }
.points { font-variant-numeric: tabular-nums; white-space: nowrap; }
ul { list-style: none; margin: .75rem 0 0; padding: 0; }
li { display: grid; grid-template-columns: 1.5rem 1fr auto; gap: .25rem .5rem; padding: .6rem 0; border-top: 1px solid var(--line); }
li > div { min-width: 0; }
.title { margin: 0; }
.pass .sign { color: var(--good); } .fail .sign { color: var(--bad); } .sign { font-weight: 700; }
.fail .message { border-left: 3px solid var(--bad); padding-left: .6rem; }
.tag { font-size: .8rem; border: 1px solid var(--line); border-radius: 99px; padding: 0 .5rem; white-space: nowrap; }
pre { background: var(--soft); border-radius: 6px; padding: .5rem .7rem; margin: .4rem 0 0; font-size: .85rem;
  white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; }
.bar { display: block; width: 100%; height: 4px; margin: .5rem 0; border-radius: 2px; }
.track { fill: var(--soft); } .fill { fill: var(--mark); }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .9rem; }
th, td { text-align: left; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--quiet); font-weight: 600; } td.n, th.n { text-align: right; white-space: nowrap; }
figure { margin: .5rem 0; overflow-x: auto; } figure svg { display: block; width: 100%; height: auto; min-width: 30rem; }
svg text { fill: var(--text); font-size: 12px; } svg .axis { stroke: var(--quiet); stroke-width: 1; }
svg .grid { stroke: var(--line); stroke-width: 1; } svg .mark { fill: var(--mark); } svg .whisker { stroke: var(--text); stroke-width: 1.5; }
svg .dim { fill: var(--quiet); } figcaption { font-size: .9rem; }
h3 { font-size: .95rem; margin: 1.25rem 0 .25rem; } summary { cursor: pointer; color: var(--mark); margin: .75rem 0; }
`;

export const document = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${html(title)}</title>
<style>${css}</style></head>
<body>${body}</body></html>
`;
