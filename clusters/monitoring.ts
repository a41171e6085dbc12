import type { AlertReceivers } from "#synth";

/** Where people read what to do about an alert. */
export const runbooks = "https://github.com/example/slipway/blob/main";

/** Who hears of what; `pagerDuty` on clusters that somebody is woken for. */
export const receivers = {
  slackChannel: "#alerts",
  email: {
    to: "platform@example.com",
    from: "alertmanager@example.com",
    smarthost: "email-smtp.us-west-2.amazonaws.com:587",
    user: "alertmanager",
  },
  pagerDuty: false,
} as const satisfies AlertReceivers;
