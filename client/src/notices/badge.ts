const plain = '/favicon.svg';
const marked = '/favicon-unread.svg';

/** On the app's icon how many messages call me, and on the tab's that some do. */
export function showCalls(calls: number): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  const href = calls > 0 ? marked : plain;
  if (link && link.getAttribute('href') !== href) link.href = href;
  if (!('setAppBadge' in navigator)) return;
  void (calls > 0 ? navigator.setAppBadge(calls) : navigator.clearAppBadge()).catch(() => undefined);
}
