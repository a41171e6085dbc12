/** A browser at an address of its own, as the load balancer says it to HAProxy. */
export interface Client {
  /** Name of the pod that answered. */
  readonly pod: string;
  readonly isOpen: () => boolean;
  close: () => Promise<void>;
}

/** Opens a WebSocket and waits for the pod's first word. */
export function connect(url: string, address: string): Promise<Client> {
  const socket = new WebSocket(url, { headers: { "X-Forwarded-For": `203.0.113.9, ${address}` } });
  const isOpen = () => socket.readyState === WebSocket.OPEN;
  return new Promise((resolve, reject) => {
    socket.addEventListener("error", () => reject(new Error(`${address} finds nobody at ${url}`)), {
      once: true,
    });
    socket.addEventListener(
      "message",
      ({ data }) => {
        resolve({ pod: String(data), isOpen, close: () => closed(socket) });
      },
      { once: true },
    );
  });
}

function closed(socket: WebSocket): Promise<void> {
  if (socket.readyState === WebSocket.CLOSED) return Promise.resolve();
  return new Promise((resolve) => {
    socket.addEventListener("close", () => resolve(), { once: true });
    socket.close();
  });
}

/** The pod that an address is sent to at this moment. */
export async function podOf(url: string, address: string): Promise<string> {
  const client = await connect(url, address);
  await client.close();
  return client.pod;
}
