// What findings about names and types tell: plain data. Each place is an origin, in the file that the nearest `uri`
// around it names, else in the finding's own; types and expressions are texts.
import type { Name, TextRange } from '../ir/expression.js';

/** A place, perhaps in another file. */
export interface Place {
  readonly uri: string;
  readonly origin: TextRange;
}

/** Who needs a value of which type. */
export type Demand =
  /** A variable has its type already. */
  | { readonly by: 'variable'; readonly name: string; readonly type: string }
  /** A choreography or a function, in its header; or a role's process. */
  | { readonly by: 'result'; readonly of: string; readonly role: boolean; readonly type: string }
  | { readonly by: 'constant'; readonly of: string; readonly type: string }
  | { readonly by: 'body'; readonly of: string; readonly type: string }
  | { readonly by: 'parameter'; readonly callee: string; readonly parameter?: string; readonly type: string }
  | { readonly by: 'overloads'; readonly callee: string; readonly types: readonly string[] }
  | { readonly by: 'label'; readonly label: string; readonly type: string }
  /** The first of several guards that are one decision. */
  | { readonly by: 'guard'; readonly guard: string; readonly type: string }
  | { readonly by: 'condition' | 'value' | 'index' | 'pick' | 'pick-some' | 'call' | 'indexing' }
  | { readonly by: 'operator'; readonly operator: string; readonly takes: string }
  | { readonly by: 'operand'; readonly other: string; readonly operator: string; readonly type: string }
  | { readonly by: 'before'; readonly what: 'items' | 'then' | 'cases'; readonly type: string }
  | { readonly by: 'field'; readonly field: string }
  | { readonly by: 'update'; readonly field: string; readonly type: string }
  | { readonly by: 'function'; readonly type: string }
  /** What a pattern is compared with. */
  | { readonly by: 'matched'; readonly type: string }
  | { readonly by: 'design'; readonly choreography: string; readonly receiver: string; readonly type: string }
  | { readonly by: 'receiver'; readonly receiver: string; readonly type: string }
  | { readonly by: 'annotation'; readonly type: string }
  | { readonly by: 'sender'; readonly sender: string; readonly type: string }
  /** What the first of several sends into one list. */
  | { readonly by: 'gather'; readonly first: string; readonly type: string };

/** Where a demand comes from: a declaration, what first gave a variable its type, or what a design says. */
export interface Because {
  readonly uri: string;
  readonly origin?: TextRange;
  readonly why: 'declared' | 'typed' | 'designed';
  readonly name: string;
}

export type TypeMismatch =
  | {
      readonly kind: 'demand';
      /** The expression as it stands, shortened. */
      readonly subject: string;
      readonly actual: string;
      readonly expected?: string;
      readonly demand: Demand;
      readonly because?: Because;
    }
  /** What a variable gets, or the type that it is declared with, fits none of its uses, nor those of its copies. */
  | {
      readonly kind: 'used';
      readonly written: 'value' | 'type';
      readonly subject: string;
      readonly name: string;
      readonly actual: string;
      readonly expected: string;
    }
  /** A value is returned, and the header promises none. */
  | {
      readonly kind: 'unpromised';
      readonly choreography: string;
      readonly header: {
        readonly at: TextRange;
        /** Others stand there already. */ readonly next: boolean;
        readonly role: string;
        readonly type?: string;
      };
    }
  | { readonly kind: 'unpromised-by-process'; readonly role: string }
  /** The header promises a value that is never returned. */
  | {
      readonly kind: 'never-returned';
      readonly choreography?: string;
      readonly role: string;
      readonly type: string;
      /** Others are returned. */ readonly others?: boolean;
    }
  /** A message carries nothing, and is received into a variable. */
  | { readonly kind: 'nothing-sent'; readonly sender: string; readonly target: string; readonly remove: TextRange }
  /** What is called returns nothing, or nothing to this role. */
  | {
      readonly kind: 'no-result';
      readonly callee: string;
      readonly place?: string;
      readonly target: string;
      readonly remove?: TextRange;
    }
  | { readonly kind: 'number-too-large' }
  /** A function where a value has to be. */
  | { readonly kind: 'function'; readonly name?: string; readonly library: boolean }
  /** A process writes out an input or a result with another type than its design. */
  | {
      readonly kind: 'designed';
      readonly role: string;
      readonly input?: { readonly own: string; readonly designed: string };
      readonly choreography: string;
      readonly actual: string;
      readonly expected: string;
      readonly because: Because;
    };

