import type { Addon } from "../../synth/model/addon.ts";
import type { Finding } from "./finding.ts";

const exactVersion = /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

/** Every chart names one version: with a range, what runs would change without a commit. */
export function chartFinding(addons: readonly Addon[]): Finding {
  const check = "charts";
  const charts = addons.flatMap(({ name, chart }) => (chart ? [{ name, version: chart.version }] : []));
  const loose = charts.filter(({ version }) => !exactVersion.test(version));
  if (loose.length === 0) {
    return { check, level: "ok", what: `all ${charts.length} charts name one version`, fix: "" };
  }
  return {
    check,
    level: "fault",
    what: `charts without an exact version: ${loose.map(({ name, version }) => `${name} ${version}`).join(", ")}`,
    fix: `name one in ${loose.map(({ name }) => `platform/${name}.ts`).join(", ")}`,
  };
}
