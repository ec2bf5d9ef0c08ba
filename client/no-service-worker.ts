import type { Plugin } from 'vite';

const worker = `
addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil((async () => {
  await registration.unregister();
  for (const client of await clients.matchAll({ type: 'window' })) client.navigate(client.url);
})()));
`;

/**
 * While developing, the page comes from its sources each time. A worker that a built page has left at the same address
 * would go on answering with what it kept; it finds this in its place, and goes.
 */
export function noServiceWorker(): Plugin {
  return {
    name: 'ronda-no-service-worker',
    apply: 'serve',
    configureServer({ middlewares }) {
      middlewares.use('/service-worker.js', (_, response) => {
        response.setHeader('Content-Type', 'text/javascript');
        response.end(worker);
      });
    },
  };
}
