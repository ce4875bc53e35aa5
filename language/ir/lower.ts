// Trees to the core: every declaration is lowered once, with origins; what works on the core never sees a tree again.
import type * as ast from '../grammar/generated/ast.js';
import { keep } from './shelf.js';
import type { Placed } from '../grammar/tree.js';
import type { Parsed } from '../syntax/declaration.js';
import type { Segment } from '../syntax/parse.js';
import { parse } from '../syntax/parse.js';
import type { Body, Frame } from '../syntax/passages.js';
import { moved } from './passage.js';
import type { Passage, Passages } from './passage.js';
import { walkBlock } from './choreography.js';
import { plainName } from '../syntax/names.js';
import { ordinals } from '../syntax/ordinal.js';
import type { Arg, BinaryOperator, Expr, LiteralExpr, Located, Name, Origin, Param, Pattern, TypeExpr } from './expression.js';
import type { Block, Branch, Choreography, Communication, Decision, Label, Role, Statement } from './choreography.js';
import type { Action, Channels, LocalBlock, LocalIf, Network, Process } from './process.js';
import type { Declaration, ImportDeclaration, SourceFile } from './file.js';

/**
 * Parses and lowers a file.
 * @param uri the file's address, kept as it is
 * @param text its text; any text will do, syntax errors end up in the result
 * @param before what was made of an earlier text of the file, if that is known
 * @returns the file's core. Cost: linear in the declarations that changed, but for comparing the texts and going through the
 * declarations; without `before`, linear in the text, where unchanged declarations are neither parsed nor lowered again
 */
export function lowerFile(uri: string, text: string, before?: SourceFile): SourceFile {
  const imports: ImportDeclaration[] = [];
  const declarations: Declaration[] = [];
  const lost: Name[] = [];
  const syntaxErrors: SourceFile['syntaxErrors'][number][] = [];
  const pieces = before && segmentsOf.get(before);
  const segments = parse(text, before && pieces && { text: before.text, pieces });
  for (const segment of segments) {
    for (const issue of segment.issues) {
      syntaxErrors.push({ message: issue.message, origin: { start: segment.offset + issue.start, end: segment.offset + issue.end } });
    }
    const lowered = lower(segment);
    if (!lowered) {
      const name = nameOfLost(segment);
      if (name) lost.push(name);
    } else if (lowered.kind === 'import') imports.push(lowered.import);
    else declarations.push(lowered.declaration);
  }
  const file = { uri, text, imports, declarations, lost, syntaxErrors };
  segmentsOf.set(file, segments);
  return file;
}

const segmentsOf = new WeakMap<SourceFile, readonly Segment[]>();

/** What each text was lowered to, and for which offset: a declaration that did not change or move stays the same object. */
const known = new WeakMap<object, { readonly offset: number; readonly top: Top | undefined; readonly head: Head | undefined }>();

function lower(segment: Segment): Top | undefined {
  const before = known.get(segment.content);
  if (before?.offset === segment.offset) return before.top;
  let top: Top | undefined;
  let head = before?.head;
  if (segment.body) {
    const { declaration, statements } = placeBody(segment, segment.body);
    top = { kind: 'declaration', declaration };
    known.set(segment.content, { offset: segment.offset, top, head });
    contents.set(declaration, { content: segment.content, words: segment.words, calls: callsIn(segment.body.passages, statements), body: segment.body, offset: segment.offset, statements });
    return top;
  }
  if (head) top = { kind: 'declaration', declaration: place(head, segment) };
  else if (segment.node) {
    top = new Lowering(segment).top(segment.node);
    if (top.kind === 'declaration') {
      head = headOf(top.declaration, segment.offset);
      top = { kind: 'declaration', declaration: place(head, segment, top.declaration) };
    }
  }
  known.set(segment.content, { offset: segment.offset, top, head });
  if (top?.kind === 'declaration') contents.set(top.declaration, { content: segment.content, words: segment.words, calls: head?.calls ?? [] });
  return top;
}

