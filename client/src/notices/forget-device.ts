const prefix = 'ronda.notices.';

/** Whether somebody has turned notices on in this browser. */
export function wantsNotices(owner: string): boolean {
  try {
    return localStorage.getItem(`${prefix}${owner}`) === 'on';
  } catch {
    return false;
  }
}

export function wantNotices(owner: string, on: boolean): void {
  try {
    if (on) localStorage.setItem(`${prefix}${owner}`, 'on');
    else localStorage.removeItem(`${prefix}${owner}`);
  } catch {
    // Then it holds for this page.
  }
}

/** Nothing comes to this browser any more, and what is shown goes. Whoever wanted it and comes back has it again. */
export async function forgetNotices(): Promise<void> {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  const registration = await workers?.getRegistration();
  if (registration === undefined) return;
  for (const notice of await registration.getNotifications()) notice.close();
  const subscription = await registration.pushManager?.getSubscription();
  await subscription?.unsubscribe();
  await caches.delete('ronda.notices');
}
