// Links that carry files: `#v1,…`, the files as JSON, deflated, in the letters that addresses have. No page in here.
import * as v from 'valibot';

/** What a link carries. */
export interface Shared {
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** The file that is looked at. */
  readonly open?: string;
  /** What the view shows of it. */
  readonly tab?: 'projections' | 'sequence' | 'states';
  readonly choreography?: string;
  /** The run that is shown, by its finding. */
  readonly run?: { readonly network?: string; readonly code?: string; readonly message?: string };
}

export type Opened =
  | { readonly kind: 'none' }
  | { readonly kind: 'shared'; readonly shared: Shared }
  | { readonly kind: 'example' | 'chapter'; readonly path: string }
  /** It can't be read; `newer`: as it is of a newer version. */
  | { readonly kind: 'broken'; readonly newer: boolean };

/** The version that is written. Links of all versions up to it are read. */
const version = 1;

/** What is longer, in characters, some programs cut off. */
export const longLink = 8000;

/** No more is read out of a link, in bytes: what is larger is no text that a person wrote. */
const largest = 4 * 1024 * 1024;

/** As it stands in the link, with short names. */
const Carried = v.object({
  f: v.pipe(v.array(v.tuple([v.string(), v.string()])), v.minLength(1)),
  o: v.optional(v.string()),
  t: v.optional(v.picklist(['projections', 'sequence', 'states'])),
  c: v.optional(v.string()),
  r: v.optional(
    v.object({ network: v.optional(v.string()), code: v.optional(v.string()), message: v.optional(v.string()) }),
  ),
});

/**
 * The fragment of a link, without its `#`.
 * @param shared what it is to carry
 */
export async function encodeLink({ files, open, tab, choreography, run }: Shared): Promise<string> {
  const carried: v.InferOutput<typeof Carried> = {
    f: files.map(({ name, text }) => [name, text]),
    ...(open === undefined || open === files[0]?.name ? {} : { o: open }),
    ...(tab === undefined || tab === 'projections' ? {} : { t: tab }),
    ...(choreography === undefined ? {} : { c: choreography }),
    ...(run ? { r: run } : {}),
  };
  const packed = await through(
    new TextEncoder().encode(JSON.stringify(carried)),
    new CompressionStream('deflate-raw'),
    Infinity,
  );
  return `v${version},${toLetters(packed)}`;
}

/**
 * What the fragment of an address means. It never fails.
 * @param fragment with its `#` or without
 */
export async function decodeLink(fragment: string): Promise<Opened> {
  const text = fragment.replace(/^#/, '');
  if (text === '') return { kind: 'none' };
  const named = /^(example|chapter)=([\w./%-]+)$/.exec(text);
  if (named) return { kind: named[1] === 'example' ? 'example' : 'chapter', path: decoded(named[2] ?? '') };
  // What stands behind the letters does not belong to it: a full stop after the link, say.
  const [, number, letters = ''] = /^v(\d+),([\w-]*)/.exec(decoded(text)) ?? [];
  if (number === undefined) return { kind: 'broken', newer: false };
  if (Number(number) > version) return { kind: 'broken', newer: true };
  try {
    const bytes = await through(fromLetters(letters), new DecompressionStream('deflate-raw'), largest);
    const { f, o, t, c, r } = v.parse(Carried, JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
    return {
      kind: 'shared',
      shared: {
        files: f.map(([name, content]) => ({ name, text: content })),
        open: o ?? f[0]?.[0],
        ...(t === undefined ? {} : { tab: t }),
        ...(c === undefined ? {} : { choreography: c }),
        ...(r ? { run: r } : {}),
      },
    };
  } catch {
    return { kind: 'broken', newer: false };
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @throws where there is more than `most` bytes, or what goes through is not of the form */
async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const writer = stream.writable.getWriter();
  // What is wrong with it is told where it is read.
  void writer
    .write(bytes)
    .then(() => writer.close())
    .catch(() => undefined);
  const reader = stream.readable.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    size += value.length;
    if (size > most) {
      await reader.cancel();
      throw new Error('It is too large.');
    }
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function toLetters(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text).replace(/[+/=]/g, (letter) => (letter === '+' ? '-' : letter === '/' ? '_' : ''));
}

function fromLetters(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replace(/[-_]/g, (letter) => (letter === '-' ? '+' : '/')));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}
