// What values are made with: the records and the cases of enums that are declared, each once.
import type { Name } from '../ir/expression.js';
import type { Declaration, EnumDeclaration, RecordDeclaration } from '../ir/file.js';
import { idOf } from '../scoping/declared.js';
import type { Resolved, Scope } from '../scoping/scope.js';
import type { ChorSymbol } from '../scoping/symbols.js';
import type { Type } from '../typing/types.js';
import type { Shape } from './terms.js';
import { typedOf } from './types.js';

export interface Shapes {
  /** The case of an enum that a name means; undefined where it is none. */
  case(name: Name, scope: Scope): Shape | undefined;
  record(uri: string, declaration: RecordDeclaration): Shape;
  /** The shapes that values of a declared type have; undefined for others. */
  ofType(type: Type, scope: Scope): readonly Shape[] | undefined;
  /**
   * The types of a shape's fields, as they are written, and the scope that they are written in; undefined where it is
   * not declared.
   */
  fieldsOf(
    shape: Shape,
  ): { readonly declaration: EnumDeclaration | RecordDeclaration; readonly uri: string } | undefined;
}

/** Makes shapes for one algebra. */
export function createShapes(): Shapes {
  const made = new Map<string, Shape>();
  const origins = new Map<Shape, { declaration: EnumDeclaration | RecordDeclaration; uri: string }>();
  const enumShapes = (uri: string, declaration: EnumDeclaration): readonly Shape[] => {
    const id = idOf(uri, declaration);
    const known = made.get(id);
    if (known) return known.family;
    const family: Shape[] = [];
    for (const { name, fields } of declaration.cases)
      family.push({ id: `${id}/${name.text}`, name: name.text, fields: fields.map((f) => f.name.text), family });
    for (const shape of family) origins.set(shape, { declaration, uri });
    if (family[0]) made.set(id, family[0]);
    return family;
  };
  const shapes: Shapes = {
    case(name, scope) {
      const symbol = typedOf(scope).symbol(name.origin);
      const found =
        symbol?.kind === 'enum-case' && symbol.name === name.text
          ? declarationOf(scope, symbol)
          : firstWith(name.text, scope, symbol);
      return found?.declaration.kind === 'enum'
        ? enumShapes(found.uri, found.declaration).find((s) => s.name === name.text)
        : undefined;
    },
    record(uri, declaration) {
      const id = idOf(uri, declaration);
      let shape = made.get(id);
      if (!shape) {
        const family: Shape[] = [];
        made.set(
          id,
          (shape = { id, name: declaration.name.text, fields: declaration.fields.map((f) => f.name.text), family }),
        );
        family.push(shape);
        origins.set(shape, { declaration, uri });
      }
      return shape;
    },
    ofType(type, scope) {
      if (type.kind !== 'named') return undefined;
      const declaration = fileAt(scope, type.uri)?.declarations.find((d) => idOf(type.uri, d) === type.id);
      if (declaration?.kind === 'record') return [shapes.record(type.uri, declaration)];
      return declaration?.kind === 'enum' ? enumShapes(type.uri, declaration) : undefined;
    },
    fieldsOf: (shape) => origins.get(shape),
  };
  return shapes;
}

function fileAt(scope: Scope, uri: string): Scope['file'] | undefined {
  return uri === scope.file.uri ? scope.file : scope.at(uri)?.file;
}

/** The declaration that a symbol is a part of. */
function declarationOf(
  scope: Scope,
  { uri, container }: ChorSymbol,
): { readonly uri: string; readonly declaration: Declaration } | undefined {
  const declaration = fileAt(scope, uri)?.declarations.find((d) => d.name.text === container);
  return declaration && { uri, declaration };
}

/** Without types, the first enum that has such a case; a name that is known to stand for something else is none. */
function firstWith(name: string, scope: Scope, symbol: ChorSymbol | undefined): Resolved | undefined {
  if (symbol?.name === name) return undefined;
  return [...scope.all().values()].find(
    ({ declaration: d }) => d.kind === 'enum' && d.cases.some((c) => c.name.text === name),
  );
}
