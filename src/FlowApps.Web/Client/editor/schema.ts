import { values, type Entry } from "./outline";

/** The part of JSON Schema that the server writes. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  markdownDescription?: string;
  default?: unknown;
  deprecated?: boolean;
  enum?: string[];
  examples?: string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: boolean | Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  if?: { properties: { type: { enum: string[] } } };
  then?: Schema;
  definitions?: Record<string, Schema>;
}

/** Answers what may stand at a place of the text. */
export class Language {
  constructor(private readonly root: Schema) {}

  /** The schemas that hold for a map with these values: references followed, the branch of its type taken. */
  private parts(schema: Schema | undefined, given: Map<string, string>, depth = 0): Schema[] {
    if (!schema || depth > 12) return [];
    const found: Schema[] = [schema];
    if (schema.$ref) found.push(...this.parts(this.root.definitions?.[schema.$ref.replace("#/definitions/", "")], given, depth + 1));
    for (const part of [...(schema.allOf ?? []), ...(schema.anyOf ?? [])]) {
      if (part.if) {
        if (part.if.properties.type.enum.includes(given.get("type") ?? "")) found.push(...this.parts(part.then, given, depth + 1));
      } else found.push(...this.parts(part, given, depth + 1));
    }
    return found;
  }

  /** What an entry's value has to be. */
  of(entry: Entry): Schema[] {
    if (!entry.parent) return this.parts(this.root, values(entry));
    const above = this.of(entry.parent);
    const own = entry.item ? above.map((s) => s.items) : above.map((s) => s.properties?.[entry.key ?? ""] ?? (typeof s.additionalProperties === "object" ? s.additionalProperties : undefined));
    return own.flatMap((s) => this.parts(s, values(entry)));
  }

  /** The keys that may stand in the map that holds `entry`. */
  keys(entry: Entry): Map<string, { schema: Schema; required: boolean }> {
    const holder = this.of(entry.parent!);
    const required = new Set(holder.flatMap((s) => s.required ?? []));
    const found = new Map<string, { schema: Schema; required: boolean }>();
    for (const part of holder) for (const [name, schema] of Object.entries(part.properties ?? {})) if (!found.has(name) || schema.description) found.set(name, { schema, required: required.has(name) });
    return found;
  }

  /** The words that may stand as the value of `entry`. */
  words(entry: Entry): string[] {
    const parts = this.of(entry);
    const words = parts.flatMap((s) => [...(s.enum ?? []), ...(s.examples ?? []), ...([s.type].flat().includes("boolean") ? ["true", "false"] : [])]);
    return [...new Set(words)];
  }

  describe(entry: Entry): string | undefined {
    const holder = entry.parent ? this.of(entry.parent) : [];
    const own = holder.map((s) => s.properties?.[entry.key ?? ""]).find((s) => s?.description);
    return own && (own.markdownDescription ?? own.description);
  }

  /** What a plugin type is. */
  describeType(name: string): string | undefined {
    const definition = this.root.definitions?.[name.replace(/^io\.kestra\.plugin\./, "")];
    return definition && (definition.markdownDescription ?? definition.description);
  }

  isBlock(schema: Schema): boolean {
    const parts = this.parts(schema, new Map());
    return parts.some((s) => s.type === "array" || (s.type === "object" && !s.enum));
  }

  isList(schema: Schema): boolean {
    return this.parts(schema, new Map()).some((s) => s.type === "array");
  }
}
