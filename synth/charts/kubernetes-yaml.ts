import {
  CORE_SCHEMA,
  NOT_RESOLVED,
  YAMLException,
  boolYaml11Tag,
  defineScalarTag,
  loadAll,
  mergeTag,
} from "js-yaml";

/** Decimal, or octal by a leading zero, as YAML 1.1 has it; prefixes as Go's strconv reads them. */
const integer = /^[-+]?(?:0|[1-9][0-9]*|0[0-7]+|0o[0-7]+|0x[0-9a-f]+|0b[01]+)$/i;

const integerTag = defineScalarTag<number>("tag:yaml.org,2002:int", {
  implicit: true,
  implicitFirstChars: [..."+-0123456789"],
  identify: () => false,
  resolve: (source) => {
    const text = source.replaceAll("_", "");
    if (!integer.test(text)) return NOT_RESOLVED;
    const digits = text.replace(/^[-+]/, "").replace(/^0(?=[0-7])/, "0o");
    const value = text.startsWith("-") ? -Number(digits) : Number(digits);
    if (Number.isSafeInteger(value)) return value;
    throw new YAMLException(`the integer ${source} is beyond 2^53 and would become another number`);
  },
});

/**
 * YAML as Helm and the API server's clients read it: between 1.1 and 1.2. `0644` is octal, `yes` is a
 * boolean, a date is a string. With 1.2's rules a chart's `defaultMode: 0644` would be another mode.
 */
const schema = CORE_SCHEMA.withTags(boolYaml11Tag, integerTag, mergeTag);

/**
 * Documents of a manifest. Of a key that stands twice the last counts, as for Helm.
 *
 * @throws YAMLException, with line and column if it is about the syntax
 */
export function readManifest(text: string): readonly unknown[] {
  const documents = loadAll(text, { schema, json: true });
  refuseCycles(documents);
  return documents;
}

/** What an alias makes a part of itself has no end, and no JSON. */
function refuseCycles(documents: readonly unknown[]): void {
  const above = new Set<unknown>();
  const seen = new Set<unknown>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if (above.has(value)) throw new YAMLException("an alias stands within what it stands for");
    if (seen.has(value)) return;
    seen.add(value);
    above.add(value);
    Object.values(value).forEach(visit);
    above.delete(value);
  };
  documents.forEach(visit);
}
