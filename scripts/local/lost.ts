import { ProblemsError } from "../../synth/model/problem.ts";
import type { ClusterState } from "../cluster/provider.ts";

/** Milliseconds between looks at whether a cluster still runs. */
const lookAgain = 2_000;

/** Tells when a cluster does not run any more, whose `up` would wait for ever. */
export interface LossWatch {
  readonly signal: AbortSignal;
  /** @throws ProblemsError with what is known of its end, if it has ended */
  readonly refuse: () => void;
  readonly stop: () => void;
}

/** @param look asks whether it runs; undefined where nobody can tell */
export function watchForLoss(name: string, look: (() => Promise<ClusterState>) | undefined): LossWatch {
  const lost = new AbortController();
  let last: ClusterState | undefined;
  const timer = setInterval(() => {
    void look?.().then(
      (state) => {
        last = state;
        if (!state.running) lost.abort();
      },
      // Who cannot be asked is not known to have ended.
      () => undefined,
    );
  }, lookAgain);
  return {
    signal: lost.signal,
    refuse: () => {
      if (lost.signal.aborted) throw ended(name, last?.details ?? []);
    },
    stop: () => clearInterval(timer),
  };
}

function ended(name: string, details: readonly string[]): ProblemsError {
  return new ProblemsError([
    {
      rule: "cluster-lost",
      at: { definition: "slipway up", cluster: name },
      what: `the cluster does not run whole any more: ${details.join("; ")}`,
      fix: "run npm run slipway -- up again, which starts it with what it held",
    },
  ]);
}