export type WrongArguments = (
  | {
      readonly kind: 'roles';
      readonly callee: string;
      readonly roles: readonly string[];
      readonly given: number;
      /** How many of them are no roles. */ readonly besides?: number;
    }
  | {
      readonly kind: 'inputs';
      readonly role: string;
      readonly callee: string;
      readonly inputs: readonly string[];
      readonly given: number;
    }
  /** A process gives inputs to another one. */
  | { readonly kind: 'inputs-of-another'; readonly self: string; readonly role: string; readonly callee: string }
  | { readonly kind: 'no-place'; readonly self: string; readonly callee: string }
  | {
      readonly kind: 'arguments';
      readonly callee: string;
      readonly parameters: readonly { readonly name: string; readonly type: string }[];
      readonly given: number;
      readonly missing?: readonly string[];
    }
  | { readonly kind: 'overloads'; readonly callee: string; readonly numbers: readonly number[]; readonly given: number }
  | { readonly kind: 'case'; readonly case: string; readonly parameters: readonly string[]; readonly given: number }
  | { readonly kind: 'some'; readonly given: number }
  | { readonly kind: 'type'; readonly type: string; readonly holds: number }
) & {
  /** What is called. */
  readonly declared?: { readonly uri: string; readonly origin?: TextRange; readonly name: string };
};

/** How a decision goes on a path. */
export type Way =
  | { readonly kind: 'label'; readonly role: string; readonly label: string }
  /** The only branch without a label, of messages that are received. */
  | { readonly kind: 'unlabelled'; readonly role: string }
  | { readonly kind: 'condition'; readonly guards: readonly string[]; readonly holds: boolean }
  /** Without a pattern, none of the cases. */
  | { readonly kind: 'case'; readonly guards: readonly string[]; readonly pattern?: string }
  /** One of the branches of a choice; in a process, its own. */
  | { readonly kind: 'branch'; readonly role?: string; readonly index: number }
  | { readonly kind: 'round' }
  /** A loop that is left by `leave`. */
  | { readonly kind: 'left'; readonly loop: string }
  /** A loop that is not entered. */
  /** A loop that is not gone through even once; `counts`: it goes through numbers, of which there may be none. */
  | { readonly kind: 'skipped'; readonly guard: string; readonly counts?: true }
  /** Branches that go on at the same time, each with a variable of that name for itself. */
  | { readonly kind: 'threads' }
  /** Another branch of what goes on at the same time gives it one. */
  | { readonly kind: 'beside'; readonly par: TextRange; readonly branches: readonly TextRange[] }
  /** None, but what has a value is only a part: some members, or some places of a list. */
  | { readonly kind: 'partly'; readonly of: 'members' | 'places' };

export interface UnknownName {
  readonly name: Name;
  /** What would have to stand here. */
  readonly wanted: 'function' | 'type' | 'choreography' | 'network' | 'field' | 'parameter' | 'enum case' | 'rec';
  /** What the name is instead. */
  readonly found?: string;
  /** What it should be part of. */
  readonly owner?: string;
  readonly similar: readonly string[];
  /** All that could stand here, where these are few. */
  readonly known?: readonly string[];
  /** How a missing function is called: the types as they can be written; without a result, for its effect alone. */
  readonly call?: {
    readonly types: readonly (string | undefined)[];
    readonly names: readonly (string | undefined)[];
    readonly result?: string;
  };
  /** Where a missing field or case can be added: after the last, or else where the braces close. */
  readonly add?: { readonly uri: string; readonly at?: TextRange; readonly first: TextRange; readonly type?: string };
  /** For a case: the type of the value, if it is no enum. */
  readonly valueType?: string;
  /** For a case: as it is written, it is a name for the value, which nothing uses. */
  readonly bound?: boolean;
  /** For a case: it is there, but its enum is not imported. */
  readonly hidden?: boolean;
}

