import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { privateFile } from "./private-file.ts";

export interface ServiceAccountName {
  readonly namespace: string;
  readonly name: string;
}

/** Accounts that log in by themselves, as their pods would, and so may be allowed to impersonate others. */
const accountsWithTokens: readonly ServiceAccountName[] = [
  { namespace: "argocd", name: "argocd-application-controller" },
  { namespace: "argocd", name: "argocd-repo-server" },
  { namespace: "flux-system", name: "kustomize-controller" },
  { namespace: "flux-system", name: "source-controller" },
  { namespace: "flux-system", name: "helm-controller" },
];

interface Login {
  readonly user: string;
  readonly groups: readonly string[];
}

const admin: Login = { user: "slipway", groups: ["system:masters"] };
/** All rights: with those of each controller apart, it would make itself thirty accounts at every start. */
const controllerManager: Login = { user: "system:kube-controller-manager", groups: ["system:masters"] };
const scheduler: Login = { user: "system:kube-scheduler", groups: [] };
const nodes: Login = { user: "slipway-kwok", groups: ["system:masters"] };

/** Who may log in to a control plane, and the files that let them. All lie in its folder, readable by its user alone. */
export class Credentials {
  /** Key pair that signs the tokens of service accounts. */
  readonly serviceAccountKey: string;
  /** The API server's `--token-auth-file`. */
  readonly tokenFile: string;
  /** Where the API server keeps the certificate that it makes for itself. */
  readonly certificates: string;
  readonly #folder: string;
  readonly #tokens: ReadonlyMap<string, string>;

  constructor(folder: string) {
    this.#folder = join(folder, "credentials");
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    this.certificates = this.#folder;
    this.serviceAccountKey = join(this.#folder, "service-accounts.pem");
    this.tokenFile = join(this.#folder, "tokens.csv");
    const logins = [admin, controllerManager, scheduler, nodes, ...accountsWithTokens.map(loginOf)];
    if (!existsSync(this.serviceAccountKey)) makeKey(this.serviceAccountKey);
    if (!existsSync(this.tokenFile)) makeTokens(this.tokenFile, logins);
    this.#tokens = readTokens(this.tokenFile);
  }

  /** Certificate of the API server, there as soon as it answers. */
  get authority(): string {
    return join(this.certificates, "apiserver.crt");
  }

  admin(address: string): string {
    return this.#kubeconfig("admin", address, admin);
  }

  controllerManager(address: string): string {
    return this.#kubeconfig("controller-manager", address, controllerManager);
  }

  scheduler(address: string): string {
    return this.#kubeconfig("scheduler", address, scheduler);
  }

  nodes(address: string): string {
    return this.#kubeconfig("nodes", address, nodes);
  }

  account(address: string, account: ServiceAccountName): string {
    return this.#kubeconfig(
      `${account.namespace}.${account.name}`,
      address,
      loginOf(account),
      account.namespace,
    );
  }

  /** Who has no token of its own is impersonated by one who may. */
  #kubeconfig(name: string, address: string, login: Login, namespace = "default"): string {
    const own = this.#tokens.get(login.user);
    const token = own ?? this.#tokens.get(admin.user);
    const user = { token, ...(own === undefined && { as: login.user }) };
    const path = join(this.#folder, `${name}.kubeconfig`);
    // JSON is YAML.
    const content = {
      apiVersion: "v1",
      kind: "Config",
      "current-context": "slipway",
      clusters: [{ name: "slipway", cluster: { server: address, "certificate-authority": this.authority } }],
      users: [{ name, user }],
      contexts: [{ name: "slipway", context: { cluster: "slipway", user: name, namespace } }],
    };
    privateFile(path, `${JSON.stringify(content, undefined, 2)}\n`);
    return path;
  }
}

function loginOf({ namespace, name }: ServiceAccountName): Login {
  return {
    user: `system:serviceaccount:${namespace}:${name}`,
    groups: ["system:serviceaccounts", `system:serviceaccounts:${namespace}`],
  };
}

function makeKey(path: string): void {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  privateFile(path, privateKey.export({ type: "pkcs8", format: "pem" }).toString());
}

/** Lines of `token,user,uid,"group,group"`. */
function makeTokens(path: string, logins: readonly Login[]): void {
  const lines = logins.map(
    ({ user, groups }) => `${randomBytes(24).toString("hex")},${user},${user},"${groups.join(",")}"`,
  );
  privateFile(path, `${lines.join("\n")}\n`);
}

function readTokens(path: string): ReadonlyMap<string, string> {
  const lines = readFileSync(path, "utf8").trim().split("\n");
  return new Map(
    lines.map((line) => {
      const [token = "", user = ""] = line.split(",");
      return [user, token];
    }),
  );
}
