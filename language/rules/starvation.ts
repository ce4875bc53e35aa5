// starvation: a process may wait for ever, while others go on for ever.
import { listed } from '../text/words.js';
import { sentence, waitingText, waitsHere } from './network-words.js';
import { defineRule } from './rule.js';

export const starvation = defineRule({
  code: 'starvation',
  summary: 'A process may wait for ever, while others go on.',
  explanation:
    'There is a run after which this process waits for a message that can’t come any more whatever the others choose, while these go on for ever. It is no deadlock, since somebody can always move. Loops that may be left are taken to be left at some time. Where a process goes on as soon as the others leave their loop, this is a hint: nothing is wrong, unless they may choose to go round for ever.',
  advice: 'Let one of those that go on tell the waiting process, or give their loop an end.',
  bad: `network Office {
  process Alice {
    choice {
      rec Talk {
        send to Bob: more
        continue Talk
      }
    } or {
      send to Bob: done
    }
  }
  process Bob {
    rec Talk {
      receive from Alice {
        more { continue Talk }
        done { send to Carol: done }
      }
    }
  }
  process Carol {
    receive from Bob: done
  }
}
`,
  good: `network Office {
  process Alice {
    rec Talk {
      choice {
        send to Bob: more
        continue Talk
      } or {
        send to Bob: done
      }
    }
  }
  process Bob {
    rec Talk {
      receive from Alice {
        more {
          send to Carol: more
          continue Talk
        }
        done { send to Carol: done }
      }
    }
  }
  process Carol {
    rec Talk {
      receive from Bob {
        more { continue Talk }
        done {}
      }
    }
  }
}
`,
  message({ end, active, condition, fair }, at) {
    if (!fair) {
      return `${end.role} waits for as long as ${listed(active)} ${active.length === 1 ? 'goes' : 'go'} round: ${waitingText(end, at)}.${sentence(condition)} That is right if the loop is left at some time; else let ${end.on} tell ${end.role} earlier.`;
    }
    return `${end.role} may wait for ever: ${waitingText(end, at)}, and ${listed(active)} ${active.length === 1 ? 'goes' : 'go'} on without it.${sentence(condition)} Let ${end.on} tell ${end.role}, or end the loop.`;
  },
  related: ({ end }) => [{ uri: end.uri, origin: end.origin, message: waitsHere(end) }],
});
