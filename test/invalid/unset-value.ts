import { config, httpIngress } from "#synth";
import { addon, webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

/** What types would have refused, and is not there at run time. */
const missing: Readonly<Record<string, string>> = {};
const fix = "give it the value that is meant, or leave it out";

export default [
  invalidGarden(
    {
      title: "an address without its host",
      what: '"https://undefined/api" has undefined where a value should be',
      fix,
      object: "ConfigMap/shop-dev/settings data.API_URL",
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        config(stage, "settings", { API_URL: `https://${missing["host"]}/api` });
      },
    },
  ),
  invalidGarden(
    {
      title: "a host without its first part",
      what: '"undefined.example.com" has undefined where a value should be',
      fix,
      object: "Ingress/shop-dev/web spec.rules[0].host",
    },
    {
      render: (stage, context) => {
        const web = webServer(stage, context);
        const host = `${missing["host"]}.example.com`;
        httpIngress(stage, "web", { host, routes: { "/": web.port("http") } });
      },
    },
  ),
  invalidGarden(
    {
      title: "a key that is not there",
      what: '"undefined" has undefined where a value should be',
      fix,
      object: "ConfigMap/shop-dev/settings data.undefined",
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        config(stage, "settings", { [String(missing["name"])]: "info" });
      },
    },
  ),
  invalidGarden(
    {
      title: "an object as text",
      what: '"sun: [object Object]" has an object where text should be',
      fix: "write the field of the object that is meant",
      object: "ConfigMap/shop-dev/settings data.SUN",
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        config(stage, "settings", { SUN: `sun: ${String(missing)}` });
      },
    },
  ),
  invalidGarden(
    {
      title: "a chart value from a number that is none",
      what: '"NaN" has NaN where a value should be',
      fix,
      object: "weather values.rain.perDay",
    },
    {
      addons: [
        addon("weather", {
          chart: { name: "weather", version: "1.0.0" },
          values: { rain: { perDay: String(Number(missing["rain"])) } },
        }),
      ],
    },
  ),
];
