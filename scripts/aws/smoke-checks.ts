import { ProblemsError } from "../../synth/model/problem.ts";
import type { Problem } from "../../synth/model/problem.ts";
import type { Rendered } from "./rendered.ts";
import { askPage } from "./smoke/ask.ts";
import type { Address, Answer } from "./smoke/ask.ts";
import { expectations } from "./smoke/expectations.ts";
import type { Expectation } from "./smoke/expectations.ts";
import { minutes, waitFor } from "./wait.ts";

/** Days before its end at which a certificate should long have been renewed: ACM does at 60, cert-manager at 30. */
const fewestDays = 14;

export interface SmokeOptions {
  /** How long a page may take to answer as it should, from the first attempt. Default: one attempt. */
  readonly waitMinutes?: number;
  /** Default: where the host's name leads. */
  readonly at?: Address;
  /** Checked only if the placement is one of these. Default: all. */
  readonly placements?: readonly string[];
}

/**
 * Asks every host that the cluster's Ingresses name: health paths, each routed path, the way from http to https, and the
 * certificate. Returns how many pages were asked for.
 *
 * @throws ProblemsError with each page that does not answer as it should
 */
export async function checkHosts(
  { cluster }: Rendered,
  say: (line: string) => void,
  { waitMinutes = 0, at, placements = [] }: SmokeOptions,
): Promise<number> {
  const problems: Problem[] = [];
  const pages = pagesOf(cluster, placements);
  for (const { expected, definition } of pages) {
    const complaint = await check(expected, at, waitMinutes);
    say(
      `  ${complaint === undefined ? "✓" : "✗"} ${urlOf(expected)}${complaint === undefined ? "" : `: ${complaint.what}`}`,
    );
    if (complaint === undefined) continue;
    problems.push({
      rule: "smoke-check",
      at: { definition, cluster: cluster.cluster.view.name, object: expected.from },
      what: `${urlOf(expected)}: ${complaint.what}`,
      fix: complaint.fix,
    });
  }
  if (problems.length > 0) throw new ProblemsError(problems);
  return pages.length;
}

/** Says which pages would be asked for, and asks for none. Returns how many. */
export function planHosts(
  { cluster }: Rendered,
  say: (line: string) => void,
  placements: readonly string[],
): number {
  const pages = pagesOf(cluster, placements);
  for (const { expected } of pages) {
    const [lowest, highest] = expected.statuses;
    say(`  would ask for ${urlOf(expected)}, which should answer between ${lowest} and ${highest}`);
  }
  return pages.length;
}

/** Every page of every host, or of these placements'. */
function pagesOf({ objects }: Rendered["cluster"], placements: readonly string[]) {
  return objects
    .filter(({ owner }) => placements.length === 0 || placements.includes(owner))
    .flatMap(({ object, definition }) =>
      expectations([object]).map((expected) => ({ expected, definition })),
    );
}

interface Complaint {
  readonly what: string;
  readonly fix: string;
}

async function check(
  expected: Expectation,
  at: Address | undefined,
  waitMinutes: number,
): Promise<Complaint | undefined> {
  let complaint: Complaint | undefined;
  await waitFor(
    async () => {
      complaint = await attempt(expected, at);
      return complaint === undefined || undefined;
    },
    { patience: minutes(waitMinutes) },
  );
  return complaint;
}

async function attempt(expected: Expectation, at: Address | undefined): Promise<Complaint | undefined> {
  try {
    return complaintAbout(expected, await askPage(expected, at));
  } catch (error) {
    return failure(error);
  }
}

function complaintAbout(expected: Expectation, answer: Answer): Complaint | undefined {
  const [lowest, highest] = expected.statuses;
  if (answer.status < lowest || answer.status > highest) {
    const fix =
      answer.status >= 500
        ? "its pods are not ready, or unreachable for the load balancer: look at the placement in the reconciler, and at the target group"
        : "check the path against what the app serves";
    return { what: `it answers ${answer.status}, and should between ${lowest} and ${highest}`, fix };
  }
  if (expected.kind === "redirect" && answer.location?.startsWith("https://") !== true) {
    return {
      what: `it leads to ${answer.location ?? "nowhere"}, not to https`,
      fix: "check ssl-redirect of the Ingress",
    };
  }
  if (answer.certificateDays !== undefined && answer.certificateDays < fewestDays) {
    return {
      what: `its certificate ends in ${answer.certificateDays} days`,
      fix: "see in ACM why it is not renewed: the records that prove the name have to stay",
    };
  }
  return undefined;
}

/** What Node calls the ways in which no answer comes. */
const causes: readonly (readonly [is: RegExp, what: string, fix: string])[] = [
  [
    /ENOTFOUND|EAI_AGAIN/,
    "its name leads nowhere",
    "npm run slipway -- aws publish-dns <cluster>; a new record takes a minute",
  ],
  [
    /CERT|ALTNAME|SELF_SIGNED|UNABLE_TO_VERIFY|DEPTH_ZERO/,
    "its certificate does not hold",
    "check the certificate's names and chain",
  ],
  [
    /ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ETIMEDOUT|ABORT|TimeoutError/,
    "nobody answers",
    "check the load balancer, its security group and inboundCidrs",
  ],
];

function failure(error: unknown): Complaint {
  const said =
    error instanceof Error
      ? `${"code" in error ? String(error.code) : error.name}: ${error.message}`
      : String(error);
  const [, what, fix] = causes.find(([is]) => is.test(said)) ?? [
    /./,
    "it cannot be asked",
    "see what it says",
  ];
  return { what: `${what} (${said})`, fix };
}

function urlOf({ scheme, host, path }: Expectation): string {
  return `${scheme}://${host}${path}`;
}
