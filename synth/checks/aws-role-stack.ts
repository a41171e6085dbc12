import type { Problem } from "../model/problem.ts";
import { factsPath } from "../model/paths.ts";
import { roleArn } from "../resolve/role-names.ts";
import { clusterProblem, sliceProblem } from "./check.ts";
import type { Check, RenderedCluster } from "./check.ts";
import { indexOf } from "./index-objects.ts";

/** Between service accounts and the roles that the stacks make there is one line, and no end of it is loose. */
export const awsRoleStack: Check = {
  id: "aws-role-stack",
  *run(input) {
    yield* rolesOfNoStack(input);
    yield* rolesInValues(input);
    yield* rolesOfNobody(input);
    yield* sharedNames(input);
  },
};

/** A role in the facts, and so on a service account, is the one that the stack makes for that account. */
function* rolesOfNoStack(input: RenderedCluster): Iterable<Problem> {
  const { view, order } = input.cluster;
  if (view.provider !== "eks") return;
  for (const slice of order) {
    for (const user of Object.keys(slice.permissions)) {
      const given = view.roles[user];
      const made = roleArn(view, slice, user);
      if (given === undefined || given === made) continue;
      yield {
        ...clusterProblem(
          awsRoleStack.id,
          input,
          `the role of ${user} is ${given}, which no stack makes`,
          `write "${made}", the one that the stack ${view.name}-iam makes for it`,
        ),
        at: { definition: factsPath(view.name), cluster: view.name },
      };
    }
  }
}

/** What an add-on tells its chart, or writes on an account itself, names no other role either. */
function* rolesInValues(input: RenderedCluster): Iterable<Problem> {
  const { view } = input.cluster;
  if (view.provider !== "eks") return;
  const made = new Set<string>(Object.values(view.roles));
  for (const { slice, objects } of input.slices.filter((each) => each.slice.kind === "addon")) {
    const accounts = objects.filter(({ object }) => object.kind === "ServiceAccount");
    const text = JSON.stringify([slice.chart?.values, accounts.map(({ object }) => object)]);
    const named = new Set(text.match(/arn:aws:iam::\d+:role\/[\w+=,.@/-]+/g));
    for (const arn of named) {
      if (made.has(arn)) continue;
      yield sliceProblem(
        awsRoleStack.id,
        input,
        slice,
        `it names the role ${arn}, which no stack makes`,
        "declare the permissions of the service account, and write identity(…) where the role goes",
      );
    }
  }
}

/** Permissions are for a service account that is there. Whose accounts a chart brings, only the chart knows. */
function* rolesOfNobody(input: RenderedCluster): Iterable<Problem> {
  if (input.cluster.view.provider !== "eks") return;
  const index = indexOf(input);
  for (const { slice } of input.slices) {
    for (const user of Object.keys(slice.permissions)) {
      const [namespace = "", account = ""] = user.split("/");
      const isThere = index.find("/ServiceAccount", namespace, account) !== undefined;
      if (isThere || index.hasUnknownObjects(namespace)) continue;
      yield sliceProblem(
        awsRoleStack.id,
        input,
        slice,
        `its role is for service account ${user}, which nobody renders`,
        "correct the name, or drop the permissions",
        `ServiceAccount/${user}`,
      );
    }
  }
}

/** An account has one role of a name. */
function* sharedNames(input: RenderedCluster): Iterable<Problem> {
  const { view, order } = input.cluster;
  if (view.provider !== "eks") return;
  const users = new Map<string, string>();
  for (const slice of order) {
    for (const user of Object.keys(slice.permissions)) {
      const arn = roleArn(view, slice, user);
      const other = users.get(arn);
      users.set(arn, other ?? user);
      if (other === undefined) continue;
      yield sliceProblem(
        awsRoleStack.id,
        input,
        slice,
        `${user} and ${other} would have one role, ${arn.slice(arn.indexOf("/") + 1)}`,
        "rename one of the service accounts",
        `ServiceAccount/${user}`,
      );
    }
  }
}
