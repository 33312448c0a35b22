import { parseDocument, type YAMLParseError } from "yaml";

/**
 * Reads a text that Redocly's parser refuses for the indentation of a bracket alone. YAML wants a closing brace further
 * right than the key before it; people who write JSON in YAML put it below that key, and most parsers take it.
 *
 * @returns `undefined` where more is wrong than that
 */
export function readLoosely(text: string): { readonly value: unknown } | undefined {
  const document = parseDocument(text, {
    merge: true,
    customTags: ["binary", "omap", "pairs", "set"],
    logLevel: "silent",
  });
  // Without its closing bracket, a list ends where the next key begins: that is an error too, and of the same kind.
  const isAtBracket = ({ code, pos: [start] }: YAMLParseError): boolean =>
    code === "BAD_INDENT" && /[\]}]/.test(text[start] ?? "");
  if (!document.errors.every(isAtBracket)) return undefined;
  // How much all aliases stand for together is measured later, for every document.
  return { value: document.toJS({ maxAliasCount: -1 }) };
}

/**
 * The same data without the types of YAML that JSON lacks: bytes become base64, as they are written, and a set the list
 * of its members. An alias still leads to the object that it led to.
 */
export function withoutYamlTypes(value: unknown): unknown {
  const seen = new Map<object, unknown>();
  const change = (one: unknown): unknown => {
    if (typeof one !== "object" || one === null) return one;
    if (one instanceof Uint8Array) return Buffer.from(one).toString("base64");
    if (one instanceof Set) return change([...one]);
    if (one instanceof Map) return change(Object.fromEntries(one));
    const known = seen.get(one);
    if (known !== undefined) return known;
    const copy: object = Array.isArray(one) ? [] : {};
    // Noted before its members are read: an alias may lead to what holds it.
    seen.set(one, copy);
    for (const [key, member] of Object.entries(one)) {
      // An assignment to `__proto__` would set no member.
      const property = { configurable: true, enumerable: true, writable: true };
      Object.defineProperty(copy, key, { ...property, value: change(member) });
    }
    return copy;
  };
  return change(value);
}
