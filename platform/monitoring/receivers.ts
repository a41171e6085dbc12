import type { AlertReceivers } from "#synth";
import type { AlertmanagerConfig } from "../values/alertmanager.ts";

/** Secret whose keys are files in Alertmanager's pods; at `kube-prometheus-stack/alertmanager-receivers` in the secret store. */
export const receiversSecret = "alertmanager-receivers";

type Key = "slackUrl" | "smtpPassword" | "pagerDutyKey" | "deadMansSwitchUrl";

/** What has to be in that secret. */
export function receiverKeys({ pagerDuty, deadMansSwitch }: AlertReceivers): readonly Key[] {
  return [
    "slackUrl",
    "smtpPassword",
    ...(pagerDuty ? (["pagerDutyKey"] as const) : []),
    ...(deadMansSwitch === true ? (["deadMansSwitchUrl"] as const) : []),
  ];
}

/** Where the operator mounts the secrets that `alertmanagerSpec.secrets` names. */
function file(key: Key): string {
  return `/etc/alertmanager/secrets/${receiversSecret}/${key}`;
}

/** Pages to on-call, tickets to Slack, the rest by mail; no secret is in it, only files that have them. */
export function alertmanagerConfig(receivers: AlertReceivers): AlertmanagerConfig {
  const { slackChannel, email, pagerDuty, deadMansSwitch = false } = receivers;
  return {
    global: {
      resolve_timeout: "5m",
      slack_api_url_file: file("slackUrl"),
      smtp_smarthost: email.smarthost,
      smtp_from: email.from,
      smtp_auth_username: email.user,
      smtp_auth_password_file: file("smtpPassword"),
      smtp_require_tls: true,
    },
    route: {
      receiver: "tickets",
      group_by: ["app", "environment", "namespace"],
      group_wait: "30s",
      group_interval: "5m",
      repeat_interval: "12h",
      routes: [
        // Always firing: whoever gets it says when it stops.
        {
          receiver: deadMansSwitch ? "dead-mans-switch" : "nobody",
          matchers: ['alertname="Watchdog"'],
          group_wait: "0s",
          group_interval: "1m",
          repeat_interval: "5m",
        },
        { receiver: "nobody", matchers: ['severity="none"'] },
        ...(pagerDuty
          ? [
              {
                receiver: "on-call",
                // Nobody is woken for an environment before prod; alerts of the platform name none.
                matchers: ['severity=~"page|critical"', 'environment=~"prod|"'],
                repeat_interval: "1h",
              } as const,
            ]
          : []),
        { receiver: "mail", matchers: ['severity="info"'], repeat_interval: "24h" },
      ],
    },
    inhibit_rules: inhibitions,
    receivers: [
      { name: "nobody" },
      { name: "tickets", slack_configs: [slack(slackChannel)] },
      { name: "mail", email_configs: [{ to: email.to, send_resolved: false }] },
      ...(pagerDuty
        ? [{ name: "on-call", pagerduty_configs: [{ routing_key_file: file("pagerDutyKey"), ...said }] }]
        : []),
      ...(deadMansSwitch
        ? [
            {
              name: "dead-mans-switch",
              webhook_configs: [{ url_file: file("deadMansSwitchUrl"), send_resolved: false }],
            },
          ]
        : []),
    ],
  };
}

const summaries = "{{ range .Alerts }}{{ .Annotations.summary }} {{ .Annotations.runbook_url }}\n{{ end }}";
const said = { description: summaries } as const;

function slack(channel: string) {
  return {
    channel,
    send_resolved: true,
    title:
      "[{{ .Status | toUpper }}] {{ .GroupLabels.app }} {{ .GroupLabels.environment }} {{ .CommonLabels.alertname }}",
    text: summaries,
  };
}

/** What follows from something that is told already is not told as well. */
const inhibitions: AlertmanagerConfig["inhibit_rules"] = [
  {
    source_matchers: ['alertname="SloBurnsFast"'],
    target_matchers: ['alertname="SloBurnsSlowly"'],
    equal: ["namespace", "slo"],
  },
  {
    source_matchers: ['alertname=~"KubeNodeNotReady|KubeNodeUnreachable"'],
    // These say nothing of nodes: while one is down, any of them may be its doing.
    target_matchers: [
      'alertname=~"KubePodNotReady|KubeContainerWaiting|KubeDeploymentReplicasMismatch|KubeStatefulSetReplicasMismatch|KubeDaemonSetRolloutStuck"',
    ],
    equal: ["cluster"],
  },
  {
    source_matchers: ['severity="critical"'],
    target_matchers: ['severity=~"warning|info"'],
    equal: ["namespace", "alertname"],
  },
  {
    source_matchers: ['severity="warning"'],
    target_matchers: ['severity="info"'],
    equal: ["namespace", "alertname"],
  },
  // The stack's own: alerts of a namespace that only tell are left out while nothing else is wrong there.
  {
    source_matchers: ['alertname="InfoInhibitor"'],
    target_matchers: ['severity="info"', 'alertname!="SloWithoutData"'],
    equal: ["namespace"],
  },
];
