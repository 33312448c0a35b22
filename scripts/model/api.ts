/**
 * The model: plain data that describes an API for the emitters. It contains no `$ref`, no function and no TypeScript
 * code. Its order is final: emitters never sort. `npm run generate -- --print-model` prints it.
 */

/** The API that an OpenAPI document describes. */
export interface Api {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  /** Servers of the document's root. The first one is the default. */
  readonly servers: readonly Server[];
  readonly resources: readonly Resource[];
  readonly models: readonly Model[];
  readonly errors: Errors;
  readonly security: Security;
  /** Requests that the service sends: webhooks and callbacks. */
  readonly incoming: readonly Incoming[];
}

/** A request that the service sends to the user of the client: a webhook, or a callback of an operation. */
export interface Incoming {
  readonly kind: "webhook" | "callback";
  /** Name in the document. A callback has the operationId in front: `send_parcel.delivered`. */
  readonly name: string;
  readonly http: HttpMethod;
  readonly summary: string;
  readonly description: string;
  readonly deprecated: boolean;
  /** Name of the payload's type. */
  readonly typeName: string;
  readonly shape: Shape;
}

/** The credentials of the API. */
export interface Security {
  readonly schemes: readonly SecurityScheme[];
  /** The requirements of the document's root, for operations without requirements of their own. */
  readonly usual: SecurityRequirements;
}

/** A security scheme that an operation uses. */
export interface SecurityScheme {
  /** Name in the document. */
  readonly name: string;
  /** Property of the client's option `auth`. */
  readonly option: string;
  readonly description: string;
  readonly sent:
    | { readonly by: "authorization"; readonly scheme: string }
    | { readonly by: "basic" }
    | { readonly by: "header" | "query" | "cookie"; readonly name: string };
}

/**
 * Alternatives, each a list of schemes that are needed together. An alternative without schemes comes last: the
 * credential is optional. An empty array means that no credential is needed.
 */
export type SecurityRequirements = readonly (readonly string[])[];

/** A server's URL template and its variables. */
export interface Server {
  readonly url: string;
  readonly description: string;
  readonly variables: readonly ServerVariable[];
}

/** A variable of a server URL. If `default` is empty, the caller must set it. */
export interface ServerVariable {
  readonly name: string;
  readonly property: string;
  readonly default: string;
  readonly values: readonly string[];
  readonly description: string;
}

/** A tag of the document, generated as a class with a method for each operation. */
export interface Resource {
  readonly tag: string;
  readonly description: string;
  /** Property of the client: `blueBoxes`. */
  readonly property: string;
  /** Name of the class and, in kebab-case, of its file: `BlueBoxes`. */
  readonly className: string;
  readonly methods: readonly Method[];
}

/** HTTP methods of an OpenAPI path item, in the order of the generated code. */
export const httpMethods = [
  "get",
  "put",
  "post",
  "patch",
  "delete",
  "head",
  "options",
  "trace",
  "query",
] as const;

/** A key of {@link httpMethods}. */
export type HttpMethod = (typeof httpMethods)[number];

/** An operation, generated as a method. */
export interface Method {
  readonly operationId: string;
  readonly name: string;
  readonly http: HttpMethod;
  readonly path: string;
  /** The path that is sent instead of `path`, if that has a query or a fragment. */
  readonly target?: Target;
  readonly summary: string;
  readonly description: string;
  readonly deprecated: boolean;
  readonly security: SecurityRequirements;
  readonly input: Input;
  /** The operation's own server, if it has one. */
  readonly server?: Server;
  readonly answer: Answer;
  readonly failures: readonly Failure[];
  /** Name of the type of all errors of a call. */
  readonly failureName: string;
  /** Name of the type of the declared headers of success responses; absent if there are none. */
  readonly headersName?: string;
  readonly pagination?: Pagination;
  readonly examples: readonly Example[];
}

/** The input of a method. */
export interface Input {
  /** Name of the input's type; absent if the input is only a body or does not exist. */
  readonly typeName?: string;
  /** Whether callers can omit the input, because every part is optional. */
  readonly optional: boolean;
  readonly parameters: readonly Parameter[];
  readonly body?: Body;
}

/** The path template that is sent, and the query that the document has in its path. */
export interface Target {
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
}

/** The part of a request that contains a parameter; `"part"` is a header of a part of a multipart form. */
export type ParameterPlace = "path" | "query" | "header" | "cookie" | "part";

/** A parameter that is not part of the body. */
export interface Parameter extends Property {
  readonly place: ParameterPlace;
  /** For the place `"part"`, the wire name of the form field. */
  readonly part?: string;
  /** How its value is serialized; absent for the default of its place. */
  readonly serialization?: Serialization;
}

