import type { Problem } from "../../../synth/model/problem.ts";
import { objectName } from "../../../synth/objects/kubernetes-object.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import type { TestName } from "../model.ts";
import type { Site } from "../site.ts";

/** What a test came to, before it is timed. */
export interface Outcome {
  /** One line, if it passed: what was looked at. */
  readonly summary: string;
  readonly notes?: readonly string[];
  readonly problems: readonly Problem[];
  /** Why there was nothing to try; it then neither passed nor failed. */
  readonly skipped?: string;
}

export function skip(why: string): Outcome {
  return { summary: why, skipped: why, problems: [] };
}

export interface Complaint {
  readonly object: KubernetesObject;
  readonly definition: string;
  readonly what: string;
  readonly fix: string;
}

export function complain(
  test: TestName,
  { cluster }: Site,
  { object, definition, what, fix }: Complaint,
): Problem {
  return {
    rule: `live-${test}`,
    at: { definition, cluster: cluster.name, object: objectName(object) },
    what,
    fix,
  };
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return count === 1 ? `1 ${one}` : `${count} ${many}`;
}
