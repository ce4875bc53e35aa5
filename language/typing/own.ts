// Names and types of one declaration: what comes of its check, kept while it and all that it names say the same.
import type { Choreography } from '../ir/choreography.js';
import type { TextRange } from '../ir/expression.js';
import type { Declaration } from '../ir/file.js';
import { contentOf } from '../lowering/lower.js';
import { keep } from '../ir/shelf.js';
import { idOf } from '../scoping/declared.js';
import { again, basisOf, isUnmoved } from '../scoping/reuse.js';
import type { Basis } from '../scoping/reuse.js';
import type { Resolved } from '../scoping/scope.js';
import type { Occurrence } from '../scoping/symbols.js';
import { checkChoreography } from './choreography.js';
import type { ChoreographyTypes } from './choreography.js';
import { createContext, occur, report, findingsOf } from './context.js';
import type { Context, TypedRange } from './context.js';
import {
  checkAlias,
  checkConstant,
  checkEnum,
  checkFunction,
  checkParams,
  checkRecord,
  checkType,
} from './declarations.js';
import { checkNetworkNames } from './network.js';
import { knowsStatements } from './passages.js';
import { checkBinders } from './patterns.js';
import { withExchanged, withoutFollowing } from './following.js';
import { carriesWrongly, withRoots } from './roots.js';
import { isKnown, showType, unknown } from './types.js';
import type { Type } from './types.js';
import type { Inferred, World } from './world.js';
import type { Finding } from '../findings/finding.js';
import { farthestBefore, mostMisspelt } from './limits.js';

/** All that comes of checking one declaration where it stands. */
export interface OwnNames {
  readonly findings: readonly Finding[];
  readonly occurrences: readonly Occurrence[];
  /** Of a choreography or network. */
  readonly roles: ChoreographyTypes | undefined;
  typeAt(offset: number): { readonly origin: TextRange; readonly type: string } | undefined;
  typeOf(origin: TextRange): Type | undefined;
}

interface Entry {
  readonly basis: Basis;
  readonly findings: readonly Finding[];
  readonly foreign: readonly string[];
  /** The misspelt names for which others were looked up, and whether all of them were. */
  readonly asked: ReadonlyMap<string, readonly string[]>;
  /** Not held here: it holds on to its file. */
  readonly latest: WeakRef<KeptNames>;
}

const entries = new WeakMap<object, Entry>();

/** What came of checking a declaration; the most of it is worked out again where it is asked for and was put away. */
export class KeptNames {
  private own: OwnNames | undefined;

  /**
   * @param foreign the addresses of the other files whose declarations it uses, each with the id of what it uses
   * @param world the newest one in which it comes out the same: an older one would hold on to files as they were
   */
  constructor(
    readonly declaration: Declaration,
    readonly findings: readonly Finding[],
    readonly foreign: readonly string[],
    public world: World,
    own: OwnNames | undefined,
  ) {
    if (own) this.hold(own);
  }

  full(): OwnNames {
    return this.own ?? this.hold(checkOwn(this.world, this.declaration, new Map()).own);
  }

  private readonly forget = (): void => {
    this.own = undefined;
  };

  private hold(own: OwnNames): OwnNames {
    keep(this.declaration.origin.end - this.declaration.origin.start, this.forget);
    return (this.own = own);
  }
}

/**
 * Checks a declaration of the file that a world is made for; what is known is not worked out again.
 * @param similar the names that misspelt ones may mean, of the whole file; it grows
 */
export function checkAgain(world: World, declaration: Declaration, similar: Context['similar']): KeptNames {
  const scope = world.scope(world.uri);
  const { content } = contentOf(declaration);
  const known = entries.get(content);
  // Where names would be looked up that are too many, it matters what comes before.
  const asked = known && [...known.asked].filter(([key]) => !similar.has(key));
  const same =
    known && asked && similar.size + asked.length <= mostMisspelt
      ? again(known.basis, known.findings, declaration, scope)
      : undefined;
  if (known && same) {
    for (const [key, names] of asked ?? []) similar.set(key, names);
    const before = known.latest.deref();
    if (before?.declaration === declaration && isUnmoved(known.basis, declaration, scope)) {
      before.world = world;
      return before;
    }
    const latest = new KeptNames(declaration, same, known.foreign, world, undefined);
    entries.set(content, {
      ...known,
      basis: basisOf(declaration, scope, same),
      findings: same,
      latest: new WeakRef(latest),
    });
    return latest;
  }
  // Where statements are known, the others are enough to know what is wrong.
  const brief = declaration.kind === 'choreography' && knowsStatements(declaration);
  const checked = checkOwn(world, declaration, similar, brief);
  const findings = checked.own.findings;
  const foreign = [...checked.foreign];
  const latest = new KeptNames(declaration, findings, foreign, world, brief ? undefined : checked.own);
  if (similar.size < mostMisspelt) {
    entries.set(content, {
      basis: basisOf(declaration, scope, findings),
      findings,
      foreign,
      asked: checked.asked,
      latest: new WeakRef(latest),
    });
  } else entries.delete(content);
  return latest;
}

