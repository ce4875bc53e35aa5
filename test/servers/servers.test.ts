// Servers: roles that may wait for ever, and need not be told that the conversation is over.
import { describe, expect, test } from 'vitest';
import { shortVerdict } from '../../language/features/words.js';
import { fixesFor } from '../../language/fixes/try.js';
import { projectionFile } from '../../language/projection/file.js';
import { diagnosticsIn } from '../../language/rules/render.js';
import { uri, workspaceOf } from '../typing/helpers.js';

const found = (text: string): string[] =>
  diagnosticsIn(workspaceOf(text), uri)
    .filter(({ severity }) => severity !== 'hint')
    .map(({ code, message }) => `${code}: ${message}`);
const verdicts = (text: string): string[] =>
  (workspaceOf(text).analyze(uri)?.verdicts ?? []).map((verdict) => `${verdict.name}: ${shortVerdict(verdict)}`);

/** The projections of a choreography, after which they are checked as a network. */
function projected(text: string, name: string): string {
  const workspace = workspaceOf(text);
  const file = projectionFile(workspace, uri, name);
  expect(file?.holes).toEqual([]);
  const beside = uri.replace('main', 'projected');
  workspace.set(beside, file?.text ?? '');
  const analysis = workspace.analyze(beside);
  expect(analysis?.findings.filter(({ severity }) => severity === 'error' || severity === 'warning')).toEqual([]);
  expect(analysis?.verdicts.map(({ verdict }) => verdict)).toEqual(analysis?.verdicts.map(() => 'proved'));
  return file?.text ?? '';
}

const externs = 'extern answer(q: int): int\nextern more(): bool\n';
const asking = (header: string, arrow = ''): string => `${externs}
choreography Ask(${header}) {
  Client.again = more()
  while Client.again${arrow} {
    Client.1 -> Api.question
    Api.answer(question) -> Client.reply
    Client.again = more()
  }
}
`;

describe('a choreography', () => {
  test('need not tell a server that its loop is over', () => {
    expect(found(asking('Client, Api')).map((each) => each.split(':')[0])).toEqual(['knowledge-of-choice']);
    expect(found(asking('Client, server Api'))).toEqual([]);
    expect(projected(asking('Client, server Api'), 'Ask')).toContain(`  server process Api {
    rec Loop {
      receive question from Client
      send answer(question) to Client
      continue Loop
    }
  }`);
  });

  test('may leave a server out of a branch, but not of what it has to send', () => {
    const text = (rest: string): string => `${externs}
choreography Ask(Client(sure: bool), server Api, Log) {
  if Client.sure {
    Client.1 -> Api.question
  }
  ${rest}
}
`;
    expect(found(text('Client.2 -> Log.n')).filter((each) => !each.startsWith('unused'))).toEqual([]);
    expect(projected(text('Client.2 -> Log.n'), 'Ask')).toContain(
      'server process Api {\n    receive question from Client\n  }',
    );
    expect(found(text('Api.3 -> Log.n')).map((each) => each.split(':')[0])).toContain('knowledge-of-choice');
    expect(
      found(text('Client.2 -> Api.other: more\n  Api.other -> Log.n')).filter((each) => each.startsWith('knowledge')),
    ).toEqual([]);
  });

  test('merges what a server may get after it has waited', () => {
    expect(
      projected(
        `choreography Store(Client(put: bool), Reader(get: bool), server Disk) {
  if Client.put {
    Client.1 -> Disk.value: put
    if Client.put {
      Client.2 -> Disk.value: put
    }
  }
}
`.replace('Reader(get: bool), ', ''),
        'Store',
      ),
    ).toContain(`  server process Disk {
    receive value from Client: put
    receive value from Client: put
  }`);
  });

  test('goes on for ever without its server', () => {
    expect(
      projected(
        `choreography Beat(A, B, server Log(n: int)) {
  if A.1 > 0 -> B {
    A.2 -> Log.n
    rec Round {
      A -> B: tick
      continue Round
    }
  } else {
    rec Round {
      A -> B: tock
      continue Round
    }
  }
}
`,
        'Beat',
      ),
    ).toContain('server process Log(n: int) {\n    receive n from A\n  }');
  });

  test('gives no result at a server, and says how to mend it', () => {
    const text = `choreography Ask(Client(q: int), server Api): int@Api {
  Client.q -> Api.q
  return Api.q
}
`;
    expect(found(text)).toEqual([
      'server-result: Api is a server, which may wait for ever: it can’t give the result of `Ask`. Take `server` away, or give the result to another role.',
    ]);
    const workspace = workspaceOf(text);
    const [finding] = workspace.analyze(uri)?.findings ?? [];
    expect(finding && fixesFor(workspace, finding).map(({ title }) => title)).toEqual(['Make Api no server']);
  });

  test('whose role is left without a message gets the fix that makes it a server, after those that tell it', () => {
    const workspace = workspaceOf(asking('Client, Api'));
    const finding = workspace.analyze(uri)?.findings.find(({ code }) => code === 'knowledge-of-choice');
    const titles = finding ? fixesFor(workspace, finding).map(({ title }) => title) : [];
    expect(titles).toContain('Make Api a server, which may wait for ever');
    expect(titles[0]).not.toContain('server');
  });

  test('may have a role, a variable and a label that are called server', () => {
    expect(
      found(`choreography Serve(server(server: int), client) {
  server.server -> client.server: server
  client.server -> server.other
  if server.other > 0 -> client {
  }
}
`).filter((each) => each.startsWith('syntax')),
    ).toEqual([]);
  });
});

