// A process as text, with the way back: which part of the text comes from which part of the choreography.
import type { Expr, Name, Pattern, TextRange, TypeExpr } from '../ir/expression.js';
import type {
  Action,
  LocalBlock,
  LocalGather,
  Members,
  Network,
  Process,
  Receive,
  ReceiveBranch,
} from '../ir/process.js';
import type { Label } from '../ir/choreography.js';
import { readableName } from '../parameters/closure.js';
import { writeName } from '../syntax/names.js';
import {
  printExpr,
  printFamily,
  printLabel,
  printParams,
  printPattern,
  printPayload,
  printMany,
  printPicked,
  printRange,
  printRole,
  printType,
} from '../syntax/print.js';
import type { RoleRef } from '../ir/role.js';
import { namesOfTarget } from '../ir/target.js';
import type { Target } from '../ir/target.js';

export interface SourceLink {
  readonly local: TextRange;
  readonly source: TextRange;
}

export interface PrintedProcess {
  readonly text: string;
  /** Ranges of `text` with the ranges of the source that they come from; outer ones before inner ones. */
  readonly map: readonly SourceLink[];
  readonly holes: readonly { readonly local: TextRange; readonly code: string; readonly message: string }[];
}

/** Prints a process in `.chor` syntax, laid out as the formatter would, with a line break at the end. */
export function printProcess(process: Process): PrintedProcess {
  const printer = new Printer();
  printer.process(process);
  return printer.printed();
}

/** Prints one action of a process, with a line break at the end. */
export function printAction(action: Action): string {
  const printer = new Printer();
  printer.action(action);
  return printer.printed().text;
}

/**
 * Prints a whole network.
 * @param name the name to give it, and `implemented` the choreography that it is to implement, if any
 */
export function printNetwork(network: Network, name: string, implemented?: string): PrintedProcess {
  const printer = new Printer();
  printer.line(() => {
    printer.write('network ');
    printer.linked(network.name.origin, () => printer.write(writeName(name)));
    const given = [
      ...network.families.map((each) => writeName(each.name.text) + printFamily(each.family)),
      ...network.values.map(({ name: own, type }) => `${writeName(own.text)}: ${printType(type)}`),
    ];
    if (implemented === undefined && given.length > 0) printer.write(`(${given.join(', ')})`);
    if (implemented !== undefined) printer.write(` implements ${writeName(implemented)}`);
    if (network.channels.kind === 'sync') printer.write(' sync');
    if (network.channels.kind === 'buffer') printer.write(` buffer ${network.channels.size}`);
    printer.write(network.processes.length > 0 ? ' {' : ' {}');
  });
  if (network.processes.length > 0) {
    printer.indented(() =>
      network.processes.forEach((process, i) => {
        if (i > 0) printer.blank();
        printer.process(process);
      }),
    );
    printer.line(() => printer.write('}'));
  }
  return printer.printed();
}

class Printer {
  private readonly parts: string[] = [];
  private length = 0;
  private indent = '';
  private readonly map: { local: { start: number; end: number }; source: TextRange }[] = [];
  private readonly holes: { local: TextRange; code: string; message: string }[] = [];

  printed(): PrintedProcess {
    return { text: this.parts.join(''), map: this.map, holes: this.holes };
  }

  write(text: string): void {
    this.parts.push(text);
    this.length += text.length;
  }

  line(content: () => void): void {
    this.write(this.indent);
    content();
    this.write('\n');
  }

  blank(): void {
    this.write('\n');
  }

  indented(content: () => void): void {
    const before = this.indent;
    this.indent += '  ';
    content();
    this.indent = before;
  }

  /** What is written meanwhile comes from these places, the first of them the one to show. */
  linked(sources: TextRange | readonly TextRange[], content: () => void): void {
    // What is made stands nowhere.
    const links = (Array.isArray(sources) ? (sources as readonly TextRange[]) : [sources as TextRange])
      .filter(({ start }) => start >= 0)
      .map((source) => ({ local: { start: this.length, end: this.length }, source }));
    this.map.push(...links);
    content();
    for (const link of links) link.local.end = this.length;
  }

  process(process: Process): void {
    this.write(this.indent);
    this.linked(process.origin, () => {
      this.write(process.server ? 'server process ' : 'process ');
      this.name(process.name);
      this.members(process.members);
      if (process.params.length > 0) this.write(`(${printParams(process.params)})`);
      if (process.result) this.write(`: ${printType(process.result)}`);
      this.write(' ');
      const { returns } = process;
      if (!returns) this.block(process.body);
      else {
        this.open();
        this.indented(() => {
          process.body.actions.forEach((action) => this.action(action));
          this.line(() => {
            this.write('return ');
            this.expr(returns);
          });
        });
        this.close();
      }
    });
    this.write('\n');
  }

