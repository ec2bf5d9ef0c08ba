import { type Cell, createCell } from '../cell.ts';

/** What Chromium hands over where the page can be installed; others have their own way, in a menu. */
type InstallPrompt = Event & { prompt(): Promise<unknown> };

export const installPrompt: Cell<InstallPrompt | undefined> = createCell<InstallPrompt | undefined>(undefined);

export function watchInstalling(): void {
  addEventListener('beforeinstallprompt', (event) => {
    // Nobody is asked unasked: the settings offer it.
    event.preventDefault();
    installPrompt.set(event as InstallPrompt);
  });
  addEventListener('appinstalled', () => installPrompt.set(undefined));
}
