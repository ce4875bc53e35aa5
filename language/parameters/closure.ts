// What is given where a choreography is wanted, and how a choreography is called with what it is given: no name of a
// text has angle brackets.

/**
 * A choreography by the file that declares it, perhaps with places that are taken already; or a parameter of which
 * nothing is known.
 */
export type Closure =
  | { readonly uri: string; readonly name: string; readonly args?: readonly ClosureArg[] }
  | { readonly uri: string; readonly of: string; readonly parameter: string };

/**
 * What a place or parameter gets: `null` for what whoever calls it gives, a number for one of the roles and values that
 * are captured, or a choreography.
 */
export type ClosureArg = null | number | Closure;

/** A choreography with what it is given. */
export interface Instance {
  readonly name: string;
  readonly uri: string;
  /** For its parameters that are choreographies, in order; none where it is itself. */
  readonly given: readonly Closure[];
}

/** The name of a choreography with what it is given, the same wherever it is called. */
export function instanceName({ name, uri, given }: Instance): string {
  return `${name}<${JSON.stringify([uri, ...given])}>`;
}

/** The name of a parameter of which nothing is known. */
export function openName(closure: Extract<Closure, { of: string }>): string {
  return `${closure.parameter}<${JSON.stringify(closure)}>`;
}

/** A name of `instanceName` or `openName` taken apart again; undefined for any other. */
export function partsOfInstance(text: string): Instance | Extract<Closure, { of: string }> | undefined {
  const at = text.indexOf('<');
  if (at < 0 || !text.endsWith('>')) return undefined;
  const parts = JSON.parse(text.slice(at + 1, -1)) as
    readonly [string, ...Closure[]] | Extract<Closure, { of: string }>;
  if (!isRow(parts)) return parts;
  const [uri, ...given] = parts;
  return { name: text.slice(0, at), uri, given };
}

function isRow(parts: readonly [string, ...Closure[]] | Closure): parts is readonly [string, ...Closure[]] {
  return Array.isArray(parts);
}

/** Whether a name is that of a choreography with what it is given. */
export function isInstance(text: string): boolean {
  const parts = partsOfInstance(text);
  return parts !== undefined && !('of' in parts) && parts.given.length > 0;
}

/** Whether a name is that of an unknown choreography, or of one that is given an unknown one. */
function isOpen(text: string): boolean {
  const parts = partsOfInstance(text);
  const open = (closure: Closure): boolean =>
    'of' in closure || (closure.args ?? []).some((arg) => typeof arg === 'object' && arg !== null && open(arg));
  return parts !== undefined && ('of' in parts || parts.given.some(open));
}

/** Whether a name is that of a parameter of which nothing is known. */
export function isOpenItself(text: string): boolean {
  const parts = partsOfInstance(text);
  return parts !== undefined && 'of' in parts;
}

/** Whether a name is that of a choreography with what it is given, all of which is known. */
export function isClosed(text: string): boolean {
  return isInstance(text) && !isOpen(text);
}

/** The name of an instance's choreography by itself, wherever it is called. */
export function plainName(text: string): string {
  const parts = partsOfInstance(text);
  return parts && !('of' in parts) ? instanceName({ ...parts, given: [] }) : text;
}

/** What an instance is called where somebody reads it: `Buy_Alone`, `Buy_TwoBuyers`. A name of a text is itself. */
export function readableName(text: string): string {
  const parts = partsOfInstance(text);
  if (!parts) return text;
  const ofClosure = (closure: Closure): string =>
    'of' in closure
      ? closure.parameter
      : [
          closure.name,
          ...(closure.args ?? []).flatMap((arg) => (typeof arg === 'object' && arg !== null ? [ofClosure(arg)] : [])),
        ].join('_');
  return 'of' in parts ? parts.parameter : [parts.name, ...parts.given.map(ofClosure)].join('_');
}