export interface UnknownRole {
  readonly name: string;
  readonly origin: TextRange;
  /** The choreography or network whose roles are meant. */
  readonly container: string;
  readonly similar: readonly string[];
  readonly known: readonly string[];
  /** Where the header takes another role. */
  readonly insert?: { readonly at: TextRange; readonly first: boolean };
  /** What stands there can be no role at all. */
  readonly value?: boolean;
  /** It is a number that all know: the families of which a member may be meant. */
  readonly families?: readonly string[];
  /** For a network: where another process can stand. */
  readonly process?: { readonly after: TextRange };
}

export interface UnknownVariable {
  readonly name: Name;
  /** The role that reads it; none in the body of a function. */
  readonly role?: string;
  readonly similar: readonly string[];
  /** The type of what it was used as, where it can be written. */
  readonly type?: string;
  /** Processes that have a variable of this name. */
  readonly elsewhere?: readonly string[];
  /** Where an input can be added. */
  readonly header?: { readonly at: TextRange; readonly form: 'first' | 'next' };
}

export interface MaybeUnassigned {
  readonly role: string;
  readonly name: string;
  /**
   * A path that gives it none, with its block, which is empty where an `else` could stand; without one, no path does
   * before this point.
   */
  readonly reason?: { readonly way: Way; readonly place?: TextRange };
  /** Its type, as it can be written. */
  readonly type?: string;
  /** It is a variable of a process, which is written without its role. */
  readonly process: boolean;
  readonly first: Place;
}

export interface NotLocatedHere {
  /**
   * `variable`: a name that lives elsewhere; `foreign`: `Bob.x` written in an expression of another role; `repeated`:
   * the own role written again; `process`: `Bob.x` in a process; `return`: a result returned at another role than the
   * header says; `picked`: the number of a member that was picked, of which the role is not told; `case`: what the
   * pattern of a `match` takes at those who decide.
   */
  readonly kind: 'variable' | 'foreign' | 'repeated' | 'process' | 'return' | 'picked' | 'case';
  /** Of `picked`: it is a list of several. */
  readonly many?: true;
  readonly name: string;
  readonly here: string;
  readonly owners?: readonly string[];
  readonly origin: TextRange;
  /** The statement before which another can be put. */
  readonly anchor: TextRange;
  /** Of `picked`: where the role can be told, what stands before it there, and what it is called there. */
  readonly tell?: { readonly at: TextRange; readonly before: string; readonly who: string };
}

export interface DuplicateName {
  readonly name: Name;
  /** What there are two of: role, field, declaration. */
  readonly what: string;
  readonly first?: Place;
  /** Names that can’t be taken instead. */
  readonly taken?: readonly string[];
  /** The whole item of a list, where it could be left out. */
  readonly item?: TextRange;
  /** It names a role that may stand there once: another name would be another role. */
  readonly role?: boolean;
  /** The whole branch, where it is one; another name would make it useless. */
  readonly branch?: TextRange;
  /** It is an import that brings the name a second time. */
  readonly imported?: boolean;
  /** What the name stands for is kept at this role, which has another one of the name. */
  readonly kept?: string;
  /** Two imports of whole files bring it, and it is used. */
  readonly whole?: boolean;
  /** The sizes of a family that has the size of another one, and says how large it may be. */
  readonly sizes?: TextRange;
}

