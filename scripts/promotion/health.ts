import type { AskHealth } from "./promote.ts";
import type { Desk } from "./desk.ts";

/** Asks the reconciler of the source's cluster, where a kubeconfig says how. */
export function askHealth(_desk: Desk, kubeconfig: string | undefined): AskHealth {
  return () =>
    Promise.resolve({
      isHealthy: undefined,
      because: kubeconfig === undefined ? "no --kubeconfig was given" : "not yet",
    });
}
