// What speaks for and against a fix of a choreography, and how much each counts.

/**
 * How much more unlikely a fix is, in doubts: a message counts two of them. Settled by the mistakes of
 * `test/rules/mutations.test.ts`.
 */
const weights = {
  // Another role.
  far: 2,
  misplaced: 0.1,
  repeats: 1.5,
  other: 1,
  decides: 0.2,
  opens: 0.4,
  // Who works something out.
  holdsIt: 1.8,
  holdsNone: 3,
  doesAlike: -0.3,
  atWork: -0.6,
  sendsLabel: 0.5,
  sendsAlike: -0.3,
  isOwed: 2,
  knows: 1.5,
  // Who gets a message.
  goesOn: -0.9,
  senderAtWork: -0.4,
  getsAlike: -0.3,
  isLost: -1.5,
  takesNothing: 0.5,
  lacksNothing: 1.5,
  isNeeded: 2,
  talksAnyway: 0.1,
  talksOnlyHere: -0.1,
  isTold: 2.5,
  toldTwice: -0.7,
  answers: 1,
  leavesOut: 1.5,
  unread: -0.7,
  // A message as it stands in another way of the decision.
  asElsewhere: 2.5,
  likeElsewhere: -0.8,
  // One more receiver.
  takesSame: 0.5,
  takesOther: 6,
  single: 0.3,
  hasSpare: 4,
  readByNone: 1.5,
  wouldLose: 1.5,
  // A new message.
  value: 1,
  place: 1.5,
  fromIdle: -1.5,
  fromSilent: -1,
  isWork: 1.5,
  toSeveral: -1,
  sentAtWork: -0.35,
  spare: -1.8,
  otherWay: -2.5,
  comesBack: 1.5,
  afterSpare: -0.5,
  saidElsewhere: -1.2,
  // Going round a loop again.
  endless: -3,
  asSibling: -3.5,
  behindAll: 1.2,
  // A new assignment.
  sets: 1,
  again: 0.4,
  allMembers: 0.3,
} as const;

export type Evidence = { readonly [K in keyof typeof weights]?: boolean | number };

/**
 * How unlikely a fix is.
 * @param base what it is with nothing to be said for it or against it
 * @param evidence what there is, and how much of it
 */
export function doubtBy(base: number, evidence: Evidence): number {
  const keys = Object.keys(evidence) as (keyof Evidence)[];
  return keys.reduce((sum, key) => sum + weights[key] * Number(evidence[key]), base);
}
