/** A text that JavaScript put together from a value that is not there. */
export interface Unset {
  readonly text: string;
  readonly word: string;
}

const any = /undefined|NaN|\[object Object\]/;
/** As a word of its own, also between the dashes of a name or the dots of a host. */
const inOneWord = /(?<![A-Za-z0-9_])(undefined|NaN)(?![A-Za-z0-9_])/;
/** Among other words it may be one of a sentence or an expression, unless it stands where a value does. */
const amongWords = /(?:(?<![=!<>])=|:\/\/|@)(undefined|NaN)(?![A-Za-z0-9_])/;

/** Finds such a text; scripts and configuration files, which may mean the word, are let through. */
export function unsetIn(text: string): Unset | undefined {
  if (!any.test(text) || text.includes("\n")) return undefined;
  if (text.includes("[object Object]")) return { text, word: "[object Object]" };
  const word = (/\s/.test(text) ? amongWords : inOneWord).exec(text)?.[1];
  return word === undefined ? undefined : { text, word };
}
