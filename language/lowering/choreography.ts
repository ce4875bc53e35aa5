// Trees of choreographies to the core. Arrow lists become selections at the head of branches: nobody else knows of
// them.
import type * as ast from '../grammar/generated/ast.js';
import { ordinals } from '../syntax/ordinal.js';
import type {
  Block,
  Branch,
  Choreography,
  Communication,
  Decision,
  Label,
  Parameter,
  Receiver,
  Role,
  Signature,
  Statement,
} from '../ir/choreography.js';
import type { Expr, Name, TextRange, Pattern } from '../ir/expression.js';
import { ExpressionLowering } from './expression.js';
import type { Located, RoleRef } from '../ir/role.js';
import { variableOfTarget, variableTarget } from '../ir/target.js';
import { namedFields, sendingCase } from './sent.js';

export class ChoreographyLowering extends ExpressionLowering {
  /** The loops around whose rounds go on at the same time. */
  private readonly rounds: { readonly index: Name; readonly family?: string }[] = [];

  choreography(node: ast.Choreography): Pick<Choreography, 'roles' | 'parameters' | 'results' | 'body' | 'returns'> {
    return {
      ...this.signature(node),
      body: { statements: this.statements(node.body.statements), origin: this.origin(node.body) },
      returns: (node.body.return?.values ?? []).map((each) => this.located(each)),
    };
  }