  private open(): void {
    this.write('{\n');
  }

  private close(): void {
    this.write(`${this.indent}}`);
  }

  private block(block: LocalBlock): void {
    if (block.actions.length === 0) {
      this.write('{}');
      return;
    }
    this.open();
    this.indented(() => block.actions.forEach((action) => this.action(action)));
    this.close();
  }

  private name(name: Name): void {
    this.linked(name.origin, () => this.write(writeName(name.text)));
  }

  /** Which members of a family a process is. */
  private members(members: Members | undefined): void {
    if (!members) return;
    this.write('[');
    if (members.kind === 'one') this.expr(members.at);
    else {
      this.name(members.index);
      if (members.kind === 'part') this.write(` in ${printExpr(members.from)} until ${printExpr(members.until)}`);
    }
    this.write(']');
  }

  /** What takes a value. */
  private target(target: Target): void {
    if (target.kind === 'pattern') return this.pattern(target.pattern);
    this.name(target.name);
    if (!target.place) return;
    this.write('[');
    this.expr(target.place);
    this.write(']');
  }

  /** A pattern whose names are variables, each with its own place. */
  private pattern(pattern: Pattern): void {
    this.linked(pattern.origin, () => {
      if (pattern.kind === 'literal' || pattern.kind === 'none') return this.write(printPattern(pattern));
      if (pattern.kind === 'constructor') this.name(pattern.name);
      const inside = pattern.kind === 'tuple' ? pattern.items : pattern.args;
      if (inside) this.patterns(inside);
    });
  }

  private patterns(patterns: readonly Pattern[], types: readonly TypeExpr[] = []): void {
    this.write('(');
    patterns.forEach((each, i) => {
      if (i > 0) this.write(', ');
      this.pattern(each);
      const type = types[i];
      if (type) this.write(`: ${printType(type)}`);
    });
    this.write(')');
  }

  private role(role: RoleRef): void {
    this.linked(role.origin, () => this.write(printRole(role)));
  }

  private expr(expr: Expr): void {
    this.linked(expr.origin, () => this.write(printExpr(expr)));
  }

  private label(label: Label): void {
    this.linked(label.origin, () => {
      this.write(printLabel(label.name));
      if (label.types.length > 0) this.write(`(${label.types.map(printType).join(', ')})`);
    });
  }

  action(action: Action): void {
    this.line(() => this.linked(action.origins, () => this.actionText(action)));
  }

  private actionText(action: Action): void {
    switch (action.kind) {
      case 'send':
        this.write('send ');
        if (action.value) {
          this.expr(action.value);
          this.write(' ');
        }
        this.write('to ');
        this.role(action.receiver);
        if (action.label) {
          this.write(': ');
          this.label(action.label);
        }
        return;
      case 'receive':
        return this.receive(action);
      case 'gather':
        return this.gather(action);
      case 'assignment':
        this.target(action.into);
        this.write(' = ');
        return this.expr(action.value);
      case 'effect':
        return this.expr(action.value);
      case 'call':
        if (action.into) {
          this.target(action.into);
          this.write(' = ');
        }
        this.write('do ');
        this.name({ ...action.callee, text: readableName(action.callee.text) });
        this.write('(');
        action.args.forEach((arg, i) => {
          if (i > 0) this.write(', ');
          this.role(arg.role);
          if (arg.inputs.length === 0) return;
          this.write('(');
          arg.inputs.forEach((input, k) => {
            if (k > 0) this.write(', ');
            this.expr(input);
          });
          this.write(')');
        });
        action.values?.forEach((value, i) => {
          if (i > 0 || action.args.length > 0) this.write(', ');
          this.expr(value);
        });
        return this.write(')');
      case 'if':
      case 'when': {
        this.write(`${action.kind} `);
        this.expr(action.condition);
        this.write(' ');
        this.block(action.then);
        const [only] = action.else.actions;
        if (!only) return;
        this.write(' else ');
        if (only.kind === action.kind && action.else.actions.length === 1)
          this.linked(only.origins, () => this.actionText(only));
        else this.block(action.else);
        return;
      }
      case 'match':
        this.write('match ');
        this.expr(action.value);
        this.write(' {\n');
        this.indented(() => {
          for (const { pattern, body } of action.cases) {
            this.line(() => {
              this.write('case ');
              this.linked(pattern.origin, () => this.write(printPattern(pattern)));
              this.write(' ');
              this.block(body);
            });
          }
          const otherwise = action.else;
          if (otherwise) {
            this.line(() => {
              this.write('else ');
              this.block(otherwise);
            });
          }
        });
        return this.close();
      case 'choice':
      case 'par':
        this.write(`${action.kind} `);
        action.branches.forEach((branch, i) => {
          if (i > 0) this.write(action.kind === 'par' ? ' and ' : ' or ');
          this.block(branch);
        });
        return;
      case 'at':
        this.write('at ');
        return this.block(action.body);
      case 'for':
        this.write(action.parallel ? 'par ' : 'for ');
        this.name(action.index);
        this.write(` in ${printRange(action.range)} `);
        return this.block(action.body);
      case 'pick':
        this.write(`pick ${printMany(action)}`);
        this.name(action.index);
        this.write(' in ');
        this.role(action.of);
        this.write(' by ');
        this.expr(action.value);
        this.write(' ');
        return this.block(action.body);
      case 'while':
        this.write('while ');
        this.expr(action.condition);
        this.write(' ');
        return this.block(action.body);
      case 'rec':
        this.write('rec ');
        this.name(action.name);
        this.write(' ');
        return this.block(action.body);
      case 'continue':
        this.write('continue ');
        return this.name(action.name);
      case 'leave':
        this.write('leave ');
        return this.name(action.name);
      case 'hole': {
        const start = this.length;
        this.write(`// ✗ ${action.message.replace(/\s+/g, ' ')}`);
        this.holes.push({ local: { start, end: this.length }, code: action.code, message: action.message });
      }
    }
  }