export interface SelfCommunication {
  readonly role: string;
  readonly variable?: string;
  readonly value?: TextRange;
  readonly label?: string;
  readonly statement: TextRange;
  readonly receiver: TextRange;
  /** There is no other receiver. */
  readonly only: boolean;
  /** It stands in an arrow list: `if p.e -> p`. */
  readonly implied: boolean;
  /** Two members of a family that may be the same one: with the smallest sizes and numbers for which they are. */
  readonly members?: {
    readonly other: string;
    readonly family: string;
    readonly values: readonly (readonly [string, number])[];
    readonly header: FamilyHeader;
    /** All of the family send to one of them: the parts that the others are, and where they are to stand. */
    readonly others?: { readonly parts: readonly string[]; readonly item: TextRange; readonly role: TextRange };
  };
  /** It is a `send` or `receive` of a process. */
  readonly process?: boolean;
}

/** A family in a header, where another least size could stand. */
export interface FamilyHeader {
  readonly at: TextRange;
  /** The name of its size; none where it always has the same. */
  readonly size?: string;
  readonly least: number;
  readonly usual?: number;
  /** A greater least size, with which what is told no longer happens. */
  readonly enough?: number;
}

export interface IndexOutOfRange {
  /** The family. */
  readonly role: string;
  /** The smallest sizes and numbers for which it happens, by name. */
  readonly values: readonly (readonly [string, number])[];
  /** What the index is then. */
  readonly value: number;
  /** What the family's size is then. */
  readonly size: number;
  readonly header: FamilyHeader;
  /** The index as it stands. */
  readonly index: string;
  /** It ends a part, which goes up to it, and without it. */
  readonly ends?: true;
}

/** More messages are waited for than are sent, or none. */
export interface QuorumTooLarge {
  /** How many are waited for, and how many are sent, where it happens. */
  readonly needed: number;
  readonly sent: number;
  readonly senders: string;
  /** The smallest sizes for which it happens, by name. */
  readonly values: readonly (readonly [string, number])[];
  /** Where a single family sends, which may have more members: its header. */
  readonly header?: FamilyHeader;
  /** Members send that were picked by this list, and how many is not said. */
  readonly uncounted?: string;
  readonly origin: TextRange;
}

/** An index, or another number that all have to know, that is made of something else than sizes and numbers. */
export interface NoIndex {
  readonly kind: 'index';
  /** Which member is meant, how many messages are waited for, how far a loop goes, or which place of a list. */
  readonly what: 'member' | 'count' | 'bound' | 'place';
  readonly name?: string;
  /** It is a constant: where it stands, and which number it is, if it is one. */
  readonly constant?: { readonly at: TextRange; readonly value?: number };
  readonly known: readonly string[];
}

/** `others` where none of the family speaks to them: who is left out? */
export interface NoSpeaker {
  readonly kind: 'no-speaker';
  readonly role: string;
  /** Who speaks to them, if anybody does; or whose process it is. */
  readonly speaker?: string;
  readonly size: string;
  /** What stands for them: in a list, with its variable or value, or in a line of its own. */
  readonly item: TextRange;
  readonly line?: true;
  readonly process?: true;
}

