import { field, isFields, list, stringMap, strings, text } from "../objects/json-fields.ts";
import {
  addedCapabilities,
  allSites,
  commonControls,
  containerSites,
  procMount,
  violation,
} from "./pod-security-controls.ts";
import type { Control } from "./pod-security-controls.ts";

const volumeTypes: readonly string[] = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  // Since 1.33, which the page on the standards does not say.
  "image",
  "persistentVolumeClaim",
  "projected",
  "secret",
];

const restrictedVolumes: Control = ({ spec }) =>
  list(spec, "volumes").flatMap((volume, index) => {
    if (volumeTypes.some((type) => field(volume, type) !== undefined)) return [];
    const type = isFields(volume) ? Object.keys(volume).find((key) => key !== "name") : undefined;
    return [violation("Volume Types", `volumes[${index}]`, type, volumeTypes.join(", "))];
  });

const privilegeEscalation: Control = (pod) =>
  containerSites(pod).flatMap(({ at, securityContext }) => {
    const value = field(securityContext, "allowPrivilegeEscalation");
    if (value === false) return [];
    return [
      violation("Privilege Escalation", `${at}securityContext.allowPrivilegeEscalation`, value, "false"),
    ];
  });

/** A pod with a user namespace of its own may be root in it; since 1.35. */
const unlessOwnUsers =
  (control: Control): Control =>
  (pod) =>
    field(pod.spec, "hostUsers") === false ? [] : control(pod);

const runAsNonRoot: Control = (pod) => {
  const byPod = field(pod.spec, "securityContext", "runAsNonRoot");
  return containerSites(pod).flatMap(({ at, securityContext }) => {
    const value = field(securityContext, "runAsNonRoot") ?? byPod;
    if (value === true) return [];
    return [violation("Running as Non-root", `${at}securityContext.runAsNonRoot`, value, "true")];
  });
};

const runAsUser: Control = (pod) =>
  allSites(pod).flatMap(({ at, securityContext }) =>
    field(securityContext, "runAsUser") === 0
      ? [violation("Running as Non-root user", `${at}securityContext.runAsUser`, 0, "nothing or any but 0")]
      : [],
  );

const seccomp: Control = (pod) => {
  const byPod = text(pod.spec, "securityContext", "seccompProfile", "type");
  return containerSites(pod).flatMap(({ at, securityContext }) => {
    // What is set, and wrong, is the common control's to say.
    if (text(securityContext, "seccompProfile", "type") !== undefined || byPod !== undefined) return [];
    const path = `${at}securityContext.seccompProfile.type`;
    return [violation("Seccomp", path, undefined, "RuntimeDefault, Localhost")];
  });
};

const droppedCapabilities: Control = (pod) =>
  containerSites(pod).flatMap(({ at, securityContext }) => {
    const dropped = strings(securityContext, "capabilities", "drop");
    if (dropped.includes("ALL")) return [];
    const shown = dropped.length === 0 ? undefined : dropped;
    return [violation("Capabilities", `${at}securityContext.capabilities.drop`, shown, "ALL")];
  });

/** What only Linux has: a Windows pod has no such fields. */
const onLinux =
  (control: Control): Control =>
  (pod) =>
    stringMap(pod.spec, "os").name === "windows" ? [] : control(pod);

/** Level restricted of the Pod Security Standards, v1.35. */
export const restrictedControls: readonly Control[] = [
  ...commonControls,
  restrictedVolumes,
  onLinux(privilegeEscalation),
  unlessOwnUsers(runAsNonRoot),
  unlessOwnUsers(runAsUser),
  onLinux(seccomp),
  onLinux(droppedCapabilities),
  onLinux(addedCapabilities(["NET_BIND_SERVICE"])),
  // Here a user namespace of its own does not help.
  procMount,
];