  private gather({ senders, variable, types, quorum, label }: LocalGather): void {
    this.write('receive ');
    if (variable) {
      this.name(variable);
      if (types[0]) this.write(`: ${printType(types[0])}`);
      this.write(' ');
    }
    this.write('from ');
    senders.forEach((sender, i) => {
      if (i > 0) this.write(', ');
      this.role(sender);
    });
    if (quorum) {
      this.linked(quorum.origin, () => {
        this.write(` any ${quorum.count ? printExpr(quorum.count) : 'majority'}`);
        if (quorum.by) {
          this.write(' by ');
          this.name(quorum.by);
        }
      });
    }
    if (!label) return;
    this.write(': ');
    this.linked(label.origin, () => {
      this.write(printLabel(label));
      if (!variable && types.length > 0) this.write(`(${types.map(printType).join(', ')})`);
    });
  }

  private receive(receive: Receive): void {
    const [only] = receive.branches;
    this.write('receive ');
    if (receive.form === 'single' && only) {
      if (only.into) {
        this.target(only.into);
        if (only.types.length > 0) this.write(`: ${printPayload(only.types)}`);
        this.write(' ');
      }
      this.write('from ');
      this.role(only.sender);
      if (only.label) {
        this.write(': ');
        this.linked(only.label.origin, () => {
          this.write(only.label ? printLabel(only.label) : '_');
          if (!only.into && only.types.length > 0) this.write(`(${only.types.map(printType).join(', ')})`);
        });
      }
      return;
    }
    const { from } = receive;
    if (from) {
      this.write('from ');
      this.role(from);
      this.write(' ');
    }
    this.write('{\n');
    this.indented(() =>
      receive.branches.forEach((branch) =>
        this.line(() => this.linked(branch.origins, () => this.branch(branch, !from))),
      ),
    );
    this.close();
  }

  /** @param named whether it says itself whose message it takes */
  private branch({ sender, label, pick, into, types, body }: ReceiveBranch, named: boolean): void {
    if (label && pick) this.linked(label.origin, () => this.write(printPicked(label, pick)));
    else if (label) this.linked(label.origin, () => this.write(printLabel(label)));
    else this.write('_');
    // The parts of a tuple are the values of a message.
    const parts = into?.kind === 'pattern' && into.pattern.kind === 'tuple' ? into.pattern.items : undefined;
    if (parts && (types.length === 0 || (types.length === parts.length && namesOfTarget(into).length > 0)))
      this.patterns(parts, types);
    else if (into) {
      this.write('(');
      this.target(into);
      if (types.length > 0) this.write(`: ${printPayload(types)}`);
      this.write(')');
    } else if (types.length > 0) this.write(`(${types.map((type) => `_: ${printType(type)}`).join(', ')})`);
    if (named) {
      this.write(' from ');
      this.role(sender);
    }
    this.write(' ');
    this.block(body);
  }
}
