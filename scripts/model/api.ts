/**
 * The model: everything that the emitters need to know of an API, as plain data. No `$ref`, no function, no
 * TypeScript text; `npm run generate -- --print-model` prints it. Order is final: emitters never sort.
 */

/** One API, read from one OpenAPI document. */
export interface Api {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  /** Servers of the document's root; the first is the default. */
  readonly servers: readonly Server[];
  readonly resources: readonly Resource[];
  readonly models: readonly Model[];
  readonly errors: Errors;
  readonly security: Security;
  /** What the service sends by itself. */
  readonly incoming: readonly Incoming[];
}

/** A request that the service makes and the client's owner answers: a webhook, or a callback of an operation. */
export interface Incoming {
  readonly kind: "webhook" | "callback";
  /** As the document names it; a callback after its operation: `send_parcel.delivered`. */
  readonly name: string;
  readonly http: HttpMethod;
  readonly summary: string;
  readonly description: string;
  readonly deprecated: boolean;
  /** Name of the type of its payload. */
  readonly typeName: string;
  readonly shape: Shape;
}

/** The credentials that operations ask for. */
export interface Security {
  readonly schemes: readonly SecurityScheme[];
  /** What the document asks for where an operation says nothing. */
  readonly usual: SecurityRequirements;
}

/** A security scheme that an operation uses. */
export interface SecurityScheme {
  /** Name in the document. */
  readonly name: string;
  /** Member of the client's option `auth`. */
  readonly option: string;
  readonly description: string;
  readonly sent:
    | { readonly by: "authorization"; readonly scheme: string }
    | { readonly by: "basic" }
    | { readonly by: "header" | "query" | "cookie"; readonly name: string };
}

/** Alternatives, each a list of schemes that are needed together; the empty list comes last. None: no credential. */
export type SecurityRequirements = readonly (readonly string[])[];

/** A server URL template with its variables. */
export interface Server {
  readonly url: string;
  readonly description: string;
  readonly variables: readonly ServerVariable[];
}

/** A variable of a server URL. An empty default means that the caller must give it. */
export interface ServerVariable {
  readonly name: string;
  readonly property: string;
  readonly default: string;
  readonly values: readonly string[];
  readonly description: string;
}

/** One tag: a class with a method per operation. */
export interface Resource {
  readonly tag: string;
  readonly description: string;
  /** Property of the client: `blueBoxes`. */
  readonly property: string;
  /** Class and, in kebab-case, file: `BlueBoxes`. */
  readonly className: string;
  readonly methods: readonly Method[];
}

/** HTTP methods that an OpenAPI path item can hold, in the order in which we print them. */
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

/** One operation. */
export interface Method {
  readonly operationId: string;
  readonly name: string;
  readonly http: HttpMethod;
  readonly path: string;
  /** What is sent instead of `path`, where that has a query or a fragment. */
  readonly target?: Target;
  readonly summary: string;
  readonly description: string;
  readonly deprecated: boolean;
  readonly security: SecurityRequirements;
  readonly input: Input;
  /** Set where the operation has servers of its own. */
  readonly server?: Server;
  readonly answer: Answer;
  readonly failures: readonly Failure[];
  /** Name of the type of all that a call can fail with. */
  readonly failureName: string;
  /** Name of the type of the headers that successes declare; absent where they declare none. */
  readonly headersName?: string;
  readonly pagination?: Pagination;
  readonly examples: readonly Example[];
}

/** What a method takes. */
export interface Input {
  /** Name of the type that holds all of it; absent where the body is all there is, or there is nothing. */
  readonly typeName?: string;
  /** Whether every part is optional, so that the whole argument is. */
  readonly optional: boolean;
  readonly parameters: readonly Parameter[];
  readonly body?: Body;
}

/** A path template as it is sent, and the query that the document wrote into it. */
export interface Target {
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
}