interface Content {
  /** Stands for the text of the declaration: the same object as long as the text is the same, wherever it stands. */
  readonly content: object;
  /** The words in the text, keywords too, each once: all that it can name is among them. */
  readonly words: readonly string[];
  /** What a choreography calls, each once. */
  readonly calls: readonly string[];
  /** Its statements by passages, where it has any, and where its text starts. */
  readonly body?: Body;
  readonly offset?: number;
  /** The statements of a passage, by its index: the same objects as in the body. */
  readonly statements?: (index: number) => readonly Statement[];
}

const contents = new WeakMap<Declaration, Content>();

/** What is known of a declaration wherever it stands. */
export function contentOf(declaration: Declaration): Content {
  return contents.get(declaration) ?? { content: declaration, words: [], calls: [] };
}

/** The word after the keyword of a declaration that could not be parsed. */
function nameOfLost(segment: Segment): Name | undefined {
  const words = segment.tokens.filter((token) => token.kind !== 'comment');
  const index = words[0]?.text === 'extern' && words[1]?.text === 'type' ? 2 : 1;
  const name = words[index];
  if (!name || name.kind !== 'word' || words[0]?.text === 'import') return undefined;
  return { text: plainName(name.text), origin: { start: segment.offset + name.start, end: segment.offset + name.end } };
}

/** What is kept of a declaration, in offsets of its text; the rest is lowered again where it is asked for. */
interface Head {
  readonly kind: Declaration['kind'];
  readonly name: Name;
  readonly origin: Origin;
  readonly doc: string | undefined;
  readonly broken: boolean;
  readonly calls: readonly string[];
}

function headOf(declaration: Declaration, offset: number): Head {
  const { kind, name, origin, doc, broken } = declaration;
  const calls = new Set<string>();
  if (declaration.kind === 'choreography') walkBlock(declaration.body.statements, (statement) => statement.kind === 'call' && calls.add(statement.callee.text));
  return { kind, name: { text: name.text, origin: shifted(name.origin, -offset) }, origin: shifted(origin, -offset), doc, broken, calls: [...calls] };
}

function shifted({ start, end }: Origin, by: number): Origin {
  return { start: start + by, end: end + by };
}

/** The head of a choreography with passages, in offsets of its frame. */
const shells = new WeakMap<Frame, Choreography>();

function shellOf(frame: Frame): Choreography {
  const known = shells.get(frame);
  if (known) return known;
  const top = new Lowering({ offset: 0, documentation: frame.documentation, issues: [], tokens: [] }).top(frame.node);
  if (top.kind === 'import' || top.declaration.kind !== 'choreography') throw new Error('The frame of a choreography is none.');
  shells.set(frame, top.declaration);
  return top.declaration;
}

/** A choreography with passages where it stands. Its body is put together where somebody asks for the whole. */
function placeBody({ offset, text, issues }: Segment, { frame, passages }: Body): { readonly declaration: Choreography; readonly statements: (index: number) => readonly Statement[] } {
  const shell = shellOf(frame);
  const below = offset + passages.end - frame.end;
  const across = ({ start, end }: Origin): Origin => ({ start: start + offset, end: end + below });
  let body: Block | undefined;
  let roles: Choreography['roles'] | undefined;
  /** The passages that were looked into; forgotten together with the whole, so that each statement is one object. */
  const parts = new Map<number, readonly Statement[]>();
  const forget = (): void => {
    parts.clear();
    body = undefined;
  };
  const statements = (index: number): readonly Statement[] => {
    let own = parts.get(index);
    if (!own) {
      if (parts.size === 0) keep(text.length, forget);
      parts.set(index, own = statementsOf(passages.list[index] as Passage, offset + (passages.starts[index] ?? 0)));
    }
    return own;
  };
  const declaration: Choreography = {
    kind: 'choreography', name: moved(shell.name, offset), origin: across(shell.origin), doc: shell.doc, broken: issues.length > 0,
    get roles() { return roles ??= moved(shell.roles, offset); },
    get result() { return moved(shell.result, offset); },
    get body() { return body ??= { statements: passages.list.flatMap((_, i) => statements(i)), origin: across(shell.body.origin) }; },
    get returns() { return moved(shell.returns, below); },
  };
  return { declaration, statements };
}

