const signals = ["SIGINT", "SIGTERM"] as const;

export interface HeldSignals {
  /** The signal that has come since, if any: one that comes during synchronous work is delivered in the next turn. */
  readonly arrived: () => Promise<NodeJS.Signals | undefined>;
  /** Lets a signal that came end the process after all. */
  readonly release: () => Promise<void>;
}

/** Keeps a signal from ending the process before what it has begun is finished or taken back. */
export function holdSignals(): HeldSignals {
  let held: NodeJS.Signals | undefined;
  const hold = (signal: NodeJS.Signals): void => {
    held = signal;
  };
  for (const signal of signals) process.on(signal, hold);
  const arrived = async (): Promise<NodeJS.Signals | undefined> => {
    await new Promise((resolve) => setImmediate(resolve));
    // Once more: the first turn may be the one that is going on.
    await new Promise((resolve) => setImmediate(resolve));
    return held;
  };
  return {
    arrived,
    release: async () => {
      const signal = await arrived();
      for (const each of signals) process.off(each, hold);
      if (signal !== undefined) process.kill(process.pid, signal);
    },
  };
}
