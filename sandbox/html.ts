const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A piece of HTML that is safe to put into a page as it is. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = string | number | Html | null | readonly Html[];

/** Template tag: everything put in is escaped, except what is HTML already. `null` is nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const written = strings.map(
    (string, index) => `${string}${index < parts.length ? textOf(parts[index] ?? null) : ""}`,
  );
  return new Html(written.join(""));
}

export function page(title: string, body: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
<p class="strip">Sandbox gateway: no real money</p>
<main>${body}</main>
</body>
</html>`.text;
}

function textOf(part: Part): string {
  if (part === null) return "";
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return part.map(textOf).join("");
  return String(part).replace(/[&<>"']/g, (character) => escapes[character] ?? character);
}

const style = `
:root { color-scheme: light dark; --line: #8886; --quiet: light-dark(#555, #aaa); --strong: light-dark(#14532d, #86efac); }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: light-dark(#fafaf9, #18181b); color: light-dark(#1c1917, #f4f4f5); }
.strip { margin: 0; padding: .4rem 1rem; background: #713f12; color: #fff; font-size: .85rem; }
main { max-width: 70rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
main.narrow, .narrow { max-width: 26rem; margin: 0 auto; }
h1 { font-size: 1.5rem; margin: 0 0 1rem; } h2 { font-size: 1.1rem; margin: 2.5rem 0 .5rem; }
.quiet { color: var(--quiet); } .amount { font-size: 2.2rem; margin: .2rem 0; font-variant-numeric: tabular-nums; }
code { font: .85em ui-monospace, monospace; overflow-wrap: anywhere; }
button, input, select { font: inherit; color: inherit; background: light-dark(#fff, #27272a); border: 1px solid var(--line); border-radius: .4rem; padding: .4rem .7rem; max-width: 100%; box-sizing: border-box; }
button { cursor: pointer; } button.main { background: #14532d; color: #fff; border-color: #14532d; }
.wide button { display: block; width: 100%; margin: .6rem 0; padding: .7rem; }
form.row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; } form.row label { display: grid; font-size: .85rem; min-width: 0; max-width: 100%; } form.row select { width: 100%; } td form { display: inline; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9rem; } th, td { text-align: left; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; } dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
`;