/** The statements of a passage that starts at an offset of the file. */
function statementsOf(passage: Passage, start: number): readonly Statement[] {
  return passage.at(start, (node, base) => new Lowering({ offset: base, documentation: [], issues: [], tokens: [] }).statements([node]));
}

/** What the passages call, each once. */
function callsIn({ list, words }: Passages, statements: (index: number) => readonly Statement[]): string[] {
  const calls = new Set<string>();
  if (!words.has('do')) return [];
  list.forEach((passage, i) => {
    if (!passage.words.includes('do')) return;
    walkBlock(statements(i), (statement) => statement.kind === 'call' && calls.add(statement.callee.text));
  });
  return [...calls];
}

/** A declaration where it stands. What is below its head is lowered again where it is asked for and was put away (see shelf.ts). */
function place(head: Head, segment: Segment, lowered?: Declaration): Declaration {
  let whole: Declaration | undefined;
  const forget = (): void => { whole = undefined; };
  const hold = (declaration: Declaration): Declaration => {
    keep(segment.text.length, forget);
    return whole = declaration;
  };
  if (lowered) hold(lowered);
  const { broken, doc } = head;
  const common = { name: { text: head.name.text, origin: shifted(head.name.origin, segment.offset) }, origin: shifted(head.origin, segment.offset), doc, broken };
  const full = <K extends Declaration['kind']>(kind: K): Extract<Declaration, { kind: K }> => {
    if (!whole) {
      const top = new Lowering(segment).top(segment.node as ast.Declaration);
      if (top.kind === 'import') throw new Error(`An import was lowered for a ${kind}.`);
      hold(top.declaration);
    }
    return whole as Extract<Declaration, { kind: K }>;
  };
  switch (head.kind) {
    case 'choreography': return {
      kind: 'choreography', ...common,
      get roles() { return full('choreography').roles; }, get result() { return full('choreography').result; },
      get body() { return full('choreography').body; }, get returns() { return full('choreography').returns; },
    };
    case 'network': return {
      kind: 'network', ...common,
      get channels() { return full('network').channels; }, get implements() { return full('network').implements; }, get processes() { return full('network').processes; },
    };
    case 'record': return { kind: 'record', ...common, get fields() { return full('record').fields; } };
    case 'enum': return { kind: 'enum', ...common, get cases() { return full('enum').cases; } };
    case 'type': return { kind: 'type', ...common, get type() { return full('type').type; } };
    case 'function': return {
      kind: 'function', ...common,
      get params() { return full('function').params; }, get result() { return full('function').result; }, get body() { return full('function').body; },
    };
    case 'extern-type': return { kind: 'extern-type', ...common };
    case 'extern-function': return {
      kind: 'extern-function', ...common,
      get params() { return full('extern-function').params; }, get result() { return full('extern-function').result; },
    };
  }
}

type Top = { kind: 'import'; import: ImportDeclaration } | { kind: 'declaration'; declaration: Declaration };

class Lowering {
  private readonly base: number;
  private readonly docs: ReadonlyMap<number, string>;
  private readonly broken: boolean;

  constructor(private readonly segment: Pick<Segment, 'offset' | 'documentation' | 'issues' | 'tokens'>) {
    this.base = segment.offset;
    this.docs = documentation(segment);
    this.broken = segment.issues.length > 0;
  }

