/**
 * @file Registers the service worker: the page then works without network, and on hosts that cannot send headers it becomes isolated,
 * so that threads can share memory. For that it is loaded once more, and only once.
 */

const MARK = 'playground-isolated';

export async function workOffline(): Promise<void> {
  if (!('serviceWorker' in navigator) || !isSecureContext) return;
  try {
    await navigator.serviceWorker.register(new URL('service-worker.js', import.meta.url), { type: 'module' });
    const { active } = await navigator.serviceWorker.ready;
    if (globalThis.crossOriginIsolated || !active || sessionStorage.getItem(MARK)) return;
    sessionStorage.setItem(MARK, 'tried');
    location.reload();
  } catch {
    // Without it the page works all the same, on one thread and with a network.
  }
}