export type WrongMembers =
  /** An index, or `others`, at a role that is no family. */
  | { readonly kind: 'no-family'; readonly role: string; readonly remove: TextRange; readonly others: boolean }
  /** A loop over a role that is no family, or one of which a member is picked. */
  | { readonly kind: 'single'; readonly role: string; readonly picked?: true }
  /** A member is picked of what is no family and no part of one. */
  | { readonly kind: 'picked'; readonly role: string; readonly family: string }
  /** A list of members that were picked, where one number is needed. */
  | { readonly kind: 'list'; readonly name: string }
  /** Fewer members may be there than are picked, for these sizes and numbers; with `least` of them there are enough. */
  | {
      readonly kind: 'few';
      readonly role: string;
      readonly count: number;
      readonly members: number;
      readonly values: readonly (readonly [string, number])[];
      readonly header: FamilyHeader;
    }
  /** A list of members that has another length than is said, or the same number twice. */
  | { readonly kind: 'length'; readonly count: number; readonly given: number }
  | { readonly kind: 'twice'; readonly number: string }
  | NoIndex
  /** A `when` that asks something else than sizes and numbers of members; `at` is the word. */
  | { readonly kind: 'when'; readonly name?: string; readonly at: TextRange; readonly known: readonly string[] }
  /** Several roles where one has to be. */
  | {
      readonly kind: 'one-needed';
      readonly role: string;
      readonly as: 'result' | 'decider' | 'target' | 'callee' | 'gatherer';
      readonly place?: string;
    }
  /** A family that sends to a family: member to member, or all to all? */
  | {
      readonly kind: 'family-to-family';
      readonly sender: string;
      readonly receiver: string;
      readonly statement: TextRange;
      readonly senderAt: TextRange;
      readonly receiverAt: TextRange;
    }
  /** A role that is no family, where a callee has one. */
  | { readonly kind: 'family-needed'; readonly role: string; readonly place: string; readonly callee: string }
  /** `others` where none of the family speaks. */
  | NoSpeaker
  /** A list that is put together place by place, and given a value as a whole. */
  | { readonly kind: 'place'; readonly variable: string }
  /** A family that decides, or of which a member is picked, and may have nobody: for these sizes and numbers. */
  | {
      readonly kind: 'nobody';
      readonly role: string;
      readonly values: readonly (readonly [string, number])[];
      readonly header: FamilyHeader;
      readonly picked?: true;
    }
  /** Members of a family of which no process is written, though others are. */
  | {
      readonly kind: 'unwritten';
      readonly role: string;
      readonly member: number;
      readonly values: readonly (readonly [string, number])[];
    }
  /** A call that gives fewer members, or others than just so many, than its callee needs: for these sizes and numbers. */
  | {
      readonly kind: 'count';
      readonly role: string;
      readonly callee: string;
      readonly place: string;
      readonly least: number;
      /** It needs just as many. */
      readonly exact: boolean;
      readonly count: number;
      readonly values: readonly (readonly [string, number])[];
      readonly header?: FamilyHeader;
    }
  /** A call that gives two families of one size different numbers of members: for these sizes and numbers. */
  | {
      readonly kind: 'uneven';
      readonly role: string;
      readonly other: string;
      readonly callee: string;
      readonly size: string;
      readonly counts: readonly [number, number];
      readonly values: readonly (readonly [string, number])[];
    }
  /** A size that can't be. */
  | { readonly kind: 'size'; readonly family: string; readonly usual?: number; readonly least: number };

/** What is given for a parameter that is a value, and is not known to all. */
export type NotShared = {
  readonly callee: string;
  readonly parameter: string;
} &
  /** A role stands there. */
  (
    | { readonly kind: 'role'; readonly name: string }
    /** A name that is a variable of these roles, or nothing that is known. */
    | {
        readonly kind: 'variable';
        readonly name: string;
        readonly owners: readonly string[];
        readonly known: readonly string[];
        readonly similar: readonly string[];
      }
    /** A host function is asked, which may answer each role something else. */
    | { readonly kind: 'host'; readonly name: string }
  );

/** Why a choreography is not what a parameter wants. */
export type Misfit =
  /** It is no choreography. */
  | { readonly kind: 'none' }
  /** It is to be given a choreography itself. */
  | { readonly kind: 'needs'; readonly parameter: string }
  | { readonly kind: 'roles'; readonly has: readonly string[]; readonly wanted: number }
  | { readonly kind: 'family'; readonly role: string; readonly several: boolean; readonly place: string }
  | { readonly kind: 'least'; readonly role: string; readonly least: number; readonly place: string }
  | { readonly kind: 'server'; readonly role: string; readonly place: string }
  | { readonly kind: 'inputs'; readonly role: string; readonly has: number; readonly wanted: number }
  | {
      readonly kind: 'input';
      readonly role: string;
      readonly input: string;
      readonly is: string;
      readonly should: string;
    }
  | { readonly kind: 'values'; readonly has: readonly string[]; readonly wanted: number }
  | { readonly kind: 'value'; readonly name: string; readonly is: string; readonly should: string }
  | { readonly kind: 'result'; readonly wanted: string; readonly role: string }
  | { readonly kind: 'result-type'; readonly is: string; readonly should: string }
  | { readonly kind: 'result-role'; readonly is: string; readonly should: string };

