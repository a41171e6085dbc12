import { load, YAML11_SCHEMA } from "js-yaml";
import { describe, expect, test } from "vitest";
import { inReadingOrder } from "../../synth/layout/reading-order.ts";
import { toYaml } from "../../synth/objects/yaml.ts";

const nasty = [
  ..."yes no on off y n true false null ~ = << - ? : { } [ ] & * ! | > % @ `".split(" "),
  ..."0x1F 0o17 0b11 017 1e3 1_000 -_45 1e1_0 24_e+7 0E74_ 4e9_ 3._e203 .5 +1 .inf .nan 12:30:45 1:30".split(
    " ",
  ),
  "2001-01-01",
  "- a",
  "# c",
  "a: b",
  "a #b",
  " lead",
  "trail ",
  "tab\t",
  "",
  "\n",
  "a\nb\n",
  "a\n\n",
  "\u2028",
  "\u0085",
  "\u0007",
  "é😀",
  "'",
  '"',
  "\\",
];

describe("YAML", () => {
  test.each(nasty)("keeps the string %j, as a value and as a key, for readers of 1.1 and 1.2", (text) => {
    const value = { [`key ${text}`]: text, [text]: [text] };
    expect(load(toYaml(value))).toEqual(value);
    expect(load(toYaml({ value: text }), { schema: YAML11_SCHEMA })).toEqual({ value: text });
  });

  test("quotes what only Go's reader takes for a number", () => {
    for (const text of ["-_45", "1e1_0", "24_e+7", "0E74_", "4e9_", "3._e203", "1_000"]) {
      expect(toYaml([text]).trim()).toBe(`- '${text}'`);
    }
  });

  test("writes numbers as numbers", () => {
    expect(toYaml([1, -0.5]).trim()).toBe("- 1\n- -0.5");
  });
});

describe("reading order", () => {
  test("puts what a thing is before the rest, and loses no key, whatever its name", () => {
    const value = JSON.parse(
      '{"spec":1,"toString":2,"constructor":3,"hasOwnProperty":4,"kind":"A","apiVersion":"v1","__proto__":5}',
    );
    const ordered = inReadingOrder(value);
    expect(Object.keys(ordered ?? {})).toEqual([
      "apiVersion",
      "kind",
      "spec",
      "toString",
      "constructor",
      "hasOwnProperty",
      "__proto__",
    ]);
  });
});
