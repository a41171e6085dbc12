import { describe, expect, test } from "vitest";
import { factSources } from "../../synth/aws/outputs.ts";
import { field, list, strings, text } from "../../synth/objects/json-fields.ts";
import { roleArn, roleName } from "../../synth/resolve/role-names.ts";
import { reviewed, reviewedManaged, reviewedReading } from "./reviewed.ts";
import { renderedFleet } from "./fleet.ts";
import { gardenStacks, policiesOf, resourcesOf, stackOf } from "./stacks.ts";
import { factsWith } from "../invalid/garden.ts";

const clusters = renderedFleet();
const stacks = clusters.flatMap((cluster) => cluster.stacks);
const policies = stacks.flatMap(policiesOf);

describe("every policy of every stack", () => {
  test("is looked at", () => {
    expect(policies.length).toBeGreaterThan(150);
    expect(new Set(policies.map(({ kind }) => kind))).toEqual(new Set(["trust", "identity", "resource"]));
  });

  test("writes its actions out", () => {
    const vague = policies.flatMap(({ at, statements }) =>
      statements.flatMap((statement) =>
        "NotAction" in Object(statement) ||
        strings(statement, "Action").length === 0 ||
        strings(statement, "Action").some((action) => !/^[a-z0-9-]+:[A-Za-z]+$/.test(action))
          ? [at]
          : [],
      ),
    );
    expect(vague).toEqual([]);
  });

  test("allows on everything only what was reviewed", () => {
    const known = new Set(Object.values(reviewed).flat());
    const unknown = policies
      .filter(({ kind }) => kind === "identity")
      .flatMap(({ at, statements }) =>
        statements
          .filter((statement) => list(statement, "Resource").includes("*"))
          .flatMap((statement) => strings(statement, "Action"))
          .filter((action) => !known.has(action) && !reviewedReading.test(action))
          .map((action) => `${at} ${action}`),
      );
    expect(unknown).toEqual([]);
  });

  test("says what it is about, where it belongs to a role", () => {
    const boundless = policies
      .filter(({ kind }) => kind === "identity")
      .flatMap(({ at, statements }) =>
        statements.filter((statement) => list(statement, "Resource").length === 0).map(() => at),
      );
    expect(boundless).toEqual([]);
  });

  test("that is for everybody denies, or leads through the network of the cluster", () => {
    const open = policies.flatMap(({ at, statements }) =>
      statements
        .filter((statement) => text(statement, "Principal") === "*" && text(statement, "Effect") === "Allow")
        .map((statement) => [at.replace(/^.*\//, ""), field(statement, "Condition")]),
    );
    expect(new Set(open.map((each) => JSON.stringify(each)))).toEqual(
      new Set([
        JSON.stringify(["FileSystem", { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } }]),
      ]),
    );
  });

  test("that AWS writes is one that was reviewed", () => {
    const used = stacks
      .flatMap((stack) => resourcesOf(stack, "AWS::IAM::Role"))
      .flatMap(({ properties }) => strings(properties, "ManagedPolicyArns"));
    expect([...new Set(used)].toSorted()).toEqual(
      reviewedManaged.map((name) => `arn:aws:iam::aws:policy/${name}`).toSorted(),
    );
  });
});

describe.each(clusters.map((cluster) => [cluster.cluster.view.name, cluster] as const))(
  "roles of %s",
  (name, { cluster, stacks, eks }) => {
    const iam = stackOf(stacks, "iam");
    const roles = resourcesOf(iam, "AWS::IAM::Role");
    const users = cluster.order.flatMap((slice) =>
      Object.entries(slice.permissions).map(([user, permissions]) => ({ slice, user, permissions })),
    );

    test("are one for each service account with permissions, and the facts name exactly those", () => {
      const made = roles.map(({ properties }) => text(properties, "RoleName"));
      expect(made.toSorted()).toEqual(users.map(({ slice, user }) => roleName(name, slice, user)).toSorted());
      const { view } = cluster;
      if (view.provider !== "eks") throw new Error("not on EKS");
      expect(view.roles).toEqual(
        Object.fromEntries(users.map(({ slice, user }) => [user, roleArn(view, slice, user)])),
      );
      expect(Object.keys(factSources(eks?.outputs ?? [], stacks).roles).toSorted()).toEqual(
        Object.keys(view.roles).toSorted(),
      );
    });

    test("trust that one account of this cluster, by the whole of its name", () => {
      for (const { user, slice, permissions } of users) {
        const [namespace = "", account = ""] = user.split("/");
        const role = roles.find(
          ({ properties }) => text(properties, "RoleName") === roleName(name, slice, user),
        );
        const trust = policiesOf(iam).find(
          ({ at, kind }) => at === `${iam.name}/${role?.id}` && kind === "trust",
        );
        expect(trust?.statements, user).toEqual([
          permissions.through === "pod-identity"
            ? {
                Effect: "Allow",
                Action: ["sts:AssumeRole", "sts:TagSession"],
                Principal: { Service: "pods.eks.amazonaws.com" },
                Condition: {
                  StringEquals: {
                    "aws:RequestTag/eks-cluster-arn": `arn:aws:eks:${eks?.region}:${eks?.account}:cluster/${eks?.eksName}`,
                    "aws:RequestTag/kubernetes-namespace": namespace,
                    "aws:RequestTag/kubernetes-service-account": account,
                  },
                },
              }
            : {
                Effect: "Allow",
                Action: ["sts:AssumeRoleWithWebIdentity"],
                Principal: {
                  Federated: `arn:aws:iam::${eks?.account}:oidc-provider/\${OidcIssuer}`,
                },
                Condition: {
                  StringEquals: {
                    "${OidcIssuer}:aud": "sts.amazonaws.com",
                    "${OidcIssuer}:sub": `system:serviceaccount:${namespace}:${account}`,
                  },
                },
              },
        ]);
      }
    });

    test("reach accounts that no annotation reaches by an association", () => {
      const associated = resourcesOf(iam, "AWS::EKS::PodIdentityAssociation").map(
        ({ properties }) => `${text(properties, "Namespace")}/${text(properties, "ServiceAccount")}`,
      );
      const wanted = users.filter(({ permissions }) => permissions.through === "pod-identity");
      expect(associated).toEqual(wanted.map(({ user }) => user));
    });
  },
);

describe("permissions become a policy", () => {
  const user = "shop-dev/web";
  const policyOf = (resource: string) => {
    const facts = factsWith({ roles: { [user]: "arn:aws:iam::123456789012:role/garden-shop-dev-web" } });
    const permissions = {
      [user]: { statements: [{ actions: ["s3:GetObject"] as const, resources: [resource] }] },
    };
    const iam = stackOf(gardenStacks({ facts, permissions }), "iam");
    return { iam, statements: policiesOf(iam).find(({ kind }) => kind === "identity")?.statements };
  };

  test("as they are written", () => {
    expect(policyOf("arn:aws:s3:::shop/${aws:username}/*").statements).toEqual([
      { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::shop/${aws:username}/*"] },
    ]);
  });

  test("with a parameter for what the facts hold, and IAM's own variables left alone", () => {
    const { iam, statements } = policyOf("arn:aws:s3:::shop/vpc-0123456789abcdef0/${aws:username}");
    expect(statements).toMatchObject([
      { Resource: [{ "Fn::Sub": "arn:aws:s3:::shop/${VpcId}/${!aws:username}" }] },
    ]);
    expect(iam.parameters["VpcId"]).toEqual({ from: "stack", stack: "network", output: "VpcId" });
  });
});

describe("the name of a role", () => {
  const placement = {
    kind: "placement",
    owner: "shop-dev",
    placement: { app: "shop", environment: "dev" },
  } as const;
  const addon = { kind: "addon", owner: "external-dns" } as const;

  test("is the cluster's and the account's, and the placement's where an app has the account", () => {
    expect(roleName("prod", addon, "kube-system/external-dns")).toBe("prod-external-dns");
    expect(roleName("prod", placement, "shop-dev/web")).toBe("prod-shop-dev-web");
    expect(roleName("prod", placement, "shop-dev/shop")).toBe("prod-shop-dev");
  });

  test("fits into what IAM takes, and stays apart from others that begin alike", () => {
    const names = ["a", "b"].map((end) => roleName("c".repeat(60), addon, `kube-system/${end.repeat(60)}`));
    for (const name of names) expect(name.length).toBeLessThanOrEqual(64);
    expect(new Set(names).size).toBe(2);
  });
});
