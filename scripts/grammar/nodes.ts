// The types of the nodes of trees, as Langium infers them from a grammar, and the TypeScript that declares them.
import type { GrammarAST } from 'langium';
import { collectAst, isArrayType, isPrimitiveType, propertyTypeToString } from 'langium/grammar';
import type { AstTypes, Property, PropertyType } from 'langium/grammar';

/** A type of node with all of its properties, those of its supertypes too. */
export interface NodeType {
  readonly name: string;
  readonly properties: readonly { readonly name: string; readonly kind: 'list' | 'flag' | 'value' }[];
}

/** The types of nodes of a grammar. */
export function nodeTypes(grammar: GrammarAST.Grammar): readonly NodeType[] {
  return typesOf(grammar).interfaces.map(({ name, superProperties }) => ({
    name,
    properties: [...superProperties].sort(byName).map((property) => ({ name: property.name, kind: kindOf(property) })),
  }));
}

/** The TypeScript that declares the types of nodes. */
export function declarations(grammar: GrammarAST.Grammar): string {
  const { interfaces, unions } = typesOf(grammar);
  const written = interfaces.map(({ name, properties, interfaceSuperTypes, typeNames }) => {
    const above = interfaceSuperTypes.length > 0 ? interfaceSuperTypes.map((type) => type.name).sort() : ['Placed'];
    const own = [...properties]
      .sort(byName)
      .map(
        (property) =>
          `  readonly ${property.name}${property.optional && kindOf(property) === 'value' ? '?' : ''}: ${typeOf(property.type)};\n`,
      );
    return `export interface ${name} extends ${above.join(', ')} {\n  readonly $type: ${[...typeNames]
      .sort()
      .map((type) => `'${type}'`)
      .join(' | ')};\n${own.join('')}}\n`;
  });
  const either = unions.map(({ name, type }) => `export type ${name} = ${propertyTypeToString(type)};\n`);
  return [...either, ...written].join('\n');
}

function typeOf(type: PropertyType): string {
  if (!isArrayType(type)) return propertyTypeToString(type);
  const element = propertyTypeToString(type.elementType);
  return `readonly ${element.includes(' ') ? `(${element})` : element}[]`;
}

function kindOf({ type }: Property): 'list' | 'flag' | 'value' {
  if (isArrayType(type)) return 'list';
  return isPrimitiveType(type) && type.primitive === 'boolean' ? 'flag' : 'value';
}

function typesOf(grammar: GrammarAST.Grammar): AstTypes {
  return collectAst(grammar);
}

function byName(a: Property, b: Property): number {
  return a.name < b.name ? -1 : 1;
}
