import type { OptionalKind, PropertySignatureStructure } from "ts-morph";
import type { Property } from "../model/api.js";
import { propertyDoc } from "./doc.js";
import { key } from "./escape.js";
import type { Direction, TypePrinter } from "./types.js";

/** A property of an interface, with its doc comment. */
export function propertySignature(
  property: Property,
  direction: Direction,
  types: TypePrinter,
): OptionalKind<PropertySignatureStructure> {
  const { type, optional } = types.property(property, direction);
  return {
    name: key(property.name),
    type,
    isReadonly: true,
    hasQuestionToken: optional,
    docs: propertyDoc(property),
  };
}
