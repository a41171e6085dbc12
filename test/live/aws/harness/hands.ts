import { setTimeout as sleep } from "node:timers/promises";
import type { PythonEnvironment } from "../../../../scripts/python/environment.ts";
import { remoteSecrets } from "../../../../synth/aws/remote-secrets.ts";
import type { EksCluster } from "../../../../synth/model/cluster.ts";
import type { KubernetesObject } from "../../../../synth/objects/kubernetes-object.ts";
import { beside } from "./beside.ts";
import type { World } from "./world.ts";

/** Somebody who knows the values of secrets. */
export interface Hands {
  /** Puts a value into every entry of Secrets Manager that the cluster reads and that has none. */
  readonly fillSecrets: () => Promise<void>;
  /** That again and again, until the returned function is called. */
  readonly work: () => () => Promise<void>;
}

/** @param objects of the cluster's dist, which say what the readers of an entry want */
export function hands(
  python: PythonEnvironment,
  { moto }: World,
  { region }: EksCluster,
  objects: readonly KubernetesObject[],
): Hands {
  const values = Object.fromEntries(
    remoteSecrets(objects, objects).map(({ name, keys }) => [
      name,
      Object.fromEntries(keys.map((key) => [key, `example-${key}`])),
    ]),
  );
  const fillSecrets = async () =>
    void (await beside(python, moto.url, region, "fill-secrets", JSON.stringify(values)));
  return { fillSecrets, work };

  function work(): () => Promise<void> {
    const over = new AbortController();
    const loop = async (): Promise<void> => {
      while (!over.signal.aborted) {
        await fillSecrets();
        await sleep(2000);
      }
    };
    const done = loop();
    return async () => {
      over.abort();
      await done;
    };
  }
}
