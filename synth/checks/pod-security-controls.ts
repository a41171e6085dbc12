import { field, list, stringMap, strings, text } from "../objects/json-fields.ts";
import type { PodTemplate } from "./workloads.ts";

/** A field of a pod that breaks a control of the Pod Security Standards. */
interface Violation {
  /** Name of the control as the standards have it. */
  readonly control: string;
  /** Path below the pod's spec, such as `containers[0].securityContext.privileged`. */
  readonly field: string;
  readonly value: string;
  /** What the control allows there. */
  readonly allowed: string;
}

/** One control: given a pod, its violations. */
export type Control = (pod: PodTemplate) => readonly Violation[];

interface Site {
  /** Path below the pod's spec; empty for the pod itself. */
  readonly at: string;
  readonly securityContext: unknown;
  readonly spec: unknown;
}

/** Every container of a pod, init containers first. */
export function containerSites({ containers, path }: PodTemplate): readonly Site[] {
  return containers.map(({ spec, path: at }) => ({
    at: `${at.slice(path.length + 1)}.`,
    securityContext: field(spec, "securityContext"),
    spec,
  }));
}

/** The pod's own security context, and its containers'. */
export function allSites(pod: PodTemplate): readonly Site[] {
  const own = { at: "", securityContext: field(pod.spec, "securityContext"), spec: pod.spec };
  return [own, ...containerSites(pod)];
}

/** A control on one field of every security context: undefined, or one of a few values. */
function contextControl(
  control: string,
  path: readonly string[],
  allowed: readonly string[],
  sites: (pod: PodTemplate) => readonly Site[] = allSites,
): Control {
  return (pod) =>
    sites(pod).flatMap(({ at, securityContext }) => {
      const value = field(securityContext, ...path);
      if (value === undefined || value === null || allowed.includes(String(value))) return [];
      return [
        violation(
          control,
          `${at}securityContext.${path.join(".")}`,
          value,
          `nothing or ${allowed.join(", ")}`,
        ),
      ];
    });
}

export function violation(control: string, path: string, value: unknown, allowed: string): Violation {
  const shown = value === undefined ? "not set" : typeof value === "string" ? value : JSON.stringify(value);
  return { control, field: path, value: shown, allowed };
}

const hostNamespaces: Control = ({ spec }) =>
  ["hostNetwork", "hostPID", "hostIPC"].flatMap((name) =>
    field(spec, name) === true ? [violation("Host Namespaces", name, true, "nothing or false")] : [],
  );

const baselineCapabilities: readonly string[] = [
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
];

export function addedCapabilities(allowed: readonly string[]): Control {
  return (pod) =>
    containerSites(pod).flatMap(({ at, securityContext }) =>
      strings(securityContext, "capabilities", "add")
        .filter((capability) => !allowed.includes(capability))
        .map((capability) =>
          violation("Capabilities", `${at}securityContext.capabilities.add`, capability, allowed.join(", ")),
        ),
    );
}

const hostPathVolumes: Control = ({ spec }) =>
  list(spec, "volumes").flatMap((volume, index) =>
    field(volume, "hostPath") === undefined
      ? []
      : [violation("HostPath Volumes", `volumes[${index}].hostPath`, field(volume, "hostPath"), "nothing")],
  );

const hostPorts: Control = (pod) =>
  containerSites(pod).flatMap(({ at, spec }) =>
    list(spec, "ports").flatMap((port, index) => {
      const value = field(port, "hostPort");
      if (value === undefined || value === 0) return [];
      return [violation("Host Ports", `${at}ports[${index}].hostPort`, value, "nothing or 0")];
    }),
  );

const handlers: readonly (readonly string[])[] = [
  ["livenessProbe"],
  ["readinessProbe"],
  ["startupProbe"],
  ["lifecycle", "postStart"],
  ["lifecycle", "preStop"],
];

/** Since 1.34. */
const hostProbes: Control = (pod) =>
  containerSites(pod).flatMap(({ at, spec }) =>
    handlers.flatMap((handler) =>
      ["httpGet", "tcpSocket"].flatMap((action) => {
        const value = text(spec, ...handler, action, "host");
        if (value === undefined || value === "") return [];
        const path = `${at}${handler.join(".")}.${action}.host`;
        return [violation("Host Probes / Lifecycle Hooks", path, value, "nothing")];
      }),
    ),
  );

const appArmorAnnotation = "container.apparmor.security.beta.kubernetes.io/";

const appArmorAnnotations: Control = ({ annotations }) =>
  Object.entries(annotations).flatMap(([key, value]) => {
    if (!key.startsWith(appArmorAnnotation)) return [];
    if (value === "" || value === "runtime/default" || value.startsWith("localhost/")) return [];
    return [violation("AppArmor", `metadata.annotations[${key}]`, value, "runtime/default or localhost/*")];
  });

/** With a user namespace of its own a pod may unmask /proc; since 1.35. */
const baselineProcMount: Control = (pod) => (field(pod.spec, "hostUsers") === false ? [] : procMount(pod));

export const procMount = contextControl("/proc Mount Type", ["procMount"], ["Default"], containerSites);

const sysctls: ReadonlySet<string> = new Set([
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.ping_group_range",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_rmem",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.tcp_wmem",
]);

const safeSysctls: Control = ({ spec }) =>
  list(spec, "securityContext", "sysctls").flatMap((entry, index) => {
    const { name = "" } = stringMap(entry);
    if (sysctls.has(name)) return [];
    return [violation("Sysctls", `securityContext.sysctls[${index}].name`, name, [...sysctls].join(", "))];
  });

const seccomp = contextControl("Seccomp", ["seccompProfile", "type"], ["RuntimeDefault", "Localhost"]);

/** What baseline and restricted ask for in the same words. */
export const commonControls: readonly Control[] = [
  contextControl("HostProcess", ["windowsOptions", "hostProcess"], ["false"]),
  hostNamespaces,
  contextControl("Privileged Containers", ["privileged"], ["false"], containerSites),
  hostPorts,
  hostProbes,
  contextControl("AppArmor", ["appArmorProfile", "type"], ["RuntimeDefault", "Localhost"]),
  appArmorAnnotations,
  contextControl(
    "SELinux",
    ["seLinuxOptions", "type"],
    ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"],
  ),
  contextControl("SELinux", ["seLinuxOptions", "user"], [""]),
  contextControl("SELinux", ["seLinuxOptions", "role"], [""]),
  seccomp,
  safeSysctls,
];

/** Level baseline of the Pod Security Standards, v1.35 (pod-security-admission/policy of Kubernetes). */
export const baselineControls: readonly Control[] = [
  ...commonControls,
  addedCapabilities(baselineCapabilities),
  hostPathVolumes,
  baselineProcMount,
];
