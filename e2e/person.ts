import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  expect,
  type Locator,
  type Page,
} from '@playwright/test';

/** Where it is between noon and one: no day begins while a test lasts, and today has had hours. */
function noonZone(): string {
  const east = 12 - new Date().getUTCHours();
  return `Etc/GMT${east > 0 ? '-' : '+'}${Math.abs(east)}`;
}

/** Someone in front of the page, with a browser profile of their own. */
export class Person {
  readonly page: Page;
  readonly name: string;

  constructor(page: Page, name: string) {
    this.page = page;
    this.name = name;
  }

  static async arrive(
    browser: Browser,
    name: string,
    url: string,
    options: BrowserContextOptions = {},
  ): Promise<Person> {
    // Only tests of it have a service worker: what it answers, no route of a test would see.
    const context = await browser.newContext({
      baseURL: url,
      locale: 'en-GB',
      timezoneId: noonZone(),
      serviceWorkers: 'block',
      ...options,
    });
    return new Person(await context.newPage(), name);
  }

  get context(): BrowserContext {
    return this.page.context();
  }

  // Coming in

  async setUp(link: string, workspace: string, password: string): Promise<void> {
    await this.page.goto(link);
    await this.page.getByRole('textbox', { name: 'Name of the workspace' }).fill(workspace);
    await this.page.getByRole('textbox', { name: 'Your name' }).fill(this.name);
    await this.page.getByLabel('Password', { exact: true }).fill(password);
    await this.page.getByRole('button', { name: 'Create the workspace' }).click();
  }

  async openInvite(code: string): Promise<void> {
    await this.page.goto(`/join/${code}`);
  }

  async joinAsGuest(code: string): Promise<void> {
    await this.openInvite(code);
    await this.fillInAsGuest();
  }

  async fillInAsGuest(): Promise<void> {
    await this.page.getByRole('radio', { name: 'As a guest' }).check();
    await this.page.getByRole('textbox', { name: 'Your name' }).fill(this.name);
    await this.page.getByRole('button', { name: 'Join', exact: true }).click();
  }

  async joinAsMember(code: string, password: string): Promise<void> {
    await this.openInvite(code);
    await this.page.getByRole('textbox', { name: 'Your name' }).fill(this.name);
    await this.page.getByLabel('Password', { exact: true }).fill(password);
    await this.page.getByRole('button', { name: 'Join', exact: true }).click();
  }

  async signIn(password: string): Promise<void> {
    await this.page.goto('/');
    await this.page.getByRole('textbox', { name: 'Your name' }).fill(this.name);
    await this.page.getByLabel('Password', { exact: true }).fill(password);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
  }

  /** Takes over a session that was opened elsewhere. */
  async use(cookie: string, url: string): Promise<void> {
    const [name = '', value = ''] = cookie.split('=');
    await this.context.addCookies([{ name, value, url }]);
    await this.page.goto('/');
  }

  /** What a program needs to act in this person's session. */
  async cookie(): Promise<string> {
    await this.expectInside();
    return (await this.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  // Talking

  get log(): Locator {
    return this.page.getByRole('log');
  }

  get composer(): Locator {
    return this.page.getByRole('textbox', { name: /^Message / });
  }

  async sendMessage(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  async expectMessage(text: string): Promise<void> {
    await expect(this.messageWith(text)).toHaveAttribute('data-state', 'sent');
  }

  messageWith(text: string): Locator {
    return this.log.locator('[data-client-id]').filter({ hasText: text });
  }

  /** What fits a pattern in the conversation, from the top down. */
  async written(pattern: RegExp): Promise<string[]> {
    const rows = await this.log.locator('[data-client-id][data-state="sent"]').allInnerTexts();
    return rows.flatMap((row) => pattern.exec(row)?.[0] ?? []);
  }

  async expectWritten(pattern: RegExp, texts: string[]): Promise<void> {
    await expect.poll(() => this.written(pattern)).toEqual(texts);
  }

  // The connection

  /** The replica that serves this page now. */
  async replica(): Promise<string> {
    await expect(this.page.locator('html')).toHaveAttribute('data-replica', /^chat-\d$/);
    return (await this.page.locator('html').getAttribute('data-replica')) ?? '';
  }

  async expectInside(): Promise<void> {
    await expect(this.composer).toBeVisible();
    await this.replica();
  }
}
