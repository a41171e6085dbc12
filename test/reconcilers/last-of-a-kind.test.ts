import { describe, expect, test } from "vitest";
import { project } from "../../synth/argocd/project.ts";
import { access } from "../../synth/flux/access.ts";
import { groupOf } from "../../synth/objects/group-kind.ts";
import { pluralOf } from "../../synth/reconciler/plural.ts";
import type { RenderedSlice } from "../../synth/render/render.ts";
import { allows, boundTo } from "./roles.ts";
import { at, list, wiredWith } from "./wired.ts";

/** A slice's namespaced kinds, and the slice without the objects of one of them. */
function withoutEach({ slice, objects }: RenderedSlice) {
  const kinds = new Set(
    objects.flatMap(({ object }) =>
      // What is the whole purpose of its add-on goes with that.
      object.metadata.namespace === undefined || ["HelmRelease", "FluxInstance"].includes(object.kind)
        ? []
        : [object.kind],
    ),
  );
  return [...kinds].map((kind) => ({
    lost: objects.flatMap(({ object }) => (object.kind === kind ? [object] : [])),
    rest: { slice, objects: objects.filter(({ object }) => object.kind !== kind) },
  }));
}

describe.each(wiredWith("flux"))("with Flux on $name", ({ slices, schemas, cluster }) => {
  test("an account may still remove the last object of a kind, in the commit that takes it out", () => {
    for (const rendered of slices) {
      for (const { lost, rest } of withoutEach(rendered)) {
        const wired = access(
          cluster,
          slices.map((each) => (each === rendered ? rest : each)),
          schemas,
        );
        for (const { apiVersion, kind, metadata } of lost) {
          const group = groupOf(apiVersion);
          const roles = boundTo(wired, rendered.slice.owner, metadata.namespace);
          const may = allows(roles, group, pluralOf(schemas, group, kind), ["get", "delete"]);
          // Nobody needs an account of a slice that holds nothing: it stays as it was.
          expect(may || rest.objects.length === 0, `${rendered.slice.owner}: ${kind}`).toBe(true);
        }
      }
    }
  });
});

describe.each(wiredWith("argocd"))("with Argo CD on $name", ({ slices, cluster }) => {
  test("a project still allows the last object of a kind, in the commit that takes it out", () => {
    for (const rendered of slices) {
      for (const { lost, rest } of withoutEach(rendered)) {
        if (rest.objects.length === 0) continue;
        const { object } = project(cluster, rest);
        for (const { apiVersion, kind } of lost) {
          expect(
            list(at(object, "spec", "namespaceResourceWhitelist")),
            `${rendered.slice.owner}: ${kind}`,
          ).toContainEqual({ group: groupOf(apiVersion), kind });
        }
      }
    }
  });
});
