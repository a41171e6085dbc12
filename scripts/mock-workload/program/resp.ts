/** Redis' protocol, version 2, as far as publishing and subscribing need it. */

/** An error of the server is an Error; a missing value is null. */
export type Reply = string | number | null | Error | readonly Reply[];

/** A command as bytes. */
export function command(...words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join("")}`;
}

/** Reads replies from bytes as they arrive, however they are cut. */
export class ReplyReader {
  #pending = Buffer.alloc(0);

  /** The replies that are whole now. */
  read(bytes: Buffer): readonly Reply[] {
    this.#pending = Buffer.concat([this.#pending, bytes]);
    const replies: Reply[] = [];
    for (let found = readReply(this.#pending, 0); found !== undefined; found = readReply(this.#pending, 0)) {
      replies.push(found.reply);
      this.#pending = this.#pending.subarray(found.end);
    }
    return replies;
  }
}

interface Found {
  readonly reply: Reply;
  readonly end: number;
}

/** Undefined where the reply is not whole yet. */
function readReply(bytes: Buffer, start: number): Found | undefined {
  const lineEnd = bytes.indexOf("\r\n", start);
  if (lineEnd === -1) return undefined;
  const line = bytes.toString("utf8", start + 1, lineEnd);
  const end = lineEnd + 2;
  switch (String.fromCharCode(bytes[start] ?? 0)) {
    case "+":
      return { reply: line, end };
    case "-":
      return { reply: new Error(line), end };
    case ":":
      return { reply: Number(line), end };
    case "$":
      return readText(bytes, end, Number(line));
    case "*":
      return readList(bytes, end, Number(line));
    default:
      throw new Error("what answers does not speak Redis' protocol");
  }
}

function readText(bytes: Buffer, start: number, length: number): Found | undefined {
  if (length === -1) return { reply: null, end: start };
  const end = start + length + 2;
  return end > bytes.length ? undefined : { reply: bytes.toString("utf8", start, end - 2), end };
}

function readList(bytes: Buffer, start: number, length: number): Found | undefined {
  const replies: Reply[] = [];
  let end = start;
  for (let index = 0; index < length; index++) {
    const found = readReply(bytes, end);
    if (found === undefined) return undefined;
    replies.push(found.reply);
    end = found.end;
  }
  return { reply: length === -1 ? null : replies, end };
}
