import { inflated } from "./inflated.ts";

export default [
  inflated(
    {
      title: "a Job that no Helm is there to run",
      what: "it is a hook (pre-install), and no Helm runs it there",
      fix: "disable it by a value of the chart, or use the chart in mode reference",
      object: "Job/keda/prepare",
    },
    'apiVersion: batch/v1\nkind: Job\nmetadata: { name: prepare, annotations: { helm.sh/hook: "pre-install" } }',
  ),
];
