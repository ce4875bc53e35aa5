// server-result: a server is to give a result, and may never come to its end.
import { defineRule } from './rule.js';

export const serverResult = defineRule({
  code: 'server-result',
  summary: 'A server gives a result.',
  explanation: `A server may wait for ever: it need not find out that the conversation is over (\`choreography Ask(Client, server Api)\`). A result is given at the
end, which it may never come to; so a server has none.`,
  advice:
    'Take `server` away: the role then has to be told when the conversation is over. Or give the result to another role.',
  bad: `choreography Ask(Client(question: string), server Api): int@Api {
  Client.question -> Api.question
  return Api.length(question)
}
`,
  good: `choreography Ask(Client(question: string), server Api): int@Client {
  Client.question -> Api.question
  Api.length(question) -> Client.answer
  return Client.answer
}
`,
  message: ({ role, of, what }) =>
    what === 'role'
      ? `${role} is a server, which may wait for ever: it can’t give the result of \`${of}\`. Take \`server\` away, or give the result to another role.`
      : `${role} is a server, which may wait for ever: its process can’t give a result. Take \`server\` away, or the result.`,
  fixes: ({ role, word }, { uri }) => [
    { title: `Make ${role} no server`, edits: [{ uri, ...word, newText: '' }], preferred: true },
  ],
});