export interface WrongChoreography {
  readonly callee: string;
  readonly parameter: string;
  /** What the parameter wants, as its header says it. */
  readonly wanted: string;
  readonly actual: string;
  readonly misfit: Misfit;
  readonly declared?: { readonly uri: string; readonly origin?: TextRange; readonly name: string };
}

export interface WrappedParameter {
  readonly parameter: string;
  /** It stands inside of another choreography that is given, or places of it are taken. */
  readonly kind: 'wrapped' | 'taken';
  readonly shown: string;
}

/** Something runs a choreography that is to be given others. */
export interface NeedsChoreography {
  readonly choreography: string;
  readonly parameters: readonly string[];
  /** What would run it. */
  readonly by: 'network' | 'process';
  readonly declared: Place;
}

export interface RoleGivenTwice {
  /** The choreography that is given with the role. */
  readonly captured?: string;
  readonly role: string;
  readonly callee: string;
  readonly origin: TextRange;
  readonly first: Place;
  /** Roles that stand in no place yet. */
  readonly others: readonly string[];
}

export interface MissingCase {
  /** Patterns of what is left out. */
  readonly missing: readonly string[];
  readonly subject: string;
  /** Where cases can be added: where the last one begins and ends. Not for expressions. */
  readonly last?: TextRange;
}

/** A branch of a `match` that sends its value, and is not one case. */
export type CaseNeeded = {
  /** What is matched. */
  readonly value: string;
  /** Who is sent it, with the variable that keeps it. */
  readonly to: string;
} &
  /** The value is of a type without cases. */
  (
    | { readonly kind: 'type'; readonly type: string; readonly decision: TextRange }
    /** The branch may be several cases: those that no other branch takes. */
    | {
        readonly kind: 'rest';
        readonly written: string;
        readonly cases: readonly string[];
        readonly branch: TextRange;
        readonly body: TextRange;
      }
    /** The fields of the case are not written. */
    | { readonly kind: 'fields'; readonly case: string; readonly count: number }
    /** A field is taken apart by a pattern that does not take every value. */
    | { readonly kind: 'inner'; readonly pattern: string; readonly case: string }
  );

export interface RefutablePattern {
  readonly pattern: string;
  readonly subject: string;
  /** Patterns of what it does not take. */
  readonly missing: readonly string[];
}

export interface ServerResult {
  readonly role: string;
  /** The choreography or network. */
  readonly of: string;
  readonly what: 'role' | 'process';
  /** The word `server`, with the space behind it. */
  readonly word: TextRange;
}

export interface LabelNamedAsType {
  readonly label: TextRange;
  readonly name: string;
  /** The variable of a `receive`, whose type can be written. */
  readonly binder?: TextRange;
}

export interface ContinueNotLast {
  readonly word: 'continue' | 'leave';
  readonly name: string;
  readonly origin: TextRange;
  readonly following?: Place;
  /** What follows stands right after it, in the same block. */
  readonly direct: boolean;
  /** The loop stands around what goes on at the same time, or once for each number, and this inside. */
  readonly across?: 'par' | 'for';
}

/**
 * Two messages of one sender to one receiver, in branches that go on at the same time, that the receiver can't tell
 * apart.
 */
export interface Race {
  readonly sender: string;
  readonly receiver: string;
  /** Missing where neither has one. */
  readonly label?: string;
  /** The statement in the earlier branch, and the one in the later. */
  readonly first: TextRange;
  readonly second: TextRange;
  /** The calls in which they stand, where they don't stand there themselves. */
  readonly calls?: readonly string[];
  /** What a message could be called instead; `at` is where the second one's label stands, or is to be put. */
  readonly relabel?: { readonly at: TextRange; readonly label: string; readonly missing: boolean };
  /** The branches are the rounds of one loop, and this one. */
  readonly rounds?: boolean;
  /** The whole statement of several branches, and the branches. */
  readonly par: TextRange;
  readonly branches: readonly TextRange[];
}

