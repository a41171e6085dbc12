import { createSocket } from "node:dgram";
import type { Socket } from "node:dgram";

/** A name server on loopback: as many addresses for one name as there are at the moment, nothing for any other. */
export interface NameServer {
  readonly port: number;
  /** Addresses that it answers with from now on. */
  answer: (addresses: readonly string[]) => void;
  close: () => Promise<void>;
}

export async function startNameServer(name: string): Promise<NameServer> {
  let addresses: readonly string[] = [];
  const socket = createSocket("udp4");
  socket.on("message", (query, from) => {
    socket.send(answerTo(query, name, addresses), from.port, from.address);
  });
  const port = await bound(socket);
  return {
    port,
    answer: (next) => {
      addresses = next;
    },
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

function bound(socket: Socket): Promise<number> {
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.bind(0, "127.0.0.1", () => resolve(socket.address().port));
  });
}

const headerLength = 12;
const typeA = 1;
/** An answer, to a query for recursion, with recursion. */
const isAnswer = 0x8180;
const noSuchName = 3;

/** RFC 1035: the header, the question again, and an answer for each address. */
function answerTo(query: Buffer, name: string, addresses: readonly string[]): Buffer {
  const { asked, type, end } = questionOf(query);
  const answers = asked === name && type === typeA ? addresses : [];
  const header = Buffer.alloc(headerLength);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(isAnswer | (asked === name ? 0 : noSuchName), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(answers.length, 6);
  return Buffer.concat([header, query.subarray(headerLength, end), ...answers.map(record)]);
}

function questionOf(query: Buffer): { readonly asked: string; readonly type: number; readonly end: number } {
  const labels: string[] = [];
  let at = headerLength;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { asked: labels.join("."), type: query.readUInt16BE(at + 1), end: at + 5 };
}

/** The name of the question, type A, class IN, a second to live, four bytes. */
function record(address: string): Buffer {
  const head = Buffer.from([0xc0, headerLength, 0, typeA, 0, 1, 0, 0, 0, 1, 0, 4]);
  return Buffer.concat([head, Buffer.from(address.split(".").map(Number))]);
}
