import type { Problem } from "../../../synth/model/problem.ts";
import { groupKindOf } from "../../../synth/objects/group-kind.ts";
import { text } from "../../../synth/objects/json-fields.ts";
import { objectName } from "../../../synth/objects/kubernetes-object.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import type { Trouble, Unit } from "../reconcilers/reconciler-view.ts";
import type { Histories, ObjectHistory } from "./history.ts";
import { isReady } from "./readiness.ts";

export interface OrderInput {
  readonly cluster: string;
  readonly histories: Histories;
  readonly units: readonly Unit[];
  readonly unitOf: (object: KubernetesObject) => string | undefined;
  /** Everything that the reconciler complained of on the way, also what passed. */
  readonly troubles: readonly Trouble[];
  /** Definition to open for an object. */
  readonly definitionOf: (object: KubernetesObject) => string;
}

/** What came before what it needs, and what only worked when it was tried again. */
export function orderProblems(input: OrderInput): readonly Problem[] {
  return [...customProblems(input), ...unitProblems(input), ...retryProblems(input)];
}

/** Objects of a kind whose CRD was not yet Established. */
function customProblems(input: OrderInput): readonly Problem[] {
  const definitions = new Map(
    [...input.histories.values()]
      .filter(({ object }) => object.kind === "CustomResourceDefinition")
      .map((history) => [
        `${text(history.object, "spec", "group")}/${text(history.object, "spec", "names", "kind")}`,
        history,
      ]),
  );
  return [...input.histories.values()].flatMap((history) => {
    const definition = definitions.get(groupKindOf(history.object));
    if (definition === undefined || !isBefore(history, definition)) return [];
    return [
      problem(
        input,
        history.object,
        `it was created before ${objectName(definition.object)} was Established`,
        "let its slice depend on the add-on that brings the CRD",
      ),
    ];
  });
}

/** Objects that were created before what their unit waits for was ready; one problem for each that was not. */
function unitProblems(input: OrderInput): readonly Problem[] {
  const members = Map.groupBy(input.histories.values(), ({ object }) => input.unitOf(object) ?? "");
  return input.units.flatMap((unit) => {
    const created = (members.get(unit.name) ?? []).filter(({ createdAt }) => createdAt !== undefined);
    return unit.dependsOn
      .flatMap((name) => members.get(name) ?? [])
      .flatMap((needed) => {
        const early = created.filter((each) => isBefore(each, needed));
        // What starts something tells more than what lies there.
        const first = early.find(({ object }) => isReady(object) !== undefined) ?? early[0];
        return first === undefined ? [] : [tooEarly(input, unit, first, needed)];
      });
  });
}

function tooEarly(input: OrderInput, unit: Unit, first: ObjectHistory, needed: ObjectHistory): Problem {
  return problem(
    input,
    first.object,
    needed.object.kind === "Job"
      ? `it was created before ${objectName(needed.object)}, which has to come first, was complete`
      : `it was created before ${objectName(needed.object)}, which ${unit.name} depends on, was ready`,
    "look at the sync wave or dependsOn of both, which npm run slipway -- explain prints; a definition's dependsOn and stages make them",
  );
}

function retryProblems(input: OrderInput): readonly Problem[] {
  const told = input.troubles.map(({ name, object, message }): Problem => ({
    rule: "live-order",
    at: { definition: definitionOfUnit(input, name), cluster: input.cluster, object },
    what: `it did not succeed at the first try: ${message}`,
    fix: "what it needed was not there yet: let its slice depend on what makes that, or move it to a later stage",
  }));
  const jobs = [...input.histories.values()].filter(
    ({ object, createdAt }) => object.kind === "Job" && createdAt !== undefined && hasFailed(object),
  );
  const failed = jobs.map(({ object }) =>
    problem(
      input,
      object,
      "one of its pods failed before it completed",
      "read the Job's pods and logs; it must complete at the first try",
    ),
  );
  return [...told, ...failed];
}

function hasFailed(object: KubernetesObject): boolean {
  const { status } = object;
  return typeof status === "object" && status !== null && "failed" in status && Number(status["failed"]) > 0;
}

/** Whether one was created while the other had to be waited for. What was there before the run waits for nothing. */
function isBefore({ createdAt }: ObjectHistory, needed: ObjectHistory): boolean {
  if (createdAt === undefined || isReady(needed.object) === undefined) return false;
  if (needed.createdAt === undefined && needed.readyAt !== undefined) return false;
  return needed.readyAt === undefined || needed.readyAt > createdAt;
}

function definitionOfUnit({ histories, definitionOf, unitOf }: OrderInput, name: string): string {
  for (const { object } of histories.values()) {
    if (unitOf(object) === name || object.metadata.name === name) return definitionOf(object);
  }
  return "dist";
}

function problem(
  { cluster, definitionOf }: OrderInput,
  object: KubernetesObject,
  what: string,
  fix: string,
): Problem {
  return {
    rule: "live-order",
    at: { definition: definitionOf(object), cluster, object: objectName(object) },
    what,
    fix,
  };
}