  top(node: ast.Declaration | ast.Import): Top {
    if (node.$type === 'Import') {
      const path = { text: node.path, origin: this.pathOrigin() };
      const names = node.names.length > 0 || this.segment.tokens.some((t) => t.text === '{') ? node.names.map((n) => this.name(n)) : undefined;
      return { kind: 'import', import: { names, path, origin: this.origin(node), broken: this.broken } };
    }
    return { kind: 'declaration', declaration: this.declaration(node) };
  }

  private pathOrigin(): Origin {
    const token = this.segment.tokens.find((t) => t.kind === 'string');
    return { start: this.base + (token?.start ?? 0), end: this.base + (token?.end ?? 0) };
  }

  private origin(node: Placed): Origin {
    return { start: this.base + node.$start, end: this.base + node.$end };
  }

  private name(ident: ast.Ident): Name {
    return { text: ident.name, origin: this.origin(ident) };
  }

  private doc(node: Placed): string | undefined {
    return this.docs.get(node.$start);
  }

  private declaration(node: ast.Declaration): Declaration {
    const common = { name: this.name(node.name), origin: this.origin(node), doc: this.doc(node), broken: this.broken };
    switch (node.$type) {
      case 'Choreography': return { kind: 'choreography', ...common, ...this.choreography(node) };
      case 'Network': return { kind: 'network', ...common, ...this.network(node) };
      case 'Record': return { kind: 'record', ...common, fields: node.fields.map((f) => this.param(f)) };
      case 'Enum': return {
        kind: 'enum', ...common,
        cases: node.cases.map((c) => ({ name: this.name(c.name), fields: c.fields.map((f) => this.param(f)), doc: this.doc(c) })),
      };
      case 'TypeAlias': return { kind: 'type', ...common, type: this.type(node.type) };
      case 'LocalFunction': return {
        kind: 'function', ...common, params: node.params.map((p) => this.param(p)),
        result: node.result && this.type(node.result), body: this.expr(node.body),
      };
      case 'ExternType': return { kind: 'extern-type', ...common };
      case 'ExternFunction': return {
        kind: 'extern-function', ...common, params: node.params.map((p) => this.param(p)), result: node.result && this.type(node.result),
      };
    }
  }

  private param(node: ast.Param): Param {
    return { name: this.name(node.name), type: this.type(node.type), doc: this.doc(node) };
  }

  private type(node: ast.Type): TypeExpr {
    if (node.$type === 'NamedType') return { kind: 'named', name: this.name(node.name), args: node.args.map((a) => this.type(a)), origin: this.origin(node) };
    const [first, ...rest] = node.items.map((item) => this.type(item));
    return first && rest.length === 0 ? first : { kind: 'tuple', items: first ? [first, ...rest] : [], origin: this.origin(node) };
  }

  // ---- expressions ----

