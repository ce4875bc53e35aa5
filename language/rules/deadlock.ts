// deadlock: no process can go on, and some have not ended.
import type { Action } from '../ir/process.js';
import { actionAt, mayBe, processOf } from '../edits/find.js';
import type { Fix } from '../edits/fix.js';
import { assignedBy, followers, move, namesIn, removal } from '../edits/process.js';
import type { WaitingEnd } from '../findings/network.js';
import { printRole } from '../syntax/print.js';
import { listed } from '../text/words.js';
import { sentence, waitingText, waitsHere } from './network-words.js';
import { defineRule } from './rule.js';

/** `receives`, or `receives from Bob` where that is another than it sends to. */
function waits(end: WaitingEnd, peer: string): string {
  if (end.on === peer) return end.waitsTo === 'send' ? 'sends' : 'receives';
  return end.waitsTo === 'send' ? `sends to ${end.on}` : `receives from ${end.on}`;
}

export const deadlock = defineRule({
  code: 'deadlock',
  summary: 'Processes wait for each other, and none can go on.',
  explanation:
    'There is a run at whose end no process can move, and some have not ended: each waits for a message from (or, where channels hold only so many messages, for room in the queue to) another that waits itself. The related places are the waiting processes, then the run that leads there. Each deadlock is told once, with the shortest run that was found.',
  advice:
    'Break the circle: let one of its processes send before it receives. The quick fixes move a `send` up in one of the processes, as a whole line with its comment. Where channels are `sync` or `buffer n`, sends wait as well: then one process has to receive first, or the buffer has to grow.',
  bad: `network Broken {
  process Alice {
    receive reply from Bob
    send "hello" to Bob
    log(reply)
  }
  process Bob {
    receive greeting from Alice
    send "hi" to Alice
    log(greeting)
  }
}
extern log(text: string)
`,
  good: `network Mended {
  process Alice {
    send "hello" to Bob
    receive reply from Bob
    log(reply)
  }
  process Bob {
    receive greeting from Alice
    send "hi" to Alice
    log(greeting)
  }
}
extern log(text: string)
`,
  message({ cycle, others, channels, condition }, at) {
    const all = [...cycle, ...others];
    const names = listed(cycle.map((w) => w.role));
    const who =
      cycle.length === 0
        ? 'Nobody can go on'
        : cycle.length === 2
          ? `${names} wait for each other, and neither can go on`
          : `${names} wait for each other in a circle, and nobody in it can go on`;
    const sends = all.some((w) => w.waitsTo === 'send');
    const why = sends
      ? channels === 'sync'
        ? ' In a `sync` network a send waits until it is received.'
        : ' The queue that it sends to is full.'
      : '';
    const what =
      sends && cycle.every((w) => w.waitsTo === 'send')
        ? 'Let one of them receive before it sends.'
        : 'Let one of them send before it waits.';
    return `${who}: ${all.map((end) => waitingText(end, at)).join(', ')}.${why}${sentence(condition)} ${what}`;
  },
  related({ cycle, others }) {
    const story = [
      ...cycle.map((w, i) => ({
        ...w,
        message: `${i > 0 ? 'and ' : ''}${waitsHere(w)}${i > 0 && i === cycle.length - 1 ? ', which closes the circle' : ''}`,
      })),
      ...others.map((w) => ({ ...w, message: waitsHere(w) })),
    ];
    return story.map(({ uri, origin, message }) => ({ uri, origin, message }));
  },
  fixes({ cycle }, context) {
    const { uri, text } = context;
    const standing = cycle.map((end) => {
      const process = processOf(context, context.origin, end);
      return { end, process, action: process && actionAt(process, end.origin) };
    });
    // Whoever does not follow the choreography is to change first.
    const reordered = [...standing]
      .sort((a, b) => Number(b.end.differs) - Number(a.end.differs))
      .flatMap(({ end, process, action }): Fix[] => {
        const waiter = cycle.find((w) => w.on === end.role);
        if (!process || !action || !waiter) return [];
        const between: Action[] = [action];
        for (const later of followers(process, action)) {
          const frees =
            waiter.waitsTo === 'receive'
              ? later.kind === 'send' && mayBe(later.receiver, waiter.role)
              : later.kind === 'receive' && mayBe(later.from, waiter.role);
          if (frees && later.kind === 'send') {
            const used = namesIn(later.value);
            if (between.some((b) => [...assignedBy(b)].some((name) => used.has(name)))) return [];
            return [
              {
                title: process.members
                  ? `Let ${process.name.text} send to ${printRole(later.receiver)} before it ${waits(end, end.on)}`
                  : `Let ${end.role} send to ${waiter.role} before it ${waits(end, waiter.role)}`,
                edits: move(uri, text, later, action),
                preferred: true,
                cost: { doubt: end.differs ? 0.7 : 0.8 },
              },
            ];
          }
          if (frees && later.kind === 'receive' && later.form === 'single') {
            return [
              {
                title:
                  process.members && later.from
                    ? `Let ${process.name.text} receive from ${printRole(later.from)} before it ${waits(end, end.on)}`
                    : `Let ${end.role} receive from ${waiter.role} before it ${waits(end, waiter.role)}`,
                edits: move(uri, text, later, action),
                preferred: true,
                cost: { doubt: end.differs ? 0.7 : 0.8 },
              },
            ];
          }
          between.push(later);
        }
        return [];
      });
    const removed = standing.flatMap(({ process, action }): Fix[] =>
      process && action?.kind === 'receive' && action.form === 'single'
        ? [
            {
              title: `Remove this \`receive\` from ${process.name.text}`,
              edits: removal(uri, text, action),
              cost: { removes: true },
            },
          ]
        : [],
    );
    return [...reordered, ...removed];
  },
});
