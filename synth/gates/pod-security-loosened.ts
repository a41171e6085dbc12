import { asRendered } from "../changes/cluster-pods.ts";
import type { DistObject } from "../changes/dist-object.ts";
import type { ObjectChange } from "../changes/object-change.ts";
import { baselineControls } from "../checks/pod-security-controls.ts";
import { restrictedControls } from "../checks/pod-security-restricted.ts";
import { podTemplatesOf, workloadText } from "../checks/workloads.ts";
import type { PodTemplate } from "../checks/workloads.ts";
import type { Problem } from "../model/problem.ts";
import { stringMap } from "../objects/json-fields.ts";
import { gateProblem } from "./gate.ts";
import type { Gate } from "./gate.ts";

/** Levels of the Pod Security Standards, loosest first. */
const levels = ["privileged", "baseline", "restricted"];
const label = "pod-security.kubernetes.io/enforce";

/** No namespace takes pods that it refused, and no pod takes rights on its node that it had not. */
export const podSecurityLoosened: Gate = {
  id: "pod-security-loosened",
  *run({ changes }) {
    for (const change of changes.objects) {
      if (change.kind === "/Namespace") yield* loosenedNamespace(change);
      else yield* loosenedPods(change);
    }
  },
};

function* loosenedNamespace({ before, after }: ObjectChange): Iterable<Problem> {
  if (before === undefined || after === undefined) return;
  const [old, now] = [levelOf(before), levelOf(after)];
  if (levels.indexOf(now) >= levels.indexOf(old)) return;
  yield gateProblem(
    podSecurityLoosened.id,
    after,
    `it enforces level ${now} instead of ${old} of the Pod Security Standards`,
    "keep the level, and move what needs a looser one to a namespace of its own",
  );
}

/** A namespace without the label enforces nothing, as does one with a level that does not exist. */
function levelOf({ object }: DistObject): string {
  const level = stringMap(object, "metadata", "labels")[label] ?? "";
  return levels.includes(level) ? level : "privileged";
}

function* loosenedPods({ before, after }: ObjectChange): Iterable<Problem> {
  if (before === undefined || after === undefined) return;
  const old = podTemplatesOf(asRendered(before));
  for (const template of podTemplatesOf(asRendered(after))) {
    const former = old.find(({ kind, path }) => kind === template.kind && path === template.path);
    if (former === undefined) continue;
    const known = new Set(violations(former).map(({ key }) => key));
    const gained = violations(template).filter(({ key }) => !known.has(key));
    if (gained.length === 0) continue;
    yield gateProblem(
      podSecurityLoosened.id,
      after,
      `pods of ${workloadText(template)} take what level restricted forbids and they had not: ${gained.map(({ text }) => text).join("; ")}`,
      "do without it; building blocks are secure by default",
    );
  }
}

/** By control and container, so that another order of containers is nothing new. */
function violations(template: PodTemplate): readonly { key: string; text: string }[] {
  const found = [...baselineControls, ...restrictedControls].flatMap((control) => control(template));
  const texts = new Map(
    found.map(({ control, field, value }) => {
      const path = field.replace(/^(\w*[cC]ontainers)\[(\d+)\]/, (all, list: string, index: string) => {
        const init = list === "initContainers";
        const container = template.containers.filter((each) => each.init === init)[Number(index)];
        return container === undefined ? all : `${list}[${container.name}]`;
      });
      return [`${control} ${path} ${value}`, `${path} is ${value}`];
    }),
  );
  return [...texts].map(([key, text]) => ({ key, text }));
}
