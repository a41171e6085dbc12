import { describe, expect, test } from "vitest";
import { versionOf } from "../../../apps/content-studio/telemetry.ts";
import { list, text } from "../../../synth/objects/json-fields.ts";
import { onEks, onLaptop } from "./rendered.ts";

const environmentOf = (container: unknown) =>
  new Map(list(container, "env").map((entry) => [text(entry, "name"), text(entry, "value")]));

describe("telemetry", () => {
  test.each(["server", "worker"])("of the %s goes to the agent of its own node, by HTTP", (component) => {
    const container = onEks().container(`content-studio-${component}`);
    const environment = environmentOf(container);
    expect(environment.get("OTEL_EXPORTER_OTLP_ENDPOINT")).toBe("http://$(HOST_IP):4318");
    expect(environment.get("OTEL_EXPORTER_OTLP_PROTOCOL")).toBe("http/protobuf");
    expect(container).toMatchObject({
      env: expect.arrayContaining([
        { name: "HOST_IP", valueFrom: { fieldRef: { fieldPath: "status.hostIP" } } },
      ]),
    });
    // A variable is only put in where it stands before what it is part of.
    const names = [...environment.keys()];
    expect(names.indexOf("HOST_IP")).toBeLessThan(names.indexOf("OTEL_EXPORTER_OTLP_ENDPOINT"));
    expect(names.indexOf("POD_UID")).toBeLessThan(names.indexOf("OTEL_RESOURCE_ATTRIBUTES"));
  });

  test("carries Datadog's unified tags, the same on traces, logs and figures", () => {
    const { container, of } = onEks();
    const environment = environmentOf(container("content-studio-server"));
    const service = "content-studio-server";
    expect(environment.get("OTEL_SERVICE_NAME")).toBe(service);
    expect(environment.get("OTEL_RESOURCE_ATTRIBUTES")).toContain(
      "deployment.environment=prod,deployment.environment.name=prod,service.version=1.2.0",
    );
    expect(["DD_ENV", "DD_SERVICE", "DD_VERSION"].map((name) => environment.get(name))).toEqual([
      "prod",
      service,
      "1.2.0",
    ]);
    expect(of("Deployment", service)).toMatchObject({
      spec: {
        template: {
          metadata: {
            labels: {
              "tags.datadoghq.com/env": "prod",
              "tags.datadoghq.com/service": service,
              "tags.datadoghq.com/version": "1.2.0",
            },
          },
        },
      },
    });
  });

  test("is off where nothing collects it", () => {
    const environment = environmentOf(onLaptop().container("content-studio-server"));
    expect(environment.get("OTEL_SDK_DISABLED")).toBe("true");
    expect(environment.has("OTEL_EXPORTER_OTLP_ENDPOINT")).toBe(false);
  });

  test("names an image's version by its tag, or by as much of its digest as a label holds", () => {
    const digest = "0123456789abcdef".repeat(4);
    expect(versionOf("registry:5000/content-studio/server:1.2.0")).toBe("1.2.0");
    expect(versionOf(`registry/content-studio/server@sha256:${digest}`)).toBe("0123456789ab");
    const { of } = onEks({ server: `registry/server@sha256:${digest}` });
    expect(JSON.stringify(of("Deployment", "content-studio-server"))).toContain(
      '"tags.datadoghq.com/version":"0123456789ab"',
    );
  });
});