/** Where a parameter travels; `"part"` is a header of a part of the form that is the body. */
export type ParameterPlace = "path" | "query" | "header" | "cookie" | "part";

/** A parameter that is not part of the body. */
export interface Parameter extends Property {
  readonly place: ParameterPlace;
  /** Name on the wire of the field whose part has the header. */
  readonly part?: string;
  /** How its value becomes text; absent where it is the default of its place. */
  readonly serialization?: Serialization;
}

/** How a parameter or a field of a form is written. */
export interface Serialization {
  /** `"content"` is JSON: a parameter with `content`. */
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

/** How bodies of a media type are written and read. */
export type MediaKind = "json" | "form" | "multipart" | "text" | "binary" | "lines" | "events";

/** A body in one media type. */
export interface MediaBody {
  readonly mediaType: string;
  readonly kind: MediaKind;
  /** Of `lines` and `events`, the shape of one item. */
  readonly shape: Shape;
  /** How fields of a form are written that are not written as usual, by wire name. */
  readonly encoding?: Readonly<Record<string, FieldEncoding>>;
}

/** An Encoding Object of OpenAPI. */
export interface FieldEncoding {
  readonly contentType?: string;
  /** Headers of its part that have one value; the others are parameters. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly serialization?: Serialization;
}

/** A request body in the media type that is sent by default. */
export interface Body extends MediaBody {
  readonly required: boolean;
  readonly description: string;
  /** `"input"`: the body's fields are fields of the input. `"property"`: the input has a property `body`. */
  readonly placement: "input" | "property";
  /** The same body in other media types, which the caller chooses with the option `contentType`. */
  readonly others: readonly MediaBody[];
}

/** What a call gives when it succeeds. */
export interface Answer {
  /** Declared statuses: 2xx, and 3xx without a body. `"2XX"` is any of that range. */
  readonly statuses: readonly (number | string)[];
  readonly description: string;
  /** The body in the media type that is asked for by default; absent without one. */
  readonly body?: MediaBody;
  /** Headers that a success declares, whichever it is. */
  readonly headers: readonly ResponseHeader[];
  /** Statuses whose body is another one, or that have none while others have; in the default media type. */
  readonly cases: readonly AnswerCase[];
  /** The same answer in other media types, which the caller chooses with the option `accept`. */
  readonly others: readonly OtherBody[];
}

/** A header of a response: a scalar, a list or an object of scalars, or JSON. */
export interface ResponseHeader extends Property {
  /** How its text becomes a value; absent where it is the default. */
  readonly serialization?: Serialization;
}

/** A success in another media type than the default, and the statuses whose body is another one then. */
export interface OtherBody extends MediaBody {
  readonly cases: readonly AnswerCase[];
}

/** A success that differs from the first. */
export interface AnswerCase {
  readonly status: number | string;
  readonly body?: MediaBody;
}

/** An error answer. */
export interface Failure {
  /** `"4XX"` is a range, `"default"` all that is not declared. */
  readonly status: number | string;
  readonly description: string;
  readonly codes: readonly string[];
  /** What the body looks like; absent without one. */
  readonly body?: Shape;
}

/** How to walk a listing: names are those of the model, not of the wire. */
export interface Pagination {
  readonly method: string;
  readonly cursor: string;
  readonly limit?: string;
  readonly items: string;
  readonly next: string;
  readonly more: string;
  /** Whether items are in ascending order of the bytes of their cursors. */
  readonly ordered: boolean;
  readonly item: Shape;
  /** How one item is looked up; absent where the listing cannot be filtered. */
  readonly lookup?: Lookup;
}

/** How a listing gives one item by its key, which is the property that is also the cursor. */
export interface Lookup {
  readonly method: string;
  /** The parameter that keeps items whose key starts with its value. */
  readonly filter: string;
  /** What the key looks like. */
  readonly key: Shape;
}

/** A named example of a request: the values by input property, as they are on the wire. */
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
  /** Name in the document, which is the key in the wire types. */
  readonly schema: string;
  readonly description: string;
  readonly deprecated: boolean;
  readonly shape: Shape;
  /** Name of the type in requests; absent where the model is only answered. Equal to `name` where nothing differs. */
  readonly inputName?: string;
  /** Whether responses hold it. */
  readonly answered: boolean;
}

/** A member of an object. */
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
  /** What a member that is absent in a response is read as. */
  readonly absent?: string | number | boolean;
  /** Set where a member is only read, or only written. */
  readonly access?: "read" | "write";
}

