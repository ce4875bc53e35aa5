// What is being explored, and what is known.
import * as v from 'valibot';
import { Nothing, notification } from './message.js';

const Explored = v.object({
  uri: v.string(),
  name: v.string(),
  states: v.number(),
  /** The networks that come of trying the fixes of its errors. */
  fixes: v.optional(v.literal(true)),
});

export const Status = v.object({
  exploring: v.array(Explored),
  /** How many networks wait to be explored. */
  waiting: v.number(),
  /** What is known of each open document: `2 networks proved, 1 refuted`. */
  documents: v.array(v.object({ uri: v.string(), version: v.number(), summary: v.string() })),
});
export type Status = v.InferOutput<typeof Status>;

export const statusChanged = notification(
  'chor/status',
  'client',
  'what is being explored and what is known, a few times a second while that changes',
  Status,
);
export const stopExploration = notification(
  'chor/stopExploration',
  'server',
  'end all that is explored, with the verdicts that there are until then',
  Nothing,
);

/** The server’s command that starts anew what was stopped or given up. */
export const exploreAgainCommand = 'chor.exploreAgain';

/** The server’s command that applies the preferred fix of each error of the workspace. */
export const fixWorkspaceCommand = 'chor.fixWorkspace';
