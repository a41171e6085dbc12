/** What a container is given and has to do, as its pod declares it. The program and what derives it share this shape. */
export interface Contract {
  /** Name of the workload, with which the name of each of its pods starts. */
  readonly workload: string;
  readonly container: string;
  /** What its image is started with: how the program knows which of the image's containers it is. */
  readonly args: readonly string[];
  /** A server, or a task that ends. */
  readonly runs: "always" | "once";
  readonly ports: readonly Port[];
  /** What its HTTP probes ask for. */
  readonly pages: readonly Page[];
  readonly variables: readonly Variable[];
  readonly mounts: readonly Mount[];
}

interface Port {
  readonly name: string;
  readonly number: number;
  readonly protocol: "TCP" | "UDP";
}

interface Page {
  readonly port: number;
  /** With its query, if any. */
  readonly path: string;
}

export interface Variable {
  readonly name: string;
  /** Such as `Secret postgres, key databaseUrl`. */
  readonly from: string;
  /** Whether its value is for nobody's eyes. */
  readonly secret: boolean;
}

export interface Mount {
  readonly path: string;
  readonly from: string;
  readonly writable: boolean;
  /** Files that have to lie in it. */
  readonly files: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Which of an image's contracts this process has to honour: the one with its arguments; where several have them, the
 * one whose workload the host is named after.
 *
 * @throws Error that names the known arguments
 */
export function chooseContract(
  contracts: readonly Contract[],
  args: readonly string[],
  environment: Environment,
): Contract {
  const given = JSON.stringify(args);
  const alike = contracts.filter(
    (contract) => JSON.stringify(contract.args.map((argument) => expand(argument, environment))) === given,
  );
  const host = environment["HOSTNAME"] ?? "";
  const [first] = alike;
  const chosen = alike.length === 1 ? first : alike.find(({ workload }) => host.startsWith(`${workload}-`));
  if (chosen !== undefined) return chosen;
  const known = contracts.map(({ workload, args }) => `${workload}: ${JSON.stringify(args)}`).join("; ");
  throw new Error(
    first === undefined
      ? `nothing in the fleet starts this image with the arguments ${given}; known are ${known}`
      : `several workloads start this image with the arguments ${given}, and host "${host}" is named after none of them: ${known}`,
  );
}

/** As the kubelet expands a container's arguments; what is not set stays as it is written. */
function expand(argument: string, environment: Environment): string {
  return argument.replace(/\$\(([\w.-]+)\)/g, (written, name: string) => environment[name] ?? written);
}