/** How a parameter or a form field is serialized. */
export interface Serialization {
  /** `"content"`: as JSON, because the parameter has `content`. */
  readonly style:
    | "form"
    | "spaceDelimited"
    | "pipeDelimited"
    | "deepObject"
    | "simple"
    | "label"
    | "matrix"
    | "content";
  readonly explode: boolean;
  readonly allowReserved: boolean;
}

/** How bodies of a media type are encoded and decoded. */
export type MediaKind = "json" | "form" | "multipart" | "text" | "binary" | "lines" | "events";

/** A body in one media type. */
export interface MediaBody {
  readonly mediaType: string;
  readonly kind: MediaKind;
  /** For `lines` and `events`, the shape of one item. */
  readonly shape: Shape;
  /** Encoding of form fields that differ from the default, by wire name. */
  readonly encoding?: Readonly<Record<string, FieldEncoding>>;
}

/** An Encoding Object of OpenAPI. */
export interface FieldEncoding {
  readonly contentType?: string;
  /** Headers of its part that have a fixed value. All others are parameters. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly serialization?: Serialization;
}

/** A request body in the media type that is sent by default. */
export interface Body extends MediaBody {
  readonly required: boolean;
  readonly description: string;
  /** `"input"`: the body's properties are properties of the input. `"property"`: the input has a property `body`. */
  readonly placement: "input" | "property";
  /** The body in other media types, which callers select with the option `contentType`. */
  readonly others: readonly MediaBody[];
}

/** The success responses of an operation. */
export interface Answer {
  /** Declared statuses: 2xx, and 3xx without a body. `"2XX"` is every status of that range. */
  readonly statuses: readonly (number | string)[];
  readonly description: string;
  /** The body in the default media type; absent if no success has a body. */
  readonly body?: MediaBody;
  /** Declared headers of all success responses. */
  readonly headers: readonly ResponseHeader[];
  /** Statuses with a different body, or without one, in the default media type. */
  readonly cases: readonly AnswerCase[];
  /** The body in other media types, which callers select with the option `accept`. */
  readonly others: readonly OtherBody[];
}

/** A header of a response: a scalar, a list or an object of scalars, or JSON. */
export interface ResponseHeader extends Property {
  /** How its value is serialized; absent for the default. */
  readonly serialization?: Serialization;
}

/** A response body in a media type that is not the default. `cases` are statuses with a different body in it. */
export interface OtherBody extends MediaBody {
  readonly cases: readonly AnswerCase[];
}

/** A success status whose body differs from the main one; without `body` if it has none. */
export interface AnswerCase {
  readonly status: number | string;
  readonly body?: MediaBody;
}

/** An error response. */
export interface Failure {
  /** `"4XX"` is a range, `"default"` every status that is not declared. */
  readonly status: number | string;
  readonly description: string;
  readonly codes: readonly string[];
  /** Shape of the body; absent if it has none. */
  readonly body?: Shape;
}

/** How an operation lists pages. Names are those of the model, not of the wire. */
export interface Pagination {
  readonly method: string;
  readonly cursor: string;
  readonly limit?: string;
  readonly items: string;
  readonly next: string;
  readonly more: string;
  /** Whether items are sorted by the bytes of their cursors, ascending. */
  readonly ordered: boolean;
  readonly item: Shape;
  /** How to look up one item; absent if the listing has no filter. */
  readonly lookup?: Lookup;
}

/** How to look up one item of a listing by its key. The key is the property `next` of the item. */
export interface Lookup {
  readonly method: string;
  /** The parameter that keeps items whose key starts with its value. */
  readonly filter: string;
  /** Shape of the key. */
  readonly key: Shape;
}

/** A named example of a request, with wire values. `parameters` has them by wire name. */
export interface Example {
  readonly name: string;
  readonly summary: string;
  readonly parameters: Readonly<Record<string, Json>>;
  readonly body?: Json;
}

/** JSON data. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/** A named schema. */
export interface Model {
  readonly name: string;
  /** Name in the document and in the wire types. */
  readonly schema: string;
  readonly description: string;
  readonly deprecated: boolean;
  readonly shape: Shape;
  /** Name of its type in requests, equal to `name` if both types are the same. Absent if only responses use it. */
  readonly inputName?: string;
  /** Whether responses use it. */
  readonly answered: boolean;
}

/** A property of an object. */
export interface Property {
  /** Name on the wire. */
  readonly wireName: string;
  /** Name in TypeScript. */
  readonly name: string;
  readonly required: boolean;
  readonly shape: Shape;
  readonly description: string;
  readonly deprecated: boolean;
  readonly secret: boolean;
  readonly default?: Json;
  /** The value that decoders set if a response does not have the property. */
  readonly absent?: string | number | boolean;
  /** `"read"`: only responses have it. `"write"`: only requests have it. */
  readonly access?: "read" | "write";
}

/** Limits of a string, checked before sending. */
export interface StringLimits {
  readonly minBytes?: number;
  readonly maxBytes?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly not?: readonly string[];
}

/** Limits of a number, checked before sending. `minimum` and `maximum` are inclusive. */
export interface NumberLimits {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
}

/** The type of a value. */
export type Shape =
  | { readonly kind: "string"; readonly limits: StringLimits; readonly format?: string }
  | { readonly kind: "dateTime" }
  /** Bytes: a file in a form, or a body that is not text. */
  | { readonly kind: "binary" }
  | {
      readonly kind: "number";
      readonly integer: boolean;
      readonly limits: NumberLimits;
      readonly format?: string;
    }
  | { readonly kind: "boolean" }
  /** Listed values, all strings or all numbers. Decoders accept other values too. */
  | {
      readonly kind: "enum";
      readonly values: readonly (string | number)[];
      /** Whether the document itself allows other values of the same type. */
      readonly open?: boolean;
    }
  /** Exactly these values. Decoders reject all others, even from a newer server. */
  | { readonly kind: "literal"; readonly values: readonly (string | number | boolean)[] }
  | { readonly kind: "null" }
  /** Any value. It passes through unchanged. */
  | { readonly kind: "unknown" }
  | {
      readonly kind: "array";
      readonly items: Shape;
      readonly minItems?: number;
      readonly maxItems?: number;
    }
  | {
      readonly kind: "tuple";
      readonly items: readonly Shape[];
      /** Number of required items. */
      readonly required: number;
      /** Shape of further items; absent if there must be none. */
      readonly rest?: Shape;
    }
  | { readonly kind: "record"; readonly values: Shape }
  | {
      readonly kind: "object";
      readonly properties: readonly Property[];
      /** Shape of additional properties; absent if the document does not describe them. */
      readonly additional?: Shape;
      /** Rules between properties, for requests; absent if there are none. */
      readonly rules?: readonly Rule[];
    }
  | {
      readonly kind: "union";
      readonly branches: readonly Branch[];
      /** Whether the tag may be absent. Without it, codecs try the branches. */
      readonly untagged?: boolean;
      /** Whether a value may lack the tag of its base class, and is kept as it came then. */
      readonly optionalTag?: boolean;
    }
  | { readonly kind: "nullable"; readonly shape: Shape }
  | { readonly kind: "ref"; readonly model: string };

/** A rule between the properties of an object in requests. Names are those of the model. */
export type Rule =
  /** At least one of these properties is given and not null. */
  | { readonly kind: "someOf"; readonly names: readonly string[] }
  /** If the boolean property `flag` is true, the property at `path` is required. `shape` is its shape. */
  | {
      readonly kind: "requires";
      readonly flag: string;
      readonly path: readonly string[];
      readonly shape: Shape;
    };

/** A branch of a union. `when` says how to recognize its values. */
export interface Branch {
  readonly shape: Shape;
  readonly description: string;
  readonly when:
    | { readonly by: "key"; readonly wireName: string; readonly name: string }
    | {
        readonly by: "value";
        readonly wireName: string;
        readonly name: string;
        readonly value: string | number;
      }
    | { readonly by: "type"; readonly type: "string" | "number" | "boolean" | "array" | "object" }
    /** Codecs try the branches: they take the first that declares every property, otherwise the first that accepts the value. */
    | { readonly by: "trial" };
}

/** All error responses of the API. */
export interface Errors {
  readonly statuses: readonly ErrorStatus[];
  readonly codes: readonly ErrorCode[];
  /** Models of error bodies that declare their code and message. */
  readonly bodies: readonly ErrorBodyFields[];
  /** Name of the most frequent model of error bodies. */
  readonly usualBody?: string;
}

/** A declared error status, generated as a class. */
export interface ErrorStatus {
  readonly status: number;
  readonly className: string;
  readonly reason: string;
  /** Shapes of its body in all operations, the most frequent first. */
  readonly bodies: readonly Shape[];
  readonly codes: readonly string[];
}

/** A row of the contract's error table. */
export interface ErrorCode {
  readonly code: string;
  readonly status: number;
  readonly retryable: boolean;
  readonly noSideEffects: boolean;
  readonly description: string;
}

/** The properties of an error body that contain its code and its message. Names are those of the model. */
export interface ErrorBodyFields {
  readonly model: string;
  readonly code: string;
  readonly message: string;
}