  private expr(node: ast.Expression): Expr {
    if (node.$type === 'Reference') {
      const name = this.name(node.name);
      return { kind: 'name', name, origin: name.origin };
    }
    const origin = this.origin(node);
    switch (node.$type) {
      case 'IntLiteral': return { kind: 'int', text: node.value, origin };
      case 'FloatLiteral': return { kind: 'float', text: node.value, origin };
      case 'StringLiteral': return { kind: 'string', value: node.value, origin };
      case 'BoolLiteral': return { kind: 'bool', value: node.value === 'true', origin };
      case 'NoneLiteral': return { kind: 'none', origin };
      case 'ListLiteral': return { kind: 'list', items: node.items.map((i) => this.expr(i)), origin };
      case 'Paren': {
        const [first, ...rest] = node.items.map((i) => this.expr(i));
        if (first && rest.length === 0) return { ...first, origin };
        return { kind: 'tuple', items: first ? [first, ...rest] : [], origin };
      }
      case 'Call': {
        const callee = node.callee as ast.Reference;
        return { kind: 'call', callee: this.name(callee.name), args: node.args.map((a) => this.arg(a)), origin };
      }
      case 'Field': return { kind: 'field', receiver: this.expr(node.receiver), name: this.name(node.name), origin };
      case 'Index': return { kind: 'index', receiver: this.expr(node.receiver), index: this.expr(node.index), origin };
      case 'Update': return {
        kind: 'update', receiver: this.expr(node.receiver),
        fields: node.fields.map((f) => ({ name: this.name(f.name), value: this.expr(f.value) })), origin,
      };
      case 'Unary': return { kind: 'unary', operator: node.operator, operand: this.expr(node.operand), origin };
      case 'Arithmetic':
      case 'Binary': {
        // The nodes of one chain of operators share a CST node: the origin is that of the operands.
        const left = this.expr(node.left);
        const right = this.expr(node.right);
        return { kind: 'binary', operator: node.operator as BinaryOperator, left, right, origin: { start: left.origin.start, end: right.origin.end } };
      }
      case 'Lambda': return { kind: 'lambda', params: node.params.map((p) => this.name(p)), body: this.expr(node.body), origin };
      case 'IfExpression': return { kind: 'if', condition: this.expr(node.condition), then: this.expr(node.then), else: this.expr(node.else), origin };
      case 'MatchExpression': return {
        kind: 'match', value: this.expr(node.value),
        arms: node.arms.map((arm) => ({ pattern: this.pattern(arm.pattern), body: this.expr(arm.body) })),
        else: node.else && this.expr(node.else), origin,
      };
    }
  }

  private arg(node: ast.Argument): Arg {
    return { name: node.name && this.name(node.name), value: this.expr(node.value) };
  }

  private pattern(node: ast.Pattern): Pattern {
    const origin = this.origin(node);
    switch (node.$type) {
      case 'LiteralPattern': {
        const value = this.expr(node.literal);
        if (value.kind === 'none') return { kind: 'none', origin };
        return { kind: 'literal', value: value as LiteralExpr, negative: node.negative, origin };
      }
      case 'TuplePattern': {
        const [first, ...rest] = node.items.map((i) => this.pattern(i));
        return first && rest.length === 0 ? first : { kind: 'tuple', items: first ? [first, ...rest] : [], origin };
      }
      case 'ConstructorPattern': return {
        kind: 'constructor', name: this.name(node.name), args: node.args.length > 0 ? node.args.map((a) => this.pattern(a)) : undefined, origin,
      };
    }
  }

  // ---- choreographies ----

  private choreography(node: ast.Choreography): Pick<Choreography, 'roles' | 'result' | 'body' | 'returns'> {
    return {
      roles: node.roles.map((role): Role => ({
        name: this.name(role.name), params: role.params.map((p) => this.param(p)), origin: this.origin(role), doc: this.doc(role),
      })),
      result: node.resultType && node.resultRole && { type: this.type(node.resultType), role: this.name(node.resultRole) },
      body: { statements: this.statements(node.body.statements), origin: this.origin(node.body) },
      returns: node.body.return && this.located(node.body.return.value),
    };
  }

  private located(node: ast.Located): Located {
    return { role: this.name(node.role), value: this.expr(node.value), origin: this.origin(node) };
  }

  private block(node: ast.Block): Block {
    return { statements: this.statements(node.statements), origin: this.origin(node) };
  }

  statements(nodes: readonly ast.Statement[]): Statement[] {
    return nodes.flatMap((node) => {
      if (node.$type === 'BareBlock') return this.statements(node.block.statements);
      // Blocks without their heads, in a broken text: what they hold is kept.
      const lost = node.$type === 'Match' ? node.broken.flatMap((block) => this.statements(block.statements)) : [];
      return [this.statement(node), ...lost];
    });
  }

