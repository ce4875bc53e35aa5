// Projections, kept while the choreography and all that it names say the same. What was found is kept, wherever they
// stand; the processes are made again where somebody asks for them, if they were put away or the choreography moved.
import type { Choreography } from '../ir/choreography.js';
import { contentOf } from '../lowering/lower.js';
import type { Network } from '../ir/process.js';
import { keep } from '../ir/shelf.js';
import { again, basisOf, isUnmoved, vocabularyOf } from '../scoping/reuse.js';
import type { Basis } from '../scoping/reuse.js';
import type { Scope } from '../scoping/scope.js';
import { project, projectBriefly } from './project.js';
import type { Projected } from './project.js';
import type { Finding } from '../findings/finding.js';

interface Entry {
  readonly basis: Basis;
  /** The names of the file, where code of other files may come to stand in its own. */
  readonly around: string;
  readonly findings: readonly Finding[];
  readonly foreign: Projected['foreign'];
  /** Not held here: it holds on to its file. */
  readonly latest: WeakRef<Kept>;
}

const entries = new WeakMap<object, Entry>();

/** As `project`. Cost: linear in the words of the choreography and of all that it names, where the answer is known. */
export function projectAgain(choreography: Choreography, scope: Scope): Projected {
  const { content, calls } = contentOf(choreography);
  const around = calls.length > 0 && scope.file.imports.length > 0 ? vocabularyOf(scope) : '';
  const known = entries.get(content);
  const same = known?.around === around ? again(known.basis, known.findings, choreography, scope) : undefined;
  const before = known?.latest.deref();
  if (known && same && before?.choreography === choreography && isUnmoved(known.basis, choreography, scope)) {
    before.scope = scope;
    return before;
  }
  const brief = known && same ? undefined : projectBriefly(choreography, scope);
  const projected = (known && same) || brief ? undefined : project(choreography, scope);
  const findings = same ?? (brief ?? projected)?.findings ?? [];
  const foreign = (brief ?? projected ?? known)?.foreign ?? new Map();
  const latest = new Kept(choreography, findings, scope, projected, foreign);
  entries.set(content, {
    basis: basisOf(choreography, scope, findings),
    around,
    findings,
    foreign,
    latest: new WeakRef(latest),
  });
  return latest;
}

class Kept implements Projected {
  private whole: Projected | undefined;

  /**
   * @param scope the newest one in which the projection is the same: an older one would hold on to the file as it was
   */
  constructor(
    readonly choreography: Choreography,
    readonly findings: readonly Finding[],
    public scope: Scope,
    projected: Projected | undefined,
    readonly foreign: Projected['foreign'],
  ) {
    if (projected) this.hold(projected);
  }

  get network(): Network {
    return this.full().network;
  }

  private full(): Projected {
    return this.whole ?? this.hold(project(this.choreography, this.scope));
  }

  private readonly forget = (): void => {
    this.whole = undefined;
  };

  private hold(projected: Projected): Projected {
    keep(this.choreography.origin.end - this.choreography.origin.start, this.forget);
    return (this.whole = projected);
  }
}
