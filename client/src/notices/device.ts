import { type Cell, createCell } from '../cell.ts';
import { chosenLanguage } from '../language/language.ts';
import type { Ask } from '../wire/ask.ts';
import { forgetNotices, wantNotices, wantsNotices } from './forget-device.ts';

/**
 * How this browser stands: `push` is told of what happens also while no page is open, `page` only while one is, since its
 * push service can't be used.
 */
export type DeviceState = 'insecure' | 'unsupported' | 'denied' | 'off' | 'page' | 'push';

export type Device = {
  /** Undefined until it is known. */
  state: Cell<DeviceState | undefined>;
  registration(): Promise<ServiceWorkerRegistration | undefined>;
  turnOn(): Promise<void>;
  turnOff(): Promise<void>;
  /** Looks how things stand, and says so to the server; returns what ends it. */
  watch(): () => void;
};

const readyMs = 10_000;
const devices = new Map<string, Device>();

/** The one for somebody in this browser; `owner` names the log and the member. */
export function deviceOf(owner: string, ask: Ask['notices']): Device {
  const known = devices.get(owner);
  if (known) return known;
  devices.clear();
  const device = createDevice(owner, ask);
  devices.set(owner, device);
  return device;
}

function createDevice(owner: string, ask: Ask['notices']): Device {
  const state = createCell<DeviceState | undefined>(undefined);
  /** The service worker, which shows notices, has had its time to come. */
  let waited = false;

  async function look(): Promise<void> {
    state.set(await stateNow());
  }

  async function stateNow(): Promise<DeviceState> {
    if (!isSecureContext) return 'insecure';
    if (!('Notification' in window && 'serviceWorker' in navigator)) return 'unsupported';
    if (Notification.permission === 'denied') return 'denied';
    if (Notification.permission !== 'granted' || !wantsNotices(owner)) return 'off';
    const worker = await navigator.serviceWorker.getRegistration();
    if (worker === undefined && waited) return 'unsupported';
    const subscription = await worker?.pushManager?.getSubscription().catch(() => null);
    return subscription ? 'push' : 'page';
  }

  return {
    state,
    registration,
    async turnOn() {
      if ((await Notification.requestPermission()) === 'granted') {
        wantNotices(owner, true);
        await look(); // the page can show them from now on, whatever becomes of the rest
        await subscribe(ask);
        waited = true;
      }
      await look();
    },
    async turnOff() {
      await ask.unsubscribe.mutate();
      wantNotices(owner, false);
      await forgetNotices().catch(() => undefined);
      await look();
    },
    watch() {
      let watching = true;
      const refresh = async () => {
        await look();
        const now = state.get();
        if (watching && (now === 'push' || now === 'page')) {
          await subscribe(ask);
          waited = true;
          await look();
        }
      };
      void refresh();
      const stopHearing = chosenLanguage.subscribe(() => void refresh());
      let permission: PermissionStatus | undefined;
      const onChange = () => void refresh();
      void navigator.permissions?.query({ name: 'notifications' }).then(
        (found) => {
          permission = found;
          if (watching) found.addEventListener('change', onChange);
        },
        () => undefined,
      );
      return () => {
        watching = false;
        stopHearing();
        permission?.removeEventListener('change', onChange);
      };
    },
  };
}

/** The page's worker, which may still be installing; undefined where it doesn't come. */
async function registration(): Promise<ServiceWorkerRegistration | undefined> {
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), readyMs));
  return Promise.race([navigator.serviceWorker.ready, late]);
}

/** Where the browser's push service can't be used there is none, and the page shows notices while it is open. */
async function subscribe(ask: Ask['notices']): Promise<void> {
  const manager = (await registration())?.pushManager;
  if (manager === undefined) return;
  const { publicKey } = await ask.key.query();
  const subscription = await subscriptionOf(manager, publicKey).catch(() => undefined);
  const { endpoint, keys } = subscription?.toJSON() ?? {};
  if (endpoint === undefined || keys?.p256dh === undefined || keys.auth === undefined) return;
  const { p256dh, auth } = keys;
  try {
    await ask.subscribe.mutate({ endpoint, p256dh, auth, language: chosenLanguage.get() });
  } catch {
    // The next page that is opened says it again.
  }
}

/** One that was made for another workspace's key is of no use. */
async function subscriptionOf(manager: PushManager, publicKey: string): Promise<PushSubscription> {
  const known = await manager.getSubscription();
  if (known && sameKey(known.options.applicationServerKey, publicKey)) return known;
  await known?.unsubscribe();
  return manager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
}

function sameKey(bytes: ArrayBuffer | null, text: string): boolean {
  if (bytes === null) return false;
  const coded = btoa(String.fromCharCode(...new Uint8Array(bytes)));
  return coded.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '') === text;
}