  private statement(node: Exclude<ast.Statement, ast.BareBlock>): Statement {
    const origin = this.origin(node);
    switch (node.$type) {
      case 'Communication': {
        const sender = node.sender as ast.LocalStep;
        return {
          kind: 'communication', sender: this.name(sender.role), value: sender.value && this.expr(sender.value),
          receivers: node.receivers.map((r) => ({ role: this.name(r.role), variable: r.variable && this.name(r.variable), origin: this.origin(r) })),
          label: this.label(node.label), origin,
        };
      }
      case 'Assignment': {
        const target = node.target as ast.LocalStep;
        const role = this.name(target.role);
        const variable = this.variable(target.value, role.origin);
        if (node.call) return { ...this.call(node.call), target: { role, variable }, origin };
        return { kind: 'assignment', role, variable, value: this.expr(node.value as ast.Expression), origin };
      }
      case 'LocalStep': return { kind: 'effect', role: this.name(node.role), value: node.value ? this.expr(node.value) : { kind: 'tuple', items: [], origin }, origin };
      case 'Do': return { ...this.call(node), origin };
      case 'If': return this.ifStatement(node, origin);
      case 'Match': return this.matchStatement(node, origin);
      case 'Choice': return this.choiceStatement(node, origin);
      case 'While': {
        const guards = node.guards.map((g) => this.located(g));
        const tells = (node.tells?.roles ?? []).map((r) => this.name(r));
        const decider = (guards[0] as Located).role;
        const body = this.block(node.body);
        return {
          kind: 'while', guards, tells, body: { ...body, statements: [...implied(decider, tells, 'again'), ...body.statements] },
          exit: implied(decider, tells, 'done'), head: { start: origin.start, end: body.origin.start }, origin,
        };
      }
      case 'Rec': return { kind: 'rec', name: this.name(node.name), body: this.block(node.body), origin };
      case 'Continue': return { kind: 'continue', name: this.name(node.name), origin };
    }
  }

  /** The variable on the left of `=`; anything else there was reported as a syntax error (see syntax/parse.ts). */
  private variable(value: ast.Expression | undefined, fallback: Origin): Name {
    return value?.$type === 'Reference' ? this.name(value.name) : { text: '_', origin: value ? this.origin(value) : fallback };
  }

  /** `_` is the label that a message has without one; only where its types are written, something is left of it. */
  private label(node: ast.Label | undefined): Label | undefined {
    if (!node || (node.name.name === '_' && node.types.length === 0)) return undefined;
    return { name: node.name.name === '_' ? { text: '', origin: this.origin(node) } : this.name(node.name), types: node.types.map((t) => this.type(t)), origin: this.origin(node) };
  }

  private call(node: ast.Do): Extract<Statement, { kind: 'call' }> {
    return {
      kind: 'call', callee: this.name(node.callee),
      args: node.args.map((a) => ({ role: this.name(a.role), inputs: a.inputs.map((i) => this.expr(i)), origin: this.origin(a) })),
      origin: this.origin(node),
    };
  }

  private decision(
    form: Decision['form'], guards: Located[], decider: Name, tells: Name[], branches: Branch[], origin: Origin, headEnd: number,
  ): Decision {
    return {
      kind: 'decision', form, guards, decider, tells, head: { start: origin.start, end: headEnd }, origin,
      branches: branches.map((b) => ({ ...b, body: { ...b.body, statements: [...implied(decider, tells, b.label), ...b.body.statements] } })),
    };
  }

  private ifStatement(node: ast.If, origin: Origin): Decision {
    const guards = node.guards.map((g) => this.located(g));
    const then = this.block(node.then);
    const branches: Branch[] = [{ label: 'yes', body: then, origin: then.origin }];
    if (node.else) {
      const body = this.block(node.else);
      branches.push({ label: 'no', body, origin: body.origin });
    } else if (node.elseIf) {
      const inner = this.ifStatement(node.elseIf, this.origin(node.elseIf));
      branches.push({ label: 'no', body: { statements: [inner], origin: inner.origin }, origin: inner.origin });
    } else branches.push(absentBranch('no', then.origin.end));
    const tells = (node.tells?.roles ?? []).map((r) => this.name(r));
    return this.decision('if', guards, (guards[0] as Located).role, tells, branches, origin, then.origin.start);
  }

