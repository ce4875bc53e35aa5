// Which fixes are tried in the threads: those for networks that take long to be explored, since they are explored again
// for each fix. What was tried is kept with the texts, and forgotten with them.
import type { Repairs } from '../language/features/actions.js';
import { taskOf } from '../language/network/verdict/cache.js';
import type { ExploredNetwork, FileAnalysis } from '../language/workspace.js';
import type { Wanted } from './exploration/queue.js';
import type { Session } from './session.js';
import type { Finding } from '../language/findings/finding.js';
import type { Fix } from '../language/edits/fix.js';

/** The fixes of a finding, while they are tried. */
export interface Trial {
  /** Those that help, as far as is known. */
  readonly fixes: readonly Fix[];
  /** There are no more. */
  readonly done: boolean;
}

export interface Trials {
  /**
   * Has the fixes of a finding tried from now on, if it is unsure which help; `more` is called whenever there is one
   * more.
   * @param analysis the one that the finding is of
   */
  ask(analysis: FileAnalysis, repairs: Repairs): Trial;
  /** What is to be tried, the most urgent first: what was asked for, then what was found in networks that take long. */
  wanted(): Wanted[];
  /** Takes in the fixes of one of these that help so far; `done`: there are no more. */
  learn(key: string, fixes: readonly Fix[], done: boolean): void;
  /** One of these could not be tried. */
  giveUp(key: string): void;
  /** Somebody types: nothing is tried unasked for a while. */
  wait(): void;
  /** From now on, nothing is tried in the texts as they are now, unless it is asked for again. */
  stop(): void;
  /** Takes `stop` back. */
  resume(): void;
  dispose(): void;
}

interface OpenTrial extends Trial {
  readonly uri: string;
  readonly wanted: Wanted;
  asked: boolean;
  fixes: readonly Fix[];
  done: boolean;
}

/** What is known of one state of the texts. */
interface State {
  readonly trials: Map<string, OpenTrial>;
  stopped: boolean;
}

/** How long nobody must have typed before something is tried unasked, in milliseconds. */
const rest = 1000;
/** For how many findings of a file fixes are tried unasked. */
const mostUnasked = 20;

/**
 * @param changed something else is wanted now
 * @param more there is one more fix that somebody asked for in a file
 */
export function createTrials(session: Session, changed: () => void, more: (uri: string) => void): Trials {
  // A scope is the same for as long as no text changes that its file depends on.
  const states = new WeakMap<object, State>();
  const waiting = new Map<string, OpenTrial>();
  let keys = 0;
  let resting: ReturnType<typeof setTimeout> | undefined;

  const stateOf = ({ scope }: FileAnalysis): State => {
    const state = states.get(scope) ?? { trials: new Map<string, OpenTrial>(), stopped: false };
    states.set(scope, state);
    return state;
  };
  const trialOf = (analysis: FileAnalysis, { network }: ExploredNetwork, finding: Finding): OpenTrial => {
    const { trials } = stateOf(analysis);
    const {
      file: { uri },
      scope,
    } = analysis;
    const which = JSON.stringify(finding);
    const trial = trials.get(which) ?? {
      uri,
      asked: false,
      fixes: [],
      done: false,
      wanted: {
        key: `fixes ${keys++}`,
        name: network.name.text,
        uri,
        task: taskOf(network, scope, session.workspace().limits),
        finding,
      },
    };
    trials.set(which, trial);
    return trial;
  };
  const unaskedIn = (analysis: FileAnalysis): OpenTrial[] => {
    const { severity } = session.settings();
    const all = analysis.explored
      .filter(({ slow }) => slow)
      .flatMap((explored) => explored.findings.map((finding) => ({ explored, finding })));
    return all
      .filter(({ finding: { code } }) => severity[code] !== 'off')
      .slice(0, mostUnasked)
      .map(({ explored, finding }) => trialOf(analysis, explored, finding));
  };
  const analyses = (): FileAnalysis[] =>
    session
      .openUris()
      .reverse()
      .flatMap((uri) => session.workspace().analyze(uri) ?? []);

  return {
    ask(analysis, { finding, fixes, unsure }) {
      const explored = unsure ? analysis.explored.find(({ findings }) => findings.includes(finding)) : undefined;
      if (!explored) return { fixes, done: true };
      const trial = trialOf(analysis, explored, finding);
      if (trial.fixes.length < fixes.length) trial.fixes = fixes;
      if (!trial.asked) {
        trial.asked = true;
        if (!trial.done) changed();
      }
      return trial;
    },
    wanted() {
      waiting.clear();
      for (const analysis of analyses()) {
        const { trials, stopped } = stateOf(analysis);
        const asked = [...trials.values()].filter((trial) => trial.asked);
        for (const trial of [...asked, ...(stopped || resting ? [] : unaskedIn(analysis))])
          if (!trial.done) waiting.set(trial.wanted.key, trial);
      }
      return [...waiting.values()].sort((a, b) => Number(b.asked) - Number(a.asked)).map(({ wanted }) => wanted);
    },
    learn(key, fixes, done) {
      const trial = waiting.get(key);
      if (!trial) return;
      trial.done = done;
      // What was dropped on the way begins anew, and what helps still does.
      if (fixes.length <= trial.fixes.length) return;
      trial.fixes = fixes;
      if (trial.asked) more(trial.uri);
    },
    giveUp(key) {
      const trial = waiting.get(key);
      if (trial) trial.done = true;
    },
    wait() {
      clearTimeout(resting);
      resting = setTimeout(() => {
        resting = undefined;
        changed();
      }, rest);
    },
    stop() {
      for (const analysis of analyses()) {
        const state = stateOf(analysis);
        state.stopped = true;
        for (const trial of state.trials.values()) trial.asked = false;
      }
    },
    resume() {
      for (const analysis of analyses()) stateOf(analysis).stopped = false;
      changed();
    },
    dispose: () => clearTimeout(resting),
  };
}
