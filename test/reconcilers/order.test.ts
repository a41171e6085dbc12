import { describe, expect, test } from "vitest";
import { at, list, ofKind, wiredWith } from "./wired.ts";

describe("one dependency graph", () => {
  test.each(wiredWith("argocd"))(
    "gives every dependency on $name an earlier sync wave",
    ({ objects, slices }) => {
      const applications = ofKind(objects, "Application");
      const wave = (owner: string): number => {
        const found = applications.find(({ metadata }) => metadata.name === owner);
        return Number(at(found, "metadata", "annotations", "argocd.argoproj.io/sync-wave"));
      };
      for (const { slice } of slices) {
        for (const dependency of slice.dependsOn) expect(wave(dependency)).toBeLessThan(wave(slice.owner));
      }
    },
  );

  test.each(wiredWith("flux"))("gives every dependency on $name a dependsOn", ({ objects, slices }) => {
    const kustomizations = ofKind(objects, "Kustomization");
    const namesOf = (name: string) =>
      list(
        at(
          kustomizations.find(({ metadata }) => metadata.name === name),
          "spec",
          "dependsOn",
        ),
      ).map((each) => at(each, "name"));
    for (const { slice } of slices) {
      const [first = ""] = slice.stages;
      const entry = slice.stages.length === 1 ? slice.owner : `${slice.owner}-${first}`;
      expect(namesOf(entry)).toEqual(expect.arrayContaining([...slice.dependsOn]));
    }
  });

  test.each(wiredWith("flux"))(
    "takes the stages of a slice on $name one after the other",
    ({ objects, slices }) => {
      const kustomizations = ofKind(objects, "Kustomization");
      for (const { slice } of slices) {
        const names = slice.stages.map((stage, index) =>
          index === slice.stages.length - 1 ? slice.owner : `${slice.owner}-${stage}`,
        );
        for (const [index, name] of names.entries()) {
          const found = kustomizations.find(({ metadata }) => metadata.name === name);
          expect(found, name).toBeDefined();
          if (index > 0) expect(at(found, "spec", "dependsOn")).toEqual([{ name: names[index - 1] }]);
        }
      }
    },
  );

  test.each(wiredWith("argocd"))("takes the stages of a slice on $name in waves", ({ slices }) => {
    for (const { slice, objects } of slices.filter((each) => each.slice.stages.length > 1)) {
      for (const { object, stage } of objects) {
        expect(at(object, "metadata", "annotations", "argocd.argoproj.io/sync-wave")).toBe(
          String(slice.stages.indexOf(stage)),
        );
      }
    }
  });

  test("every Kustomization's folder holds objects", () => {
    for (const { name, objects, slices } of wiredWith("flux")) {
      const folders = new Set(
        slices.flatMap(({ slice, objects: own }) =>
          own.map(({ stage }) => {
            const folder = `./dist/${name}/${slice.layer}/${slice.owner}`;
            return slice.stages.length === 1
              ? folder
              : `${folder}/${slice.stages.indexOf(stage) + 1}-${stage}`;
          }),
        ),
      );
      for (const kustomization of ofKind(objects, "Kustomization")) {
        const path = String(at(kustomization, "spec", "path"));
        if (path.endsWith("/access") || path.endsWith("/reconciler")) continue;
        expect(folders).toContain(path);
      }
    }
  });
});