  private matchStatement(node: ast.Match, origin: Origin): Decision {
    const guards = node.guards.map((g) => this.located(g));
    const patterns = node.cases.map((c) => this.pattern(c.pattern));
    const labels = branchLabels(patterns);
    const branches = node.cases.map((c, i): Branch => ({
      label: labels[i] as string, pattern: patterns[i], body: this.block(c.body), origin: this.origin(c),
    }));
    if (node.else) {
      const body = this.block(node.else);
      branches.push({ label: 'otherwise', body, origin: body.origin });
    }
    const tells = (node.tells?.roles ?? []).map((r) => this.name(r));
    const last = tells.at(-1)?.origin.end ?? (guards.at(-1) as Located).origin.end;
    return this.decision('match', guards, (guards[0] as Located).role, tells, branches, origin, last);
  }

  private choiceStatement(node: ast.Choice, origin: Origin): Decision {
    const branches = node.branches.map((b, i): Branch => {
      const body = this.block(b);
      return { label: ordinals[i] ?? `option${i + 1}`, body, origin: body.origin };
    });
    const tells = (node.tells?.roles ?? []).map((r) => this.name(r));
    return this.decision('choice', [], this.name(node.role), tells, branches, origin, (branches[0] as Branch).origin.start);
  }

  // ---- networks ----

  private network(node: ast.Network): Pick<Network, 'channels' | 'implements' | 'processes'> {
    const channels: Channels = node.channels?.kind === 'sync' ? { kind: 'sync' }
      : node.channels?.kind === 'buffer' ? { kind: 'buffer', size: Number(node.channels.size) } : { kind: 'fifo' };
    return { channels, implements: node.choreography && this.name(node.choreography), processes: node.processes.map((p) => this.process(p)) };
  }

  private process(node: ast.Process): Process {
    return {
      name: this.name(node.name), params: node.params.map((p) => this.param(p)), result: node.resultType && this.type(node.resultType),
      body: { actions: this.actions(node.body.statements), origin: this.origin(node.body) },
      returns: node.body.return && this.expr(node.body.return), origin: this.origin(node), doc: this.doc(node),
    };
  }

  private localBlock(node: ast.ProcessBlock): LocalBlock {
    return { actions: this.actions(node.statements), origin: this.origin(node) };
  }

  private actions(nodes: readonly ast.Action[]): Action[] {
    return nodes.flatMap((node) => {
      if (node.$type === 'LocalBareBlock') return this.actions(node.block.statements);
      const lost = node.$type === 'LocalMatch' || node.$type === 'Receive' ? node.broken.flatMap((block) => this.actions(block.statements)) : [];
      return [this.action(node), ...lost];
    });
  }

  private action(node: Exclude<ast.Action, ast.LocalBareBlock>): Action {
    const origins = [this.origin(node)];
    switch (node.$type) {
      case 'Send': return {
        kind: 'send', value: node.value && this.expr(node.value), receiver: this.name(node.receiver), label: this.label(node.label), origins,
      };
      case 'Receive': return this.receive(node, origins);
      case 'LocalEffect': return { kind: 'effect', value: this.expr(node.value), origins };
      case 'LocalAssignment': {
        const variable = this.variable((node.target as ast.LocalEffect).value, this.origin(node));
        if (!node.call) return { kind: 'assignment', variable, value: this.expr(node.value as ast.Expression), origins };
        const { callee, args } = this.call(node.call);
        return { kind: 'call', callee, args, target: variable, origins };
      }
      case 'Do': {
        const { callee, args } = this.call(node);
        return { kind: 'call', callee, args, origins };
      }
      case 'LocalIf': return this.localIf(node);
      case 'LocalMatch': return {
        kind: 'match', value: this.expr(node.value), cases: node.cases.map((c) => ({ pattern: this.pattern(c.pattern), body: this.localBlock(c.body) })),
        else: node.else && this.localBlock(node.else), origins,
      };
      case 'LocalChoice': return { kind: 'choice', branches: node.branches.map((b) => this.localBlock(b)), origins };
      case 'LocalWhile': return { kind: 'while', condition: this.expr(node.condition), body: this.localBlock(node.body), origins };
      case 'LocalRec': return { kind: 'rec', name: this.name(node.name), body: this.localBlock(node.body), origins };
      case 'Continue': return { kind: 'continue', name: this.name(node.name), origins };
    }
  }