export interface UnguardedRecursion {
  readonly kind: 'rec' | 'call';
  readonly name: string;
  /** The `continue` or the call. */
  readonly origin: TextRange;
  /** For calls: the choreographies on the way, the last being the first again. */
  readonly chain?: readonly string[];
  readonly head: Place;
}

export interface TypeIsRecursive {
  readonly name: string;
  readonly kind: 'alias' | 'record';
  /** The type that leads back. */
  readonly type: TextRange;
}

export interface NotConstant {
  /** `circle`: it is computed from itself; `host`: the host program has to be asked. */
  readonly kind: 'circle' | 'host';
  readonly name: string;
  /** The names on the way back to it, the last one its own; or the host functions. */
  readonly by: readonly string[];
}

export interface ShadowsConstant {
  readonly name: Name;
  /** What has the name of a constant. */
  readonly what: 'variable' | 'pattern';
  readonly role?: string;
  readonly constant: Place;
}

export interface ImportNotFound {
  readonly kind: 'file' | 'name';
  readonly path: string;
  readonly name?: string;
  /** Why a file that is there is not read. */
  readonly unread?: string;
  readonly origin: TextRange;
  readonly similar?: readonly string[];
}

export interface UnusedImport {
  /** Without a name, the whole import. */
  readonly name?: string;
  readonly origin: TextRange;
}

export type UnusedRole =
  | {
      readonly kind: 'role';
      readonly role: string;
      /** Another role, which looks just like it. */
      readonly alike?: string;
      readonly choreography: string;
      /** The role with the comma beside it. */
      readonly remove: TextRange;
    }
  /** A process that does nothing, among others that do something. */
  | { readonly kind: 'process'; readonly role: string; readonly network: string; readonly process: TextRange }
  /** Nobody does anything. */
  | { readonly kind: 'network'; readonly network: string; readonly processes: readonly string[] };

export interface UnusedVariable {
  /** The role of a variable of a choreography, or the process. */
  readonly role?: string;
  readonly name: string;
  /** Another variable of the role, which looks just like it. */
  readonly alike?: { readonly other: string; readonly id: string };
}

/** The findings about names and types, by their codes. */
export interface TypingArguments {
  'case-needed': CaseNeeded;
  'continue-not-last': ContinueNotLast;
  'duplicate-name': DuplicateName;
  'import-not-found': ImportNotFound;
  'label-named-as-type': LabelNamedAsType;
  'maybe-unassigned': MaybeUnassigned;
  'missing-case': MissingCase;
  'needs-choreography': NeedsChoreography;
  'not-constant': NotConstant;
  'not-located-here': NotLocatedHere;
  'not-shared': NotShared;
  'index-out-of-range': IndexOutOfRange;
  'wrong-members': WrongMembers;
  'quorum-too-large': QuorumTooLarge;
  race: Race;
  'refutable-pattern': RefutablePattern;
  'role-given-twice': RoleGivenTwice;
  'self-communication': SelfCommunication;
  'server-result': ServerResult;
  'shadows-constant': ShadowsConstant;
  'type-is-recursive': TypeIsRecursive;
  'type-mismatch': TypeMismatch;
  'unguarded-recursion': UnguardedRecursion;
  'unknown-name': UnknownName;
  'unknown-role': UnknownRole;
  'unknown-variable': UnknownVariable;
  'unused-import': UnusedImport;
  'unused-role': UnusedRole;
  'unused-variable': UnusedVariable;
  'wrapped-parameter': WrappedParameter;
  'wrong-arguments': WrongArguments;
  'wrong-choreography': WrongChoreography;
}
