// Where a missing send or receive may go in the other process, and what it may say: candidates for fixes, which are tried.
import type { TypeExpr } from '../ir/expression.js';
import type { Action, Process, Receive, ReceiveBranch, Send } from '../ir/process.js';
import { localBlocksOf, walkActions } from '../ir/process.js';
import type { Scope } from '../scoping/scope.js';
import { printExpr } from '../syntax/print.js';
import { writeName } from '../syntax/names.js';
import { insertionAfter, insertionAtEnd, insertionBefore } from './network-edits.js';
import type { End } from './network-ends.js';
import type { Edit, Fix } from './rule.js';

/** Each candidate is tried, which costs a check of the network. */
const mostCandidates = 16;

/** The places for a new statement in the process of an end, likeliest first: where it stands, before and after what it decided, its end, its start. */
function placesFor(end: End, text: string, statement: string): Edit[][] {
  const { process, action, uri } = end;
  if (!process) return [];
  const places: Edit[][] = [];
  if (action) places.push(insertionBefore(uri, text, statement, action));
  // Before the decision that led here, so that it is there whichever way is taken.
  const around = action && process.body.actions.find((a) => a !== action && contains(a, action));
  if (around) places.push(insertionBefore(uri, text, statement, around));
  for (const block of end.blocks) places.push(insertionAtEnd(uri, text, statement, block, process));
  places.push(insertionAtEnd(uri, text, statement, process.body, process));
  if (action) places.push(insertionAfter(uri, text, statement, action));
  const [first] = process.body.actions;
  if (first) places.push(insertionBefore(uri, text, statement, first));
  return places.filter((edits) => edits.length > 0);
}

function contains(outer: Action, inner: Action): boolean {
  return localBlocksOf(outer).some((block) => block.actions.some((a) => a === inner || contains(a, inner)));
}

/** A value of a type to start from; undefined where none is known. */
function sample(type: TypeExpr, scope: Scope, depth = 0): string | undefined {
  if (depth > 4) return undefined;
  if (type.kind === 'tuple') {
    const items = type.items.map((t) => sample(t, scope, depth + 1));
    return items.every((i) => i !== undefined) ? `(${items.join(', ')})` : undefined;
  }
  switch (type.name.text) {
    case 'int': return '0';
    case 'float': return '0.0';
    case 'string': return '""';
    case 'bool': return 'false';
    case 'list': return '[]';
    case 'option': return 'none';
    default:
  }
  const found = scope.lookup(type.name.text)?.declaration;
  if (found?.kind === 'type') return sample(found.type, scope, depth + 1);
  if (found?.kind === 'enum') {
    const plain = found.cases.find((c) => c.fields.length === 0);
    return plain && writeName(plain.name.text);
  }
  if (found?.kind === 'record') {
    const fields = found.fields.map((f) => ({ name: f.name.text, value: sample(f.type, scope, depth + 1) }));
    return fields.every((f) => f.value !== undefined) ? `${writeName(found.name.text)}(${fields.map((f) => `${writeName(f.name)}: ${f.value}`).join(', ')})` : undefined;
  }
  return undefined;
}

/**
 * What a new `send` could say, likeliest first.
 * @param process the process that is to send
 * @param branch what its receiver takes
 * @param designed sends that the choreography has for this process
 */
function payloadsFor(process: Process, branch: ReceiveBranch, designed: readonly Send[], scope: Scope): string[] {
  if (!branch.variable && branch.types.length === 0) return [''];
  const payloads = designed.flatMap((s) => (s.value && s.label?.name.text === branch.label?.text ? [printExpr(s.value)] : []));
  const own = new Set(process.params.map((p) => p.name.text));
  walkActions(process.body.actions, (a) => {
    if (a.kind === 'assignment') own.add(a.variable.text);
    if (a.kind === 'receive') for (const b of a.branches) if (b.variable) own.add(b.variable.text);
  });
  if (branch.variable && own.has(branch.variable.text)) payloads.push(writeName(branch.variable.text));
  const [type] = branch.types;
  const value = type && sample(type, scope);
  if (value !== undefined) payloads.push(value);
  if (!type) payloads.push('""', '0', 'false', ...[...own].map(writeName));
  return [...new Set(payloads)];
}

/** `send e to q: label`. */
function sendText(value: string, receiver: string, label: string | undefined): string {
  return `send ${value ? `${value} ` : ''}to ${writeName(receiver)}${label ? `: ${writeName(label)}` : ''}`;
}

/** `receive x from p: label`. */
function receiveText(variable: string | undefined, sender: string, label: string | undefined): string {
  return `receive ${variable ? `${writeName(variable)} ` : ''}from ${writeName(sender)}${label ? `: ${writeName(label)}` : ''}`;
}

/**
 * Fixes that add the send that a receive waits for.
 * @param designed what the choreography lets the sender send to the receiver; what it says is no guess
 */
export function missingSends(sender: End, receiver: End, receive: Receive, designed: readonly Send[], scope: Scope, text: string): Fix[] {
  const { process } = sender;
  if (!process) return [];
  return receive.branches.flatMap((branch) => payloadsFor(process, branch, designed, scope).slice(0, 4).flatMap((payload) => {
    const statement = sendText(payload, receiver.role, branch.label?.text);
    const preferred = designed.some((s) => s.label?.name.text === branch.label?.text && (s.value ? printExpr(s.value) : '') === payload);
    return placesFor(sender, text, statement).map((edits) => ({ title: `Add \`${statement}\` to ${sender.role}`, edits, preferred }));
  })).slice(0, mostCandidates);
}

/** Fixes that add the receive that a send is missing. */
export function missingReceives(receiver: End, sender: End, send: Send, text: string): Fix[] {
  const label = send.label?.name.text;
  const variables = send.value?.kind === 'name' ? [send.value.name.text, undefined] : [undefined];
  return variables.flatMap((variable) => {
    const statement = receiveText(variable, sender.role, label);
    return placesFor(receiver, text, statement).map((edits) => ({ title: `Add \`${statement}\` to ${receiver.role}`, edits }));
  }).slice(0, mostCandidates);
}
