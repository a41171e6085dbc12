/** Values that CloudFormation puts in when it runs a template, in their long form, which JSON and YAML can both hold. */
export type Intrinsic =
  | { readonly Ref: string }
  | { readonly "Fn::GetAtt": readonly [resource: string, attribute: string] }
  | { readonly "Fn::Sub": string }
  | { readonly "Fn::Join": readonly [separator: string, parts: readonly (string | Intrinsic)[] | Intrinsic] }
  | { readonly "Fn::Select": readonly [index: number, list: Intrinsic] }
  | { readonly "Fn::Split": readonly [separator: string, text: Intrinsic] };

/** A resource property as a template may give it: the value itself, or anywhere in it an intrinsic. */
export type Given<T> = T extends string | number | boolean
  ? T | Intrinsic
  : T extends readonly (infer Member)[]
    ? readonly Given<Member>[] | Intrinsic
    : { readonly [Key in keyof T]: Given<T[Key]> };

/** A parameter's value, or what a resource is known by. */
export function ref(name: string): Intrinsic {
  return { Ref: name };
}

export function getAtt(resource: string, attribute: string): Intrinsic {
  return { "Fn::GetAtt": [resource, attribute] };
}

/** Text with `${Name}` and `${Name.Attribute}` in it; `${!Name}` stays `${Name}`. */
export function sub(text: string): Intrinsic {
  return { "Fn::Sub": text };
}

export function join(separator: string, parts: readonly (string | Intrinsic)[] | Intrinsic): Intrinsic {
  return { "Fn::Join": [separator, parts] };
}

export function select(index: number, list: Intrinsic): Intrinsic {
  return { "Fn::Select": [index, list] };
}

export function split(separator: string, text: Intrinsic): Intrinsic {
  return { "Fn::Split": [separator, text] };
}
