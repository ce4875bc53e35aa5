// Runs in the frame of a view, before its script: gives it what VS Code would, and the colours of the page around it.
interface Api {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

const key = `chor.playground.${location.pathname.split('/').at(-1) ?? ''}`;

const api: Api = {
  postMessage: (message) => parent.postMessage(message, location.origin),
  getState() {
    try {
      return JSON.parse(sessionStorage.getItem(key) ?? 'null') ?? undefined;
    } catch {
      return undefined;
    }
  },
  setState(state) {
    try {
      sessionStorage.setItem(key, JSON.stringify(state));
    } catch {
      // Then it begins anew with the page.
    }
  },
};
Object.assign(globalThis, { acquireVsCodeApi: () => api });

const colour = (scheme: unknown): void => {
  const dark = scheme === 'dark';
  document.documentElement.dataset['scheme'] = dark ? 'dark' : 'light';
  document.body.className = dark ? 'vscode-dark' : 'vscode-light';
};
colour(location.hash.slice(1));
addEventListener('message', ({ data }: MessageEvent<{ type?: unknown; scheme?: unknown }>) => {
  if (data.type === 'scheme') colour(data.scheme);
});