  private localIf(node: ast.LocalIf): LocalIf {
    const then = this.localBlock(node.then);
    const empty = { start: then.origin.end, end: then.origin.end };
    let orElse: LocalBlock = { actions: [], origin: empty };
    if (node.else) orElse = this.localBlock(node.else);
    else if (node.elseIf) orElse = { actions: [this.localIf(node.elseIf)], origin: this.origin(node.elseIf) };
    return { kind: 'if', condition: this.expr(node.condition), then, else: orElse, origins: [this.origin(node)] };
  }

  private receive(node: ast.Receive, origins: Origin[]): Action {
    const sender = this.name(node.sender);
    if (!node.brace) {
      const label = this.label(node.label);
      const types = node.variable?.type ? [this.type(node.variable.type)] : label?.types ?? [];
      const [origin] = origins as [Origin];
      const empty: LocalBlock = { actions: [], origin: { start: origin.end, end: origin.end } };
      const branch = { label: label?.name.text === '' ? undefined : label?.name, variable: node.variable && this.name(node.variable.name), types, body: empty, origins };
      return { kind: 'receive', form: 'single', sender, branches: [branch], origins };
    }
    const branches = node.branches.map((b) => {
      const binder = b.binders.length === 1 ? b.binders[0]?.name : undefined;
      return {
        label: b.label.name === '_' ? undefined : this.name(b.label), variable: binder && binder.name !== '_' ? this.name(binder) : undefined,
        types: b.binders.flatMap((x) => (x.type ? [this.type(x.type)] : [])), body: this.localBlock(b.body), origins: [this.origin(b)],
      };
    });
    return { kind: 'receive', form: 'branching', sender, branches, origins };
  }
}

/** The selections that an arrow list stands for. */
function implied(decider: Name, tells: readonly Name[], label: string): Communication[] {
  return tells.map((role) => ({
    kind: 'communication', sender: decider, receivers: [{ role, origin: role.origin }],
    label: { name: { text: label, origin: role.origin }, types: [], origin: role.origin }, implied: true, origin: role.origin,
  }));
}

function absentBranch(label: string, at: number): Branch {
  const origin = { start: at, end: at };
  return { label, body: { statements: [], origin }, absent: true, origin };
}

/** A label for each case of a `match`: the constructor's name, or `case1`, `case2` … for literals and tuples; made unique. */
function branchLabels(patterns: readonly Pattern[]): string[] {
  const used = new Set<string>(['otherwise']);
  return patterns.map((pattern, index) => {
    let label = `case${index + 1}`;
    if (pattern.kind === 'none') label = 'nothing';
    if (pattern.kind === 'constructor' && pattern.name.text !== '_') label = pattern.name.text;
    if (pattern.kind === 'literal' && pattern.value.kind === 'bool') label = pattern.value.value ? 'yes' : 'no';
    while (used.has(label)) label = `${label}${index + 1}`;
    used.add(label);
    return label;
  });
}

/** The text of each documentation comment, by the offset (in the segment) of what it stands before. */
function documentation(segment: Pick<Parsed, 'documentation'>): ReadonlyMap<number, string> {
  return new Map(segment.documentation.map(({ text, before }) =>
    [before, text.slice(3, -2).split('\n').map((line) => line.replace(/^\s*\* ?/, '').trimEnd()).join('\n').trim()]));
}
