// Keeps the whole site in the browser, and answers from there. Each build has a version of its own: what belongs
// together comes from one build, and a newer one waits until the reader takes it.

/** The files of the site with a hash of each, and the version that comes of them: put in when the site is built. */
declare const chorPrecache: readonly (readonly [path: string, hash: string])[];
declare const chorVersion: string;

interface Waiting {
  waitUntil(what: Promise<unknown>): void;
}
interface Scope {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(event: 'install' | 'activate', listen: (event: Waiting) => void): void;
  addEventListener(event: 'message', listen: (event: { readonly data: unknown }) => void): void;
  addEventListener(
    event: 'fetch',
    listen: (event: { readonly request: Request; respondWith(answer: Promise<Response>): void }) => void,
  ): void;
}

const scope = globalThis as unknown as Scope;
const prefix = 'chor-playground-';
const own = `${prefix}${chorVersion}`;
const root = scope.registration.scope;
const addressOf = (path: string): string => new URL(path, root).href;

/**
 * What is the same as before is taken from there; the rest comes from the network, past what the browser has kept by
 * itself.
 */
async function install(): Promise<void> {
  const cache = await caches.open(own);
  await Promise.all(
    chorPrecache.map(async ([path, hash]) => {
      const address = addressOf(path);
      const before = await caches.match(`${address}?${hash}`);
      const answer = before ?? (await fetch(address, { cache: 'no-cache' }));
      if (!answer.ok) throw new Error(`${path} can’t be loaded (${answer.status}).`);
      await cache.put(`${address}?${hash}`, answer);
    }),
  );
}

async function activate(): Promise<void> {
  for (const name of await caches.keys()) if (name.startsWith(prefix) && name !== own) await caches.delete(name);
  await scope.clients.claim();
}

const hashes = new Map(chorPrecache.map(([path, hash]) => [addressOf(path), hash]));

async function answer(request: Request, address: string, hash: string): Promise<Response> {
  const kept = await (await caches.open(own)).match(`${address}?${hash}`);
  return kept ?? fetch(request);
}

scope.addEventListener('install', (event) => event.waitUntil(install()));
scope.addEventListener('activate', (event) => event.waitUntil(activate()));
scope.addEventListener('message', ({ data }) => {
  if (data === 'take over') void scope.skipWaiting();
});
scope.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  const bare = request.url.replace(/[?#].*$/, '');
  const address = bare.endsWith('/') ? `${bare}index.html` : bare;
  const hash = hashes.get(address);
  if (hash !== undefined) event.respondWith(answer(request, address, hash));
});
