import { createHash } from "node:crypto";
import { visible } from "./problems.ts";

/** HTML that is known to be HTML, unlike text. */
export interface Markup {
  readonly html: string;
}

type Part = string | number | Markup | readonly Markup[];

/** A template of HTML: text that is put into it stays text, whatever it is. */
export function markup(strings: readonly string[], ...parts: readonly Part[]): Markup {
  const html = strings.reduce((text, string, index) => {
    const part = parts[index - 1];
    return `${text}${part === undefined ? "" : htmlOf(part)}${string}`;
  });
  return { html };
}

/** Trusted text as it is, such as a style sheet of ours. */
export function raw(html: string): Markup {
  return { html };
}

/** What a page is made of. */
export interface PageParts {
  readonly title: string;
  readonly style: string;
  /** Default: none, and none runs. */
  readonly script?: string;
  readonly body: Markup;
}

/** A page that needs nothing else: no network, no other file. Only this style and script run, whatever the body holds. */
export function page({ title, style, script, body }: PageParts): string {
  const scripts = script === undefined ? "" : ` script-src ${hashOf(script)};`;
  const policy = `default-src 'none'; style-src ${hashOf(style)};${scripts} base-uri 'none'; form-action 'none'`;
  return markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>${raw(style)}</style>
      </head>
      <body>
        ${body}
        ${script === undefined ? markup`` : markup`<script>${raw(script)}</script>`}
      </body>
    </html>
`.html;
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

function htmlOf(part: Part): string {
  if (typeof part === "string") return escapeHtml(visible(part));
  if (typeof part === "number") return String(part);
  return "html" in part ? part.html : part.map(({ html }) => html).join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
