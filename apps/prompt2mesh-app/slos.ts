import type { Slo } from "#synth";

/** What the platform itself can tell of it: its images promise no metric by name. */
export const slos: readonly Slo[] = [
  {
    name: "backend-availability",
    summary: "for 99.9% of the time at least one backend is ready to answer",
    // The colour that gets no requests yet has another name only by its digest; while both run, either counts.
    ...oneIsReady("backend"),
  },
  {
    name: "front-end-availability",
    summary: "for 99.9% of the time at least one front end is ready to answer",
    ...oneIsReady("streamlit"),
  },
];

function oneIsReady(component: string): Pick<Slo, "objective" | "indicator" | "runbook"> {
  return {
    objective: 0.999,
    indicator: {
      kind: "time",
      of: "sum",
      figure: {
        metric: "kube_pod_status_ready",
        labels: { condition: "true" },
        matching: { pod: `${component}-.+` },
      },
      bound: { atLeast: 1 },
    },
    runbook: "nothing-is-ready",
  };
}