  private signature(node: ast.Choreography | ast.Signature): Signature {
    const { roles, results } = node;
    const families = this.families(roles);
    return {
      roles: roles
        .filter(({ type, signature }) => !type && !signature)
        .map((role): Role => ({
          name: this.name(role.name),
          family: role.family && families.get(role.family),
          ...(role.server ? { server: true } : {}),
          params: role.params.map((p) => this.param(p)),
          origin: this.origin(role),
          doc: this.doc(role),
        })),
      parameters: roles.flatMap((each): Parameter[] => {
        const common = { name: this.name(each.name), origin: this.origin(each), doc: this.doc(each) };
        if (each.type) return [{ kind: 'value', ...common, type: this.type(each.type) }];
        return each.signature ? [{ kind: 'choreography', ...common, ...this.signature(each.signature) }] : [];
      }),
      results: results.map(({ type, role }) => ({ type: this.type(type), role: this.role(role) })),
    };
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
        const [to] = node.receivers;
        const label = this.carried(
          this.label(node.label),
          [sender, ...node.senders].map((each) => this.role(each.role)),
          node.receivers.map((each) => this.role(each.role)),
          origin,
        );
        if (to && (node.senders.length > 0 || node.quorum)) {
          return {
            kind: 'gather',
            senders: [sender, ...node.senders].map((each) => ({
              role: this.role(each.role),
              origin: this.origin(each),
              ...(each.value ? { value: this.expr(each.value) } : {}),
            })),
            receiver: this.receiver(to),
            quorum: node.quorum && this.quorum(node.quorum),
            label,
            origin,
          };
        }
        return {
          kind: 'communication',
          sender: this.role(sender.role),
          value: sender.value && this.expr(sender.value),
          receivers: node.receivers.map((receiver) => this.receiver(receiver)),
          label,
          origin,
        };
      }
      case 'Assignment': {
        const target = node.target as ast.LocalStep;
        const role = this.role(target.role);
        const into = this.target(target.value, role.origin);
        if (!node.call)
          return { kind: 'assignment', role, into, value: this.expr(node.value as ast.Expression), origin };
        const others = node.others.map((other) => {
          const at = this.role(other.role);
          return {
            role: at,
            into: other.into ? this.into(other.into, other.place) : variableTarget({ text: '_', origin: at.origin }),
            origin: this.origin(other),
          };
        });
        return { ...this.call(node.call), takers: [{ role, into, origin: this.origin(target) }, ...others], origin };
      }
      case 'LocalStep':
        return {
          kind: 'effect',
          role: this.role(node.role),
          value: node.value ? this.expr(node.value) : { kind: 'tuple', items: [], origin },
          origin,
        };
      case 'Do':
        return { ...this.call(node), origin };
      case 'If':
        return this.ifStatement(node, origin);
      case 'Match':
        return this.matchStatement(node, origin);
      case 'Choice':
        return this.choiceStatement(node, origin);
      case 'While': {
        const guards = node.guards.map((g) => this.located(g));
        const informs = (node.tells?.roles ?? []).map((r) => this.role(r.role));
        const decider = (guards[0] as Located).role;
        const body = this.block(node.body);
        return {
          kind: 'while',
          guards,
          informs,
          body: { ...body, statements: [...this.implied(decider, informs, 'again'), ...body.statements] },
          exit: this.implied(decider, informs, 'done'),
          head: { start: origin.start, end: body.origin.start },
          origin,
        };
      }
      case 'Pick':
        return this.pick(node, origin);
      case 'Rec':
        return { kind: 'rec', name: this.name(node.name), body: this.block(node.body), origin };
      case 'For': {
        const range = this.range(node);
        if (node.parallel)
          this.rounds.push({
            index: this.name(node.index),
            ...(range.kind === 'members' ? { family: range.of.name.text } : {}),
          });
        const body = this.block(node.body);
        if (node.parallel) this.rounds.pop();
        return {
          kind: 'for',
          ...(node.parallel ? { parallel: true } : {}),
          index: this.name(node.index),
          range,
          body,
          head: { start: origin.start, end: body.origin.start },
          origin,
        };
      }
      case 'Par':
        return { kind: 'par', branches: node.branches.map((branch) => this.block(branch)), origin };
      case 'At': {
        const role = this.role(node.role);
        return { kind: 'at', role, body: this.stepsAt(node.body, role), origin };
      }
      case 'Leave':
        return { kind: 'leave', name: this.name(node.name), origin };
      case 'Continue':
        return { kind: 'continue', name: this.name(node.name), origin };
    }
  }

  /**
   * What one role does alone, in the words of processes, as statements. What can't stand there was reported as a syntax
   * error, and is left out.
   */
  private stepsAt(node: ast.ProcessBlock, role: RoleRef): Block {
    return { statements: node.statements.flatMap((action) => this.stepAt(action, role)), origin: this.origin(node) };
  }

  private stepAt(node: ast.Action, role: RoleRef): Statement[] {
    const origin = this.origin(node);
    const guard = (value: ast.Expression): Located => ({ role, value: this.expr(value), origin: this.origin(value) });
    switch (node.$type) {
      case 'LocalAssignment':
        return node.value
          ? [
              {
                kind: 'assignment',
                role,
                into: this.target((node.target as ast.LocalEffect).value, origin),
                value: this.expr(node.value),
                origin,
              },
            ]
          : [];
      case 'LocalEffect':
        return [{ kind: 'effect', role, value: this.expr(node.value), origin }];
      case 'LocalIf':
        return [this.ifAt(node, role, guard)];
      case 'LocalMatch': {
        const decider = guard(node.value);
        return [
          this.matchOf(
            [decider],
            [],
            node.cases.map((each) => ({
              pattern: this.pattern(each.pattern),
              body: this.stepsAt(each.body, role),
              origin: this.origin(each),
            })),
            node.else && this.stepsAt(node.else, role),
            origin,
          ),
        ];
      }
      case 'LocalBareBlock':
        return this.stepsAt(node.block, role).statements as Statement[];
      case 'Send':
      case 'Receive':
      case 'Do':
      case 'LocalChoice':
      case 'LocalWhile':
      case 'LocalRec':
      case 'LocalFor':
      case 'LocalPar':
      case 'LocalAt':
      case 'LocalPick':
      case 'LocalWhen':
      case 'Continue':
      case 'Leave':
        return [];
    }
  }

  private ifAt(node: ast.LocalIf, role: RoleRef, guard: (value: ast.Expression) => Located): Decision {
    const then = this.stepsAt(node.then, role);
    const inner = node.elseIf && this.ifAt(node.elseIf, role, guard);
    const body = node.else ? this.stepsAt(node.else, role) : inner && { statements: [inner], origin: inner.origin };
    const branches: Branch[] = [
      { label: 'yes', body: then, origin: then.origin },
      body ? { label: 'no', body, origin: body.origin } : absentBranch('no', then.origin.end),
    ];
    return this.decision('if', [guard(node.condition)], role, [], branches, this.origin(node), then.origin.start);
  }

  /**
   * A label with the numbers of the rounds around that go on at the same time: of those by whose member the message
   * can't be told from that of another round, as it is neither from that member to others nor the other way round.
   */
  private carried(
    label: Label | undefined,
    senders: readonly RoleRef[],
    receivers: readonly RoleRef[],
    origin: TextRange,
  ): Label | undefined {
    const rounds = this.rounds
      .filter(({ index, family }) => {
        if (family === undefined) return true;
        const isOwn = ({ name, index: at }: RoleRef): boolean =>
          name.text === family && at?.kind === 'member' && at.at.kind === 'name' && at.at.name.text === index.text;
        const isOther = ({ name }: RoleRef): boolean => name.text !== family;
        return !(
          (senders.every(isOwn) && receivers.every(isOther)) ||
          (senders.every(isOther) && receivers.every(isOwn))
        );
      })
      .map(({ index }): Expr => ({ kind: 'name', name: index, origin: index.origin }));
    if (rounds.length === 0) return label;
    const made = label ?? {
      name: { text: '', origin: { start: origin.end, end: origin.end } },
      types: [],
      origin: { start: origin.end, end: origin.end },
    };
    return { ...made, name: { ...made.name, rounds: [...(made.name.rounds ?? []), ...rounds] } };
  }

  /**
   * The selections that an arrow list stands for.
   * @param picked the number that they carry
   */
  private implied(decider: RoleRef, informs: readonly RoleRef[], text: string, picked?: Name): Communication[] {
    const rounds = picked && [{ kind: 'name', name: picked, origin: picked.origin } as const];
    return informs.map((role) => ({
      kind: 'communication',
      sender: decider,
      receivers: [{ role, origin: role.origin }],
      label: this.carried(
        { name: { text, origin: role.origin, ...(rounds ? { rounds } : {}) }, types: [], origin: role.origin },
        [decider],
        [role],
        role.origin,
      ),
      implied: true,
      origin: role.origin,
    }));
  }

  private receiver(node: ast.Receiver): Receiver {
    return {
      role: this.role(node.role),
      into: node.into && this.into(node.into, node.place),
      origin: this.origin(node),
    };
  }

  private located(node: ast.Located): Located {
    return { role: this.role(node.role), value: this.expr(node.value), origin: this.origin(node) };
  }

  private decision(
    form: Decision['form'],
    guards: Located[],
    decider: RoleRef,
    told: Receiver[],
    branches: Branch[],
    origin: TextRange,
    headEnd: number,
  ): Decision {
    const sent = told.filter(({ into }) => into);
    const heads = ({ label, pattern }: Branch): Statement[] =>
      told.flatMap((to): Statement[] =>
        to.into
          ? sendingCase(decider, to, pattern, label).map((each) =>
              each.kind === 'communication'
                ? { ...each, label: this.carried(each.label, [decider], [to.role], each.origin) }
                : each,
            )
          : this.implied(decider, [to.role], label),
      );
    return {
      kind: 'decision',
      form,
      guards,
      decider,
      informs: told.map(({ role, origin: place }) => ({ ...role, origin: place })),
      ...(sent.length > 0 ? { sent } : {}),
      head: { start: origin.start, end: headEnd },
      origin,
      branches: branches.map((b) => ({ ...b, body: { ...b.body, statements: [...heads(b), ...b.body.statements] } })),
    };
  }

  /** Who is told by an arrow list. */
  private told(node: ast.Tells | undefined): Receiver[] {
    return (node?.roles ?? []).map((told) => ({
      role: this.role(told.role),
      origin: this.origin(told),
      ...(told.into ? { into: variableTarget(this.name(told.into)) } : {}),
    }));
  }

  private pick(node: ast.Pick, origin: TextRange): Decision {
    const guard = this.located(node.guard);
    const informs = this.told(node.tells).map(({ role, origin: place }) => ({ ...role, origin: place }));
    const { pick, body } = this.picked(node, (found) => ({ pick: found, body: this.block(node.body) }));
    const heads = this.implied(guard.role, informs, 'picked', pick.index);
    return {
      kind: 'decision',
      form: 'pick',
      guards: [guard],
      decider: guard.role,
      informs,
      pick,
      head: { start: origin.start, end: body.origin.start },
      origin,
      branches: [
        { label: 'picked', body: { ...body, statements: [...heads, ...body.statements] }, origin: body.origin },
      ],
    };
  }

  private ifStatement(node: ast.If, origin: TextRange): Decision {
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
    return this.decision(
      'if',
      guards,
      (guards[0] as Located).role,
      this.told(node.tells),
      branches,
      origin,
      then.origin.start,
    );
  }

  private matchStatement(node: ast.Match, origin: TextRange): Decision {
    const guards = node.guards.map((g) => this.located(g));
    const told = this.told(node.tells);
    const variables = told.flatMap(({ into }) => variableOfTarget(into) ?? []);
    const base = variables.find(({ text }) => text !== '_')?.text ?? 'part';
    let names: ReadonlySet<string> | undefined;
    const isTaken = (name: string): boolean => (names ??= namesInTree(node)).has(name);
    const cases = node.cases.map((c) => {
      const pattern = this.pattern(c.pattern);
      return {
        pattern: variables.length > 0 ? namedFields(pattern, base, isTaken) : pattern,
        body: this.block(c.body),
        origin: this.origin(c),
      };
    });
    return this.matchOf(guards, told, cases, node.else && this.block(node.else), origin);
  }

  private matchOf(
    guards: Located[],
    told: Receiver[],
    cases: readonly { readonly pattern: Pattern; readonly body: Block; readonly origin: TextRange }[],
    otherwise: Block | undefined,
    origin: TextRange,
  ): Decision {
    const labels = branchLabels(cases.map(({ pattern }) => pattern));
    const branches = cases.map((each, i): Branch => ({ label: labels[i] as string, ...each }));
    if (otherwise) branches.push({ label: 'otherwise', body: otherwise, origin: otherwise.origin });
    const last = told.at(-1)?.origin.end ?? (guards.at(-1) as Located).origin.end;
    return this.decision('match', guards, (guards[0] as Located).role, told, branches, origin, last);
  }

  private choiceStatement(node: ast.Choice, origin: TextRange): Decision {
    const branches = node.branches.map((b, i): Branch => {
      const body = this.block(b);
      return { label: ordinals[i] ?? `option${i + 1}`, body, origin: body.origin };
    });
    return this.decision(
      'choice',
      [],
      this.role(node.role),
      this.told(node.tells),
      branches,
      origin,
      (branches[0] as Branch).origin.start,
    );
  }
}

function absentBranch(label: string, at: number): Branch {
  const origin = { start: at, end: at };
  return { label, body: { statements: [], origin }, absent: true, origin };
}

/** All names in a tree, whatever they name. Cost: linear in it */
function namesInTree(tree: object): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(visit);
    else if (typeof part === 'object' && part !== null) {
      const { $type, name } = part as { readonly $type?: unknown; readonly name?: unknown };
      if ($type === 'Ident' && typeof name === 'string') names.add(name);
      for (const [key, value] of Object.entries(part)) if (!key.startsWith('$')) visit(value);
    }
  };
  visit(tree);
  return names;
}

/**
 * A label for each case of a `match`: the constructor's name, or `case1`, `case2` … for literals and tuples; made
 * unique.
 */
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