function checkOwn(
  world: World,
  declaration: Declaration,
  similar: Context['similar'],
  brief = false,
): { readonly own: OwnNames; readonly foreign: ReadonlySet<string>; readonly asked: Entry['asked'] } {
  const asked = new Map<string, readonly string[]>();
  const context: Context = { ...createContext(world, world.uri, brief), similar, asked, broken: declaration.broken };
  const roles = checkDeep(context, declaration);
  checkBinders(context);
  return {
    asked,
    foreign: context.foreign,
    own: {
      findings: withExchanged(
        withoutFollowing(declaration, withRoots(declaration, findingsOf(context), context.text)),
        context.text,
      ),
      occurrences: context.occurrences,
      roles,
      ...typeIndex(context.types),
    },
  };
}

/** A declaration for which the stack is too small is told, and the others are checked all the same. */
function checkDeep(context: Context, declaration: Declaration): ChoreographyTypes | undefined {
  try {
    return checkDeclaration(context, declaration);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    report(context, 'too-large', declaration.name.origin, { what: 'names', name: declaration.name.text });
    return undefined;
  }
}

function checkDeclaration(context: Context, declaration: Declaration): ChoreographyTypes | undefined {
  const done = new Map<string, ChoreographyTypes>();
  // What is open in the types of a design is not to be decided for others.
  const typesOf = (resolved: Resolved & { readonly declaration: Choreography }): ChoreographyTypes => {
    const id = idOf(resolved.uri, resolved.declaration);
    let known = done.get(id);
    if (!known) {
      const other = createContext(context.world, resolved.uri);
      known = checkChoreography(other, resolved.declaration);
      // Nor is what has a wrong type there.
      const isWrong = carriesWrongly(resolved.declaration, findingsOf(other));
      for (const [message] of known.payloads) if (isWrong(message)) known.payloads.set(message, unknown());
      done.set(id, known);
    }
    return known;
  };
  occur(context, context.world.symbol({ uri: context.uri, declaration }), declaration.name.origin, 'definition');
  context.anchor = undefined;
  switch (declaration.kind) {
    case 'choreography':
      return checkChoreography(context, declaration);
    case 'network':
      return checkNetworkNames(context, declaration, typesOf);
    case 'record':
      checkRecord(context, declaration);
      return undefined;
    case 'enum':
      checkEnum(context, declaration);
      return undefined;
    case 'type':
      checkAlias(context, declaration);
      return undefined;
    case 'const':
      checkConstant(context, declaration);
      return undefined;
    case 'function':
      checkFunction(context, declaration);
      return undefined;
    case 'extern-type':
      return undefined;
    case 'extern-function':
      checkParams(context, declaration.name.text, declaration.params);
      if (declaration.result) checkType(context, declaration.result);
      return undefined;
  }
}

/** The type of a constant, or of a function's result, that does not state it; told by nobody but its own check. */
export function inferResult(world: World, declaration: Inferred, uri: string): Type {
  if (declaration.broken) return unknown();
  const context = createContext(world, uri);
  return declaration.kind === 'const' ? checkConstant(context, declaration) : checkFunction(context, declaration);
}

/** Types by place. The index is built when it is first asked for. */
function typeIndex(types: readonly TypedRange[]): Pick<OwnNames, 'typeAt' | 'typeOf'> {
  let sorted: TypedRange[] | undefined;
  let exact: Map<string, Type> | undefined;
  return {
    typeAt(offset) {
      sorted ??= [...types].sort((a, b) => a.origin.start - b.origin.start || b.origin.end - a.origin.end);
      let low = 0;
      let high = sorted.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((sorted[middle]?.origin.start ?? Infinity) <= offset) low = middle + 1;
        else high = middle;
      }
      // The innermost is the last that begins before; expressions that ended before are passed over.
      for (let i = low - 1; i >= 0; i--) {
        const { origin, type } = sorted[i] as TypedRange;
        if (origin.end >= offset) return isKnown(type) ? { origin, type: showType(type) } : undefined;
        if (offset - origin.start > farthestBefore) return undefined;
      }
      return undefined;
    },
    typeOf(origin) {
      exact ??= new Map(types.map((t) => [`${t.origin.start}:${t.origin.end}`, t.type]));
      return exact.get(`${origin.start}:${origin.end}`);
    },
  };
}
