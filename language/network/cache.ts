// Results of networks, kept while nothing that they depend on changes: a network that only moved is not explored again.
import type { Finding, Fix, FixContext } from '../diagnostics/rule.js';
import type { Origin } from '../ir/expression.js';
import type { Network } from '../ir/process.js';
import { dependenciesOf } from '../scoping/dependencies.js';
import type { Scope } from '../scoping/scope.js';
import type { Names } from '../typing/check.js';
import { checkNetwork } from './check.js';
import { lineOf } from './report.js';
import { movedRun, placesOf } from './run-end.js';
import type { ExplorationLimits, NetworkResult } from './verdict.js';

export interface NetworkCacheOptions {
  /** The types of the network's file. */
  readonly names: Names;
  /** How long a network may be explored, in milliseconds; the verdict tells what was explored until then. Without it, to the end. */
  readonly patience?: number;
}

export interface NetworkCache {
  /** As `checkNetwork`. Cost: linear in the texts of the network and of all that it names, where the result is known. */
  check(network: Network, scope: Scope, limits: ExplorationLimits, options: NetworkCacheOptions): NetworkResult;
}

/** How many characters the texts in the cache may have together. */
const capacity = 2_000_000;

/** Creates an empty cache. */
export function createNetworkCache(): NetworkCache {
  const entries = new Map<string, Entry>();
  let held = 0;
  const drop = (key: string): void => {
    if (entries.delete(key)) held -= key.length;
  };
  return {
    check(network, scope, limits, { names, patience }) {
      const explore = (): NetworkResult => {
        const end = patience === undefined ? Infinity : Date.now() + patience;
        return checkNetwork(network, scope, limits, { names, interrupted: () => Date.now() > end });
      };
      const found = partsOf(network, scope);
      if (!found) return explore();
      const key = `${limits.states} ${limits.buffer} ${patience ?? ''}\n${found.key}`;
      const entry = entries.get(key);
      drop(key);
      const known = entry && moved(entry, found.parts, explore);
      const result = known ?? explore();
      const next = known ? entry : entryOf(result, found.parts);
      if (next) {
        entries.set(key, next);
        held += key.length;
      }
      for (const [oldest] of entries) {
        if (held <= capacity) break;
        drop(oldest);
      }
      return result;
    },
  };
}

interface Place {
  readonly uri: string;
  readonly origin: Origin;
}

/** A declaration that a result depends on. */
interface Part extends Place {
  readonly text: string;
  readonly scope: Scope;
}

interface Entry {
  readonly parts: readonly Place[];
  /** Without the candidates for fixes, which hold on to all that they were made from. */
  readonly result: NetworkResult;
  /** The lines where the parts began, if a message says in which line something stands. */
  readonly lines: string | undefined;
}

/**
 * The network and all that it names, with a key that is the same exactly if these are the same texts, name each other in the
 * same way and stand in the same order. Undefined where one of them does not read: what it is taken for then may depend on what
 * stands around it.
 */
function partsOf(network: Network, scope: Scope): { readonly key: string; readonly parts: readonly Part[] } | undefined {
  const { all, names } = dependenciesOf(network, scope);
  if (all.some(({ declaration }) => declaration.broken)) return undefined;
  const parts = all.map(({ uri, declaration: { origin }, scope: there }): Part => (
    { uri, origin, text: there.file.text.slice(origin.start, origin.end), scope: there }
  ));
  const order = parts.map((_, index) => index).sort((a, b) => before(parts[a], parts[b]));
  return { key: [...parts.map(({ uri, text }, i) => JSON.stringify([uri, text, names[i]])), order.join()].join('\n'), parts };
}

function before(a: Part | undefined, b: Part | undefined): number {
  if (!a || !b) return 0;
  return a.uri === b.uri ? a.origin.start - b.origin.start : a.uri < b.uri ? -1 : 1;
}

/** What is kept of a result; undefined where it tells of a place that is in none of the parts. */
function entryOf(result: NetworkResult, parts: readonly Part[]): Entry | undefined {
  const { verdict, findings } = result;
  const places = [verdict, ...verdict.run, ...findings, ...findings.flatMap((f) => f.related), ...findings.flatMap((f) => (f.run ? placesOf(f.run) : []))];
  if (!places.every(({ uri, origin }) => partOf(parts, uri, origin) >= 0)) return undefined;
  const texts = [...verdict.run.map((step) => step.text), ...findings.flatMap((f) => [f.message, ...f.related.map((r) => r.message)])];
  return {
    parts: parts.map(({ uri, origin }) => ({ uri, origin })),
    result: { verdict, findings: findings.map((f) => ({ ...f, candidates: () => [] })) },
    lines: texts.some((text) => /\blines? \d/.test(text)) ? linesOf(parts) : undefined,
  };
}

function linesOf(parts: readonly Part[]): string {
  return parts.map((part) => lineOf(part.scope.file.text, part.origin.start)).join();
}

function partOf(parts: readonly Place[], uri: string, origin: Origin): number {
  return parts.findIndex((part) => part.uri === uri && part.origin.start <= origin.start && origin.end <= part.origin.end);
}

/**
 * A result where its parts stand now.
 * @param explore computes it anew, for the candidates for fixes, which are seldom asked for
 * @returns undefined where a message would quote another line
 */
function moved({ parts: old, result, lines }: Entry, parts: readonly Part[], explore: () => NetworkResult): NetworkResult | undefined {
  if (lines !== undefined && lines !== linesOf(parts)) return undefined;
  const move = (uri: string, origin: Origin): Origin => {
    const index = partOf(old, uri, origin);
    const by = (parts[index]?.origin.start ?? 0) - (old[index]?.origin.start ?? 0);
    return { start: origin.start + by, end: origin.end + by };
  };
  let fresh: NetworkResult | undefined;
  const candidatesOf = (finding: Finding, context: FixContext): readonly Fix[] => {
    fresh ??= explore();
    return fresh.findings.find((f) => f.code === finding.code && f.message === finding.message && f.origin.start === finding.origin.start)?.candidates(context) ?? [];
  };
  const { verdict, findings } = result;
  return {
    verdict: {
      ...verdict, origin: move(verdict.uri, verdict.origin),
      run: verdict.run.map((step) => ({ ...step, origin: move(step.uri, step.origin) })),
    },
    findings: findings.map((kept) => {
      const finding: Finding = {
        ...kept, origin: move(kept.uri, kept.origin), related: kept.related.map((r) => ({ ...r, origin: move(r.uri, r.origin) })),
        ...(kept.run ? { run: movedRun(kept.run, move) } : {}),
        candidates: (context) => candidatesOf(finding, context),
      };
      return finding;
    }),
  };
}
