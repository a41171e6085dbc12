type Duration = `${number}${"s" | "m" | "h"}`;

interface Route {
  readonly receiver: string;
  readonly matchers?: readonly string[];
  readonly group_by?: readonly string[];
  readonly group_wait?: Duration;
  readonly group_interval?: Duration;
  readonly repeat_interval?: Duration;
  readonly routes?: readonly Route[];
}

interface Receiver {
  readonly name: string;
  readonly slack_configs?: readonly {
    readonly channel: string;
    readonly send_resolved: boolean;
    readonly title: string;
    readonly text: string;
  }[];
  readonly email_configs?: readonly { readonly to: string; readonly send_resolved: boolean }[];
  readonly pagerduty_configs?: readonly { readonly routing_key_file: string; readonly description: string }[];
  readonly webhook_configs?: readonly { readonly url_file: string; readonly send_resolved: boolean }[];
}

/** What we write of Alertmanager's configuration (0.34), in its own words; secrets are files. */
export interface AlertmanagerConfig {
  readonly global: {
    readonly resolve_timeout: Duration;
    readonly slack_api_url_file: string;
    readonly smtp_smarthost: string;
    readonly smtp_from: string;
    readonly smtp_auth_username: string;
    readonly smtp_auth_password_file: string;
    readonly smtp_require_tls: boolean;
  };
  readonly route: Route;
  readonly inhibit_rules: readonly {
    readonly source_matchers: readonly string[];
    readonly target_matchers: readonly string[];
    readonly equal: readonly string[];
  }[];
  readonly receivers: readonly Receiver[];
}
