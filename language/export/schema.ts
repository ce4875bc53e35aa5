// Types as JSON Schema, draft 7: what values of them are as JSON.
import type { Param, TextRange } from '../ir/expression.js';
import type { Declaration } from '../ir/file.js';
import { scopeAt } from '../parameters/instance.js';
import type { Scope } from '../scoping/scope.js';
import { prune, unknown } from '../typing/types.js';
import type { NamedType, Type } from '../typing/types.js';
import { ExportFailure } from './failure.js';
import { identifiers } from './identifiers.js';
import type { Types } from './types.js';
import type { Json } from './yaml.js';
import { mostPartsOfType } from './limits.js';

type Schema = { readonly [key: string]: Json };

/** Where something is written. */
interface At {
  readonly uri: string;
  readonly origin: TextRange;
}

export interface Schemas {
  /** @throws ExportFailure for a type that nobody would read */
  of(type: Type, at: At): Schema;
  /** Those of records, enums and types of the host that were asked for, and of all that these need, by their names. */
  declared(): { readonly [name: string]: Schema };
}

/**
 * @param scope of a file from which all types can be reached
 * @param place where a schema of `declared` is to be found
 * Cost: linear in the types, written out
 */
export function schemasIn(scope: Scope, types: Types, place: (name: string) => string): Schemas {
  const names = identifiers([]);
  const made = new Map<string, Schema>();
  const open: { readonly name: string; readonly type: NamedType }[] = [];
  const known = new Set<string>();
  const refer = (type: NamedType): Schema => {
    const name = names(type.id, type.name);
    if (!known.has(name)) {
      known.add(name);
      open.push({ name, type });
    }
    return { $ref: place(name) };
  };
  const of = (type: Type, at: At): Schema => {
    let left = mostPartsOfType;
    const within = (each: Type): Schema => {
      if (left-- <= 0)
        throw new ExportFailure(
          `this is of a type with more than ${mostPartsOfType} parts, which is too large to be written out`,
          at.uri,
          at.origin,
        );
      const t = prune(each);
      const schema = plain(t, within);
      return 'alias' in t && t.alias !== undefined && schema['$ref'] === undefined
        ? { title: t.alias, ...schema }
        : schema;
    };
    return within(type);
  };
  const plain = (t: Type, within: (each: Type) => Schema): Schema => {
    switch (t.kind) {
      case 'basic':
        return basic[t.name];
      case 'list':
        return { type: 'array', items: within(t.item) };
      case 'set':
        return { type: 'array', items: within(t.item), uniqueItems: true };
      case 'tuple':
        return t.items.length === 0 ? { type: 'null' } : tuple(t.items.map(within));
      case 'map':
        return isText(t.key)
          ? { type: 'object', additionalProperties: within(t.value) }
          : { type: 'array', items: tuple([within(t.key), within(t.value)]) };
      case 'option': {
        const inner = within(t.item);
        return { anyOf: [mayBeNull(t.item) ? record({ some: inner }) : inner, { type: 'null' }] };
      }
      case 'named':
        return refer(t);
      case 'variable':
        return t.need === 'number' ? basic.int : {};
      case 'function':
      case 'unknown':
        return {};
    }
  };
  const fields = (params: readonly Param[], uri: string): Schema =>
    record(
      Object.fromEntries(
        params.map(({ name, type, doc }) => [
          name.text,
          documented(of(types.meant(uri, type) ?? unknown(), { uri, origin: type.origin }), doc),
        ]),
      ),
    );
  const declaration = (found: Declaration | undefined, uri: string): Schema => {
    switch (found?.kind) {
      case 'record':
        return documented(fields(found.fields, uri), found.doc);
      case 'enum':
        return documented(
          cases(
            found.cases.map(({ name, doc, fields: own }) => ({
              name: name.text,
              doc,
              ...(own.length > 0 ? { fields: fields(own, uri) } : {}),
            })),
          ),
          found.doc,
        );
      case 'extern-type':
        return documented({}, found.doc ?? 'A type of the host program’s own.');
      case 'choreography':
      case 'const':
      case 'extern-function':
      case 'function':
      case 'network':
      case 'type':
      case undefined:
        return {};
    }
  };
  return {
    of,
    declared() {
      // It grows while it is gone through.
      for (const { name, type } of open)
        if (!made.has(name))
          made.set(name, declaration(scopeAt(scope, type.uri)?.lookup(type.name)?.declaration, type.uri));
      return Object.fromEntries(made);
    },
  };
}

const basic = {
  int: { type: 'integer', format: 'int64' },
  float: { type: 'number', format: 'double' },
  bool: { type: 'boolean' },
  string: { type: 'string' },
} as const satisfies Record<string, Schema>;

function isText(type: Type): boolean {
  const t = prune(type);
  return t.kind === 'basic' && t.name === 'string';
}

/** Whether `null` may be a value of it, so that `none` has to look different from `some`. */
function mayBeNull(type: Type): boolean {
  const t = prune(type);
  switch (t.kind) {
    case 'option':
    case 'function':
    case 'unknown':
      return true;
    case 'named':
      return t.form === 'extern';
    case 'tuple':
      return t.items.length === 0;
    case 'variable':
      return t.need !== 'number';
    case 'basic':
    case 'list':
    case 'map':
    case 'set':
      return false;
  }
}

function tuple(items: readonly Schema[]): Schema {
  return { type: 'array', items, minItems: items.length, additionalItems: false };
}

function record(properties: { readonly [name: string]: Schema }): Schema {
  const required = Object.keys(properties);
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}), additionalProperties: false };
}

/** A case without fields is its name, one with fields an object that has them under its name. */
function cases(all: readonly { readonly name: string; readonly doc?: string; readonly fields?: Schema }[]): Schema {
  const bare = all.filter(({ fields }) => !fields).map(({ name }) => name);
  const names: readonly Schema[] = bare.length > 0 ? [{ type: 'string', enum: bare }] : [];
  const ways = [
    ...names,
    ...all.flatMap(({ name, doc, fields }) => (fields ? [documented(record({ [name]: fields }), doc)] : [])),
  ];
  const [only] = ways;
  return only && ways.length === 1 ? only : { oneOf: ways };
}

/** Nothing may stand beside a reference. */
function documented(schema: Schema, doc: string | undefined): Schema {
  if (doc === undefined) return schema;
  return schema['$ref'] === undefined ? { description: doc, ...schema } : { description: doc, allOf: [schema] };
}