/** Limits of a string, checked before it is sent. */
export interface StringLimits {
  readonly minBytes?: number;
  readonly maxBytes?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly not?: readonly string[];
}

/** Limits of a number, checked before it is sent; `minimum` and `maximum` are inclusive. */
export interface NumberLimits {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
}

/** What a value looks like. */
export type Shape =
  | { readonly kind: "string"; readonly limits: StringLimits; readonly format?: string }
  | { readonly kind: "dateTime" }
  /** Bytes: a file of a form, or a body that is not text. */
  | { readonly kind: "binary" }
  | {
      readonly kind: "number";
      readonly integer: boolean;
      readonly limits: NumberLimits;
      readonly format?: string;
    }
  | { readonly kind: "boolean" }
  /** Listed values, all strings or all numbers. */
  | {
      readonly kind: "enum";
      readonly values: readonly (string | number)[];
      /** Whether the document itself allows others of their type. */
      readonly open?: boolean;
    }
  /** These values and no others, whatever a newer server sends. */
  | { readonly kind: "literal"; readonly values: readonly (string | number | boolean)[] }
  | { readonly kind: "null" }
  /** Anything: it passes through as it is. */
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
      /** How many of the items must be there. */
      readonly required: number;
      /** What further items look like; absent where there must be none. */
      readonly rest?: Shape;
    }
  | { readonly kind: "record"; readonly values: Shape }
  | {
      readonly kind: "object";
      readonly properties: readonly Property[];
      /** What members beyond these look like, where the document speaks of them. */
      readonly additional?: Shape;
      /** What requests must keep to beside the members' own types; absent without any. */
      readonly rules?: readonly Rule[];
    }
  | {
      readonly kind: "union";
      readonly branches: readonly Branch[];
      /** Whether the property whose value tells the branches apart may be absent: then branches are tried. */
      readonly untagged?: boolean;
    }
  | { readonly kind: "nullable"; readonly shape: Shape }
  | { readonly kind: "ref"; readonly model: string };

/** A rule between the members of an object in requests. Names are those of the model. */
export type Rule =
  /** At least one of these members is given, and not null. */
  | { readonly kind: "someOf"; readonly names: readonly string[] }
  /** If the boolean member `flag` is true, the member that `path` leads to is given; `shape` is what it looks like. */
  | {
      readonly kind: "requires";
      readonly flag: string;
      readonly path: readonly string[];
      readonly shape: Shape;
    };

/** One branch of a union and how to tell that a value is of it. */
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
    /** By trying: the first branch that declares every member is taken, else the first that accepts the value. */
    | { readonly by: "trial" };
}

/** All error responses of the API. */
export interface Errors {
  readonly statuses: readonly ErrorStatus[];
  readonly codes: readonly ErrorCode[];
  /** Bodies that say which of their fields are code and message, by model name. */
  readonly bodies: readonly ErrorBodyFields[];
  /** Name of the body model that most error responses have. */
  readonly usualBody?: string;
}

/** One declared error status: a class. */
export interface ErrorStatus {
  readonly status: number;
  readonly className: string;
  readonly reason: string;
  /** What its body looks like in one operation or another, the most frequent first. */
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

/** Which properties of an error body carry its code and its message; names are those of the model. */
export interface ErrorBodyFields {
  readonly model: string;
  readonly code: string;
  readonly message: string;
}
