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
