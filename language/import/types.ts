// The types of the host languages that Chor has itself.

const known: Readonly<Record<string, string>> = {
  int: 'int',
  Int: 'int',
  Integer: 'int',
  'java.lang.Integer': 'int',
  'java.lang.Long': 'int',
  number: 'float',
  boolean: 'bool',
  string: 'string',
  Str: 'string',
  String: 'string',
  'java.lang.String': 'string',
  bool: 'bool',
  Bool: 'bool',
  Boolean: 'bool',
  'java.lang.Boolean': 'bool',
  float: 'float',
  Float: 'float',
  Double: 'float',
  'java.lang.Double': 'float',
  'java.lang.Float': 'float',
};

/** The type of this language for one of another's; undefined where there is none. */
export function knownType(name: string): string | undefined {
  return Object.hasOwn(known, name) ? known[name] : undefined;
}
