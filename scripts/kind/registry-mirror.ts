import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Where containerd looks for a folder for each registry. */
export const certsFolder = "/etc/containerd/certs.d";

/** For the configuration of version 2 that kind's node images have (images/base/files/etc/containerd/config.toml). */
export const readsHostsFiles = `[plugins."io.containerd.grpc.v1.cri".registry]
  config_path = "${certsFolder}"
`;

/** The folder that stands for every registry that has none of its own. */
const everyRegistry = "_default";

/**
 * Writes the hosts file that sends every pull to a mirror first, which learns the registry's name from the query
 * (`ns=docker.io`); what it does not have comes from the registry itself.
 *
 * @param mirror such as `https://mirror.example.com`
 * @returns the folder to mount in the nodes
 */
export function writeRegistryHosts(folder: string, mirror: string): string {
  const hosts = join(folder, "registry-hosts");
  rmSync(hosts, { recursive: true, force: true });
  mkdirSync(join(hosts, everyRegistry), { recursive: true });
  writeFileSync(join(hosts, everyRegistry, "hosts.toml"), hostsFile(mirror));
  return hosts;
}

export function hostsFile(mirror: string): string {
  return `[host.${JSON.stringify(new URL(mirror).href)}]\n  capabilities = ["pull", "resolve"]\n`;
}
