// chor mcp: the language for assistants, over the model context protocol on standard input and output.
import { McpServer, ResourceTemplate } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { version } from '../../package.json';
import { largest } from '../../system/limits.js';
import type { Answer, Bounds } from './calls.js';
import { createRunner } from './runner.js';
import type { Runner } from './runner.js';

const instructions =
  'Chor is a language for choreographies: one text says what several roles do together, message by message. Before you write any, read `docs` with the topic `for-agents`: ' +
  'the language on one page. Then `check` what you write, and `fix` or mend what it tells, until there are no errors. Give a `text`, or paths below the root folder; nothing is ever written. Places are line:column, from 1.';

const text = z
  .string()
  .optional()
  .describe('The text of a .chor file. With `path`, it stands in place of that file, so that its imports work.');
const path = z.string().optional().describe('A .chor file, relative to the root folder.');
const source = { text, path };
const annotations = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };

/** Serves until standard input ends. */
export async function serve(bounds: Bounds): Promise<void> {
  // Messages are JSON: a text may take several times its length.
  await createServer(createRunner(new URL('./mcp-worker.cjs', import.meta.url), bounds)).connect(
    new StdioServerTransport(process.stdin, process.stdout, { maxBufferSize: largest * 8 }),
  );
}

/** The server, with its tools and resources; nothing is served yet. */
function createServer(runner: Runner): McpServer {
  const server = new McpServer(
    { name: 'chor', title: 'Chor', version },
    { instructions, maxToolInputElements: 10_000 },
  );
  const tool = server.registerTool.bind(server);

  tool(
    'check',
    {
      title: 'Check choreographies and networks',
      annotations,
      description:
        'What is wrong in a text or in files: each error once, with its place, its code, the places that belong to it and fixes that were tried; and what is proved.',
      inputSchema: {
        ...source,
        paths: z.array(z.string()).max(200).optional().describe('Several files, or folders with all that is in them.'),
        hints: z.boolean().optional().describe('Tell hints too, such as a variable that nothing reads.'),
      },
    },
    async (args, { signal }) => resultOf(await runner.run({ tool: 'check', args }, signal)),
  );

  tool(
    'fix',
    {
      title: 'Apply fixes',
      annotations,
      description:
        'The text with fixes applied: those of all errors that are beyond doubt, one after the other; or the one fix that `line` and `title` name, as `check` tells them. A text comes back whole, files as a diff; nothing is written.',
      inputSchema: {
        ...source,
        line: z
          .number()
          .int()
          .positive()
          .optional()
          .describe('Only what is told at this line; without `title`, by its first fix.'),
        code: z.string().optional().describe('Only what has this code, such as `knowledge-of-choice`.'),
        title: z.string().optional().describe('The fix, by its title in the answer of `check`.'),
      },
    },
    async (args, { signal }) => resultOf(await runner.run({ tool: 'fix', args }, signal)),
  );

  tool(
    'project',
    {
      title: 'Project a choreography',
      annotations,
      description: 'What each role does alone, as .chor text: a network that implements the choreography.',
      inputSchema: {
        ...source,
        choreography: z.string().optional().describe('This choreography only.'),
        role: z.string().optional().describe('This role only.'),
      },
    },
    async (args, { signal }) => resultOf(await runner.run({ tool: 'project', args }, signal)),
  );

  tool(
    'explain',
    {
      title: 'Explain how a run goes wrong',
      annotations,
      description:
        'The shortest run that leads to an error of a network: its steps, then who waits for whom and what is left in the queues, each with its line. Where nothing goes wrong, the verdict.',
      inputSchema: {
        ...source,
        network: z.string().optional().describe('This network only.'),
        mermaid: z.boolean().optional().describe('As a Mermaid sequence diagram, too.'),
      },
    },
    async (args, { signal }) => resultOf(await runner.run({ tool: 'explain', args }, signal)),
  );

  tool(
    'format',
    {
      title: 'Lay a text out',
      annotations,
      description: 'The text laid out in the one style that there is.',
      inputSchema: source,
    },
    async (args, { signal }) => resultOf(await runner.run({ tool: 'format', args }, signal)),
  );

  tool(
    'extract',
    {
      title: 'Extract the choreography of a network',
      annotations,
      description: 'The choreography that the processes of a network carry out, or why there is none.',
      inputSchema: { ...source, network: z.string().optional().describe('This network only.') },
    },
    async (args, { signal }) => resultOf(await runner.run({ tool: 'extract', args }, signal)),
  );

  tool(
    'docs',
    {
      title: 'Read the manual',
      annotations,
      description:
        'A page of the manual: `for-agents` is the language on one page, `codes/deadlock` (or `deadlock`) a code of `check`, `language/calls` a section of the reference. Other words are searched. Without a topic: the list of all pages.',
      inputSchema: { topic: z.string().max(200).optional() },
    },
    async (args, { signal }) => resultOf(await runner.run({ tool: 'docs', args }, signal)),
  );

  server.registerResource(
    'manual',
    new ResourceTemplate('chor://docs/{+page}', {
      list: async () => {
        const {
          texts: [list = ''],
        } = await runner.run({ tool: 'docs', args: {} });
        return {
          resources: list.split('\n').map((line) => {
            const [name = '', ...title] = line.split(': ');
            return { uri: `chor://docs/${name}`, name, description: title.join(': '), mimeType: 'text/markdown' };
          }),
        };
      },
    }),
    { title: 'The manual of Chor', mimeType: 'text/markdown' },
    async (uri, _variables, { signal }) => {
      const {
        texts: [found = ''],
        failed,
      } = await runner.run({ tool: 'page', args: { name: uri.href.replace('chor://docs/', '') } }, signal);
      if (failed) throw new Error(found);
      return { contents: [{ uri: uri.href, mimeType: 'text/markdown', text: found }] };
    },
  );
  return server;
}

function resultOf({ texts, failed }: Answer): CallToolResult {
  return { content: texts.map((each) => ({ type: 'text', text: each })), ...(failed ? { isError: true } : {}) };
}