describe('a call', () => {
  const sub = `${externs}
choreography Ask(Client, server Api) {
  Client.again = more()
  while Client.again {
    Client.1 -> Api.question
    Client.again = more()
  }
}
`;
  test('of a server that is one here too is a call', () => {
    expect(
      projected(
        `${sub}
choreography Main(User, server Service) {
  User.0 -> Service.n: hello
  do Ask(User, Service)
}
`,
        'Main',
      ),
    ).toContain('receive n from User: hello\n    do Ask_Network(User, Service)');
  });

  test('of a server that is none here is an error, unless what follows tells it', () => {
    const main = (rest: string): string => `${sub}
choreography Main(User, Service) {
  do Ask(User, Service)
  ${rest}
}
`;
    expect(found(main('')).map((each) => each.split(':')[0])).toEqual(['knowledge-of-choice']);
    expect(found(main('User -> Service: bye'))).toEqual([]);
    expect(projected(main('User -> Service: bye'), 'Main')).toMatch(
      /process Service \{\n {4}rec \w+ \{\n {6}receive from User \{\n {8}_\(question\) \{/,
    );
  });

  test('after which a server has to send is one that it must find the end of', () => {
    expect(
      found(`${sub}
choreography Main(User, server Service) {
  do Ask(User, Service)
  Service.1 -> User.n
}
`).map((each) => each.split(':')[0]),
    ).toContain('knowledge-of-choice');
  });

  test('of a server that always knows when it is over stays a call', () => {
    expect(
      projected(
        `choreography Once(Client, server Api) {
  Client.1 -> Api.question
}

choreography Main(User, Service) {
  do Once(User, Service)
  Service.1 -> User.n
}
`,
        'Main',
      ),
    ).toContain('do Once_Network(User, Service)\n    send 1 to User');
  });
});

describe('a network', () => {
  const network = (word: string, client: string, channels = ''): string => `network N ${channels} {
  process Client {
    ${client}
  }
  ${word}process Api {
    rec Serve {
      receive q from Client: ask
      send q to Client
      continue Serve
    }
  }
}
`;
  test.each(['', 'sync', 'buffer 1'])('is proved where its server waits for ever: %s', (channels) => {
    const client = 'send 1 to Api: ask\n    receive r from Api';
    expect(verdicts(network('server ', client, channels))).toEqual(['N: proved free of deadlock']);
    expect(verdicts(network('', client, channels))).toEqual(['N: refuted']);
  });

  test('is refuted where somebody waits for a server, or a message for it is left', () => {
    expect(found(network('server ', 'receive r from Api'))[0]).toMatch(/^deadlock|^unmatched-receive/);
    expect(
      found(network('server ', 'send 1 to Api: ask\n    receive r from Api\n    send 2 to Api: other'))[0],
    ).toMatch(/^label-mismatch/);
    expect(
      found(`network N {
  process A { send 1 to S }
  process B { }
  server process S { receive x from B }
}`).filter((each) => !each.startsWith('unused'))[0],
    ).toMatch(/^unmatched-(send|receive)|^deadlock/);
  });

  test('has no starving server, but those that starve for it', () => {
    const text = (word: string): string => `network N {
  process A { rec X { send to B: tick continue X } }
  process B { rec X { receive from A: tick continue X } }
  process C { choice { send 1 to S } or { } }
  ${word}process S { rec X { receive n from C continue X } }
}`;
    expect(found(text('')).join()).toMatch(/unmatched-receive|starvation|deadlock/);
    expect(found(text('server '))).toEqual([]);
  });

  test('has the servers of the choreography that it implements', () => {
    expect(
      verdicts(`${asking('Client, server Api')}
network Hand implements Ask {
  process Api {
    rec Serve {
      receive question from Client
      send answer(question) to Client
      continue Serve
    }
  }
}
`),
    ).toContain('Hand: proved free of deadlock');
  });

  test('gives no result at a server', () => {
    expect(
      found(`network N {
  process A { send 1 to S }
  server process S: int {
    receive x from A
    return x
  }
}`),
    ).toEqual([
      'server-result: S is a server, which may wait for ever: its process can’t give a result. Take `server` away, or the result.',
    ]);
  });
});
