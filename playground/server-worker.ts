// The server’s worker: the first one is started before the page’s own program is there, so that both are loaded side by side.

const early: typeof globalThis & { chorServer?: Worker } = globalThis;

/** Starts the first one. */
export function startEarly(): void {
  early.chorServer = new Worker('server.js', { name: 'Chor language server' });
}

/** The first one, or, where that was taken, another. */
export function takeServer(): Worker {
  const first = early.chorServer;
  delete early.chorServer;
  return first ?? new Worker('server.js', { name: 'Chor language server' });
}
