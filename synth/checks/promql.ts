import { parser } from "@prometheus-io/lezer-promql";

/** What a query of Prometheus is made of. */
interface Query {
  /** Whether Prometheus would refuse it for its syntax. */
  readonly isBroken: boolean;
  /** Series it selects by name, each once. */
  readonly series: readonly string[];
}

/** Reads a query with Prometheus' own grammar. Series that are selected by labels alone are not among the names. */
export function readQuery(text: string): Query {
  const series = new Set<string>();
  let isBroken = text.trim() === "";
  parser.parse(text).iterate({
    enter: ({ type, name, from, to, node }) => {
      if (type.isError) isBroken = true;
      if (name === "Identifier" && node.parent?.name === "VectorSelector") series.add(text.slice(from, to));
    },
  });
  return { isBroken, series: [...series] };
}
