// Has the site work without a network after its first visit, and says when there is a newer one.

/**
 * Registers the service worker, where there can be one.
 * @param newer told when a newer site is there, with what takes it
 */
export function workOffline(newer: (take: () => void) => void): void {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (!workers) return;
  // The first one takes the page as it is: nothing is newer then.
  let replaced = workers.controller !== null;
  workers.addEventListener('controllerchange', () => {
    if (replaced) location.reload();
    replaced = true;
  });
  const tell = (waiting: ServiceWorker): void => newer(() => waiting.postMessage('take over'));
  workers.register('service-worker.js').then(
    (registration) => {
      if (registration.waiting && workers.controller) tell(registration.waiting);
      registration.addEventListener('updatefound', () => {
        const { installing } = registration;
        installing?.addEventListener('statechange', () => {
          if (installing.state === 'installed' && workers.controller) tell(installing);
        });
      });
    },
    () => undefined,
  );
}
