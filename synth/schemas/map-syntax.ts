import type { Fields } from "../objects/json-fields.ts";
import { shown } from "./issue.ts";
import type { Complaint, SchemaIssue } from "./issue.ts";

/** Keys of maps whose form Kubernetes rules (apimachinery's util/validation). */
const name = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const dnsSubdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const labelValue = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const fileName = /^[-._a-zA-Z0-9]+$/;

const maxLabelValue = 63;
const maxKeyName = 63;
const maxKeyPrefix = 253;
/** All keys and values of an object's annotations together. */
const maxAnnotationBytes = 256 * 1024;

/** What is wrong with keys and values of a map of this syntax. */
export function syntaxIssues(syntax: string, map: Fields, path: string): readonly SchemaIssue[] {
  const issues: SchemaIssue[] = [];
  for (const key in map) {
    const complaint = entryComplaint(syntax, key, map[key]);
    if (complaint !== undefined) issues.push({ path: `${path}[${key}]`, ...complaint });
  }
  if (syntax === "annotations") issues.push(...sizeIssues(map, path));
  return issues;
}

function entryComplaint(syntax: string, key: string, value: unknown): Complaint | undefined {
  switch (syntax) {
    case "labels":
      return keyComplaint(key, key) ?? labelValueComplaint(value);
    case "annotations":
      // The API server compares annotation keys in lower case.
      return keyComplaint(key, key.toLowerCase());
    case "file-names":
      return fileNameComplaint(key);
    default:
      throw new Error(`no rule for the map syntax ${syntax}`);
  }
}

function keyComplaint(key: string, compared: string): Complaint | undefined {
  const slash = compared.lastIndexOf("/");
  const last = compared.slice(slash + 1);
  const prefix = slash === -1 ? undefined : compared.slice(0, slash);
  if (!name.test(last) || last.length > maxKeyName) {
    return {
      what: `${shown(key)} is not a valid key`,
      fix: "write at most 63 letters, digits, -, _ and . after an optional prefix such as example.com/",
    };
  }
  if (prefix === undefined || (dnsSubdomain.test(prefix) && prefix.length <= maxKeyPrefix)) return undefined;
  return {
    what: `${shown(key)} has no valid prefix`,
    fix: "make the part before the / a DNS name such as example.com",
  };
}

function labelValueComplaint(value: unknown): Complaint | undefined {
  if (typeof value !== "string" || (value.length <= maxLabelValue && labelValue.test(value)))
    return undefined;
  const what = `${shown(value)} is not a valid label value`;
  if (value.length > maxLabelValue)
    return { what, fix: `shorten it from ${value.length} to at most 63 characters` };
  return { what, fix: "use letters, digits, -, _ and . only, and begin and end with a letter or digit" };
}

function fileNameComplaint(key: string): Complaint | undefined {
  if (fileName.test(key) && key.length <= maxKeyPrefix && key !== "." && !key.startsWith(".."))
    return undefined;
  return {
    what: `${shown(key)} is not a valid key`,
    fix: "use at most 253 letters, digits, -, _ and ., not beginning with ..",
  };
}

function sizeIssues(map: Fields, path: string): readonly SchemaIssue[] {
  let bytes = 0;
  for (const key in map) bytes += size(key) + size(map[key]);
  if (bytes <= maxAnnotationBytes) return [];
  return [
    {
      path,
      what: `the annotations take ${bytes} bytes`,
      fix: "shorten them to at most 262144 bytes together",
    },
  ];
}

function size(value: unknown): number {
  return typeof value === "string" ? Buffer.byteLength(value) : 0;
}
