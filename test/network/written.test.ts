// Messages say the names that somebody wrote, also of code that was written out in place of a call, under other names.
import { describe, expect, it } from 'vitest';
import { roleText } from '../projection/helpers.js';
import { Workspace } from '../../language/workspace.js';
import { inWords } from '../in-words.js';
import { runOf } from '../../language/findings/finding.js';

const uri = 'file:///a.chor';

const design = `extern print(s: string)
choreography Main(A(entry: string), B) {
  A.entry -> B.proposal
  B.print(proposal)
  if A.entry == "x" {
    do Round(A(entry), B)
  } else {
    A.entry -> B.other: skip
    B.print(other)
  }
}
choreography Round(P(entry: string), Q) {
  P.entry -> Q.proposal: round
  Q.print(proposal)
  if Q.ask(proposal) -> P {
    Q.proposal + "!" -> P.entry
    P.print(entry)
  } else {
    P.entry -> Q.proposal
    Q.print(proposal)
  }
}
extern ask(s: string): bool
`;

/** All that is said of a network: messages, related places, and how runs go and end. */
function said(network: string): string {
  const workspace = new Workspace();
  workspace.set(uri, design + network);
  return (workspace.analyze(uri)?.findings ?? [])
    .filter((f) => f.severity === 'error')
    .flatMap((f) => [
      inWords(f).message,
      ...inWords(f).related.map((r) => r.message),
      ...(runOf(f)?.steps ?? []).map((s) => s.text),
      ...(runOf(f)?.ends ?? []).map((e) => e.text),
    ])
    .join('\n');
}

const process = (body: string): string =>
  `network N implements Main {\n  process A(entry: string) {\n    send entry to B\n    if entry == "x" {\n      send entry to B: round\n${body}\n    } else {\n      send entry to B: skip\n    }\n  }\n}\n`;

describe('a variable of a callee that had to get another name', () => {
  it('has one in the projection', () => {
    expect(
      roleText(
        design.replace(/choreography Main[^]*?\n}\n/, '') + /choreography Main[^]*?\n}\n/.exec(design)?.[0],
        'B',
      ),
    ).toContain('round(proposal2) {');
  });
  it('is told by its own in what is decided and sent', () => {
    const text = said(
      process('      receive from B {\n        yes { print("!") }\n        no { send entry to B }\n      }'),
    );
    expect(text).toContain('B sends `proposal + "!"` to A, which is never received');
    expect(text).toContain('It happens when A’s `entry == "x"` is true and B’s `ask(proposal)` is true.');
    expect(text).toContain('B receives round(proposal) from A');
    expect(text).not.toContain('proposal2');
  });
  it('is told so where it is waited for', () => {
    const text = said(
      process('      receive from B {\n        yes { receive entry from B print(entry) }\n        no { }\n      }'),
    );
    expect(text).toContain('B waits for `proposal` from A that can’t come any more');
    expect(text).not.toContain('proposal2');
  });
  it('is told so where the projection is what a process does not do', () => {
    const text = said(
      process(
        '      receive from B {\n        yes { receive entry from B print(entry) }\n        no { send entry to B send entry to B }\n      }',
      ),
    );
    expect(text).toContain('proposal');
    expect(text).not.toContain('proposal2');
  });
});

describe('a value that is kept since it is sent to several', () => {
  it('is told as it was written', () => {
    const workspace = new Workspace();
    workspace.set(
      uri,
      'extern ask(): int\nextern note(n: int)\nchoreography M(A, B, C) {\n  A.ask() -> B.x, C.x\n  B.note(x)\n  C.note(x)\n}\nnetwork N implements M {\n  process C { note(1) }\n}\n',
    );
    const [found] = workspace.analyze(uri)?.findings.filter((f) => f.severity === 'error') ?? [];
    expect(found && inWords(found).message).toContain('A sends `ask()` to C');
  });
});
