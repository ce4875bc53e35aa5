// ELK in a worker: the automata of roles are laid out beside the page, and what was laid out is kept.
import Elk from 'elkjs/lib/elk-api.js';
import type { Measure } from '../../language/diagram/fit.js';
import { mostStatesDrawn } from '../../language/diagram/limits.js';
import { elkOf, placedStates } from '../../language/diagram/states-layout.js';
import type { PlacedStates } from '../../language/diagram/states-layout.js';
import type { RoleStates } from '../../protocol/diagrams.js';
import { t } from './wording.js';

export type Laid = { readonly placed: PlacedStates } | { readonly why: string } | 'soon';

/** So many layouts are kept. */
const mostKept = 200;

/**
 * Lays automata out.
 * @param script the address of the worker's script
 * @param done called whenever there is something new
 */
export function createLayouts(script: string, done: () => void): (role: RoleStates, measure: Measure) => Laid {
  const laid = new Map<string, Laid>();
  let elk: Promise<InstanceType<typeof Elk>> | undefined;

  // A worker may not come from another origin than the page: it is started from its text.
  const start = async (): Promise<InstanceType<typeof Elk>> => {
    const answer = await fetch(script);
    if (!answer.ok) throw new Error(t('its script can’t be loaded ({0})', answer.status));
    const address = URL.createObjectURL(await answer.blob());
    return new Elk({ workerFactory: () => new Worker(address) });
  };

  return (role, measure) => {
    if (role.problem) return { why: `${role.problem.message}.` };
    if (role.states.length > mostStatesDrawn)
      return {
        why: t(
          '{0} states, and of more than {1} nobody reads a picture: copy them as Graphviz.',
          role.states.length,
          mostStatesDrawn,
        ),
      };
    const graph = elkOf(role, measure);
    const key = JSON.stringify(graph);
    const known = laid.get(key);
    if (known) return known;
    laid.set(key, 'soon');
    const first = laid.keys().next().value;
    if (laid.size > mostKept && first !== undefined) laid.delete(first);
    elk ??= start();
    elk
      .then((own) => own.layout(graph))
      .then(
        (answer) => laid.set(key, { placed: placedStates(answer) }),
        (error: unknown) => {
          laid.set(key, {
            why: t('It can’t be laid out: {0}.', error instanceof Error ? error.message : String(error)),
          });
          elk = undefined;
        },
      )
      .finally(done);
    return 'soon';
  };
}
