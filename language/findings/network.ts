// What findings about networks tell: plain data. Places are origins in the file that the nearest `uri` around them
// names, else in the finding's own.
import type { TextRange } from '../ir/expression.js';
import type { Run } from './run.js';

/** A role at the moment when something is wrong. */
export interface End {
  readonly role: string;
  /** Where it stands, in the text of its process; for what it called, in the called process's file. */
  readonly uri: string;
  readonly origin: TextRange;
  /** It has ended. */
  readonly ended: boolean;
  /** Its process does nothing. */
  readonly idle: boolean;
  /** Its process stands in the network as written; a projection's or a called one's is not to be edited. */
  readonly written: boolean;
}

/** An end that waits: for a message, or for its own message to be taken. */
export interface WaitingEnd extends End {
  readonly on: string;
  /** All that it waits for, where these are several. */
  readonly from?: readonly string[];
  /** `greeting`, `accept or reject`; what it wants to send, for a sender. */
  readonly what: string;
  readonly waitsTo: 'receive' | 'send';
  /** Its process is known not to do what the choreography says. */
  readonly differs: boolean;
}

/** What a run leads to. */
export interface Outcome {
  /** What has to be so for that, as a sentence; empty where nothing has. */
  readonly condition: string;
  readonly run: Run;
  /** The roles whose processes differ from their projections, where the network implements a choreography. */
  readonly differing?: readonly string[];
}

export interface Deadlock extends Outcome {
  /** Those that wait in a circle, in its order. */
  readonly cycle: readonly WaitingEnd[];
  /** Those that wait for somebody in the circle, or for each other. */
  readonly others: readonly WaitingEnd[];
  readonly channels: 'fifo' | 'sync' | 'buffer';
}

export interface UnmatchedReceive extends Outcome {
  readonly receiver: WaitingEnd;
  /** The one that the message should come from. */
  readonly sender: End;
  /** Where one of several will do, where the others of them are. */
  readonly others: readonly End[];
  /** Where the sender waits for the receiver in turn: all who wait in the circle, the receiver first. */
  readonly circle: readonly WaitingEnd[];
}

export interface UnmatchedSend extends Outcome {
  /** Where the message was sent. */
  readonly sender: End;
  /** Where its receiver is when it can’t be received any more. */
  readonly receiver: End;
  /** What is sent, in words. */
  readonly what: string;
  /** It was sent and lies in the queue; otherwise the sender waits with it. */
  readonly delivered: boolean;
  /** Threads of the receiver go on to take other messages of the sender. */
  readonly takesOthers?: boolean;
}

export interface LabelMismatch extends Outcome {
  readonly sender: End;
  readonly receiver: End;
  /** The label that is sent, and those that are taken; undefined for a message without one. */
  readonly sent?: string;
  readonly taken: readonly (string | undefined)[];
}

export interface Starvation extends Outcome {
  readonly end: WaitingEnd;
  /** Whatever the others choose; else only if they never leave a loop that they could leave. */
  readonly fair: boolean;
  /** Those that go on. */
  readonly active: readonly string[];
}

/** A place of a process that a message names. */
export interface ProcessPlace {
  readonly uri: string;
  readonly origin: TextRange;
  readonly written: boolean;
}

export interface PayloadMismatch {
  readonly sender: ProcessPlace & { readonly role: string };
  readonly receiver: ProcessPlace & { readonly role: string };
  /** Which branch of the `receive` it is, and the variable that it binds, as its author calls it. */
  readonly branch: number;
  readonly variable?: string;
  /** What the message carries; undefined for nothing. */
  readonly actual?: string;
  /** What is expected, where that is known. */
  readonly expected?: string;
  /** The other send that the receiver gets its type from. */
  readonly other?: ProcessPlace;
  /** The run that leads to the message, and to where it is taken. */
  readonly run?: Run;
}

export interface NotConformant {
  readonly role: string;
  readonly choreography: string;
  /** All roles of the network whose processes differ, this one too. */
  readonly differing: readonly string[];
  /** What it does before it differs. */
  readonly run: Run;
  readonly actual: string;
  readonly expected: string;
  /** Where the choreography says so. */
  readonly design: { readonly uri: string; readonly origin: TextRange };
}

/** The findings about networks, by their codes. */
export interface NetworkArguments {
  deadlock: Deadlock;
  'label-mismatch': LabelMismatch;
  'not-conformant': NotConformant;
  'payload-mismatch': PayloadMismatch;
  'reordered-but-safe': NotConformant;
  starvation: Starvation;
  'unmatched-receive': UnmatchedReceive;
  'unmatched-send': UnmatchedSend;
}
