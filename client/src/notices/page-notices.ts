import { noticeReason, noticeTag, noticeText, type Recipient } from '../../../shared/notice-rules.ts';
import type { FollowedThread, JoinedChannel, LogEvent, Message, NoticeSettings } from '../../../shared/protocol.ts';
import { isQuiet } from '../../../shared/quiet-times.ts';
import type { Cell } from '../cell.ts';
import { placeName } from '../place-name.ts';
import type { Ask } from '../wire/ask.ts';
import type { Device } from './device.ts';
import { closeNotices, type NoticeWords, showNotice } from './show-notice.ts';
import { playSound } from './sound.ts';
import { isAnyFocused, leadAmongTabs, tellFocus } from './tabs.ts';

type Posted = Extract<LogEvent, { kind: 'message-posted' }>;

export type PageNoticesOptions = {
  owner: string;
  me: number;
  device: Device;
  ask: Ask['notices'];
  /** Each event, after it was applied to what is below. */
  heard: Cell<LogEvent | undefined>;
  channels(): JoinedChannel[];
  settings(): NoticeSettings;
  /** A thread, where I follow it. */
  thread(root: number): Pick<FollowedThread, 'lastNumber' | 'readNumber'> | undefined;
  words(): NoticeWords;
  /** Goes there within the page. */
  open(path: string): void;
};

/**
 * Shows notices while the page is open and nobody looks at it, in one of the browser's tabs, and takes them away once they
 * are read, on whatever device. Returns what ends it.
 */
export function startPageNotices(options: PageNoticesOptions): () => void {
  const { owner, device } = options;
  const focus = `ronda.focus.${owner}`;
  const stops = [device.watch()];
  if (isSecureContext && 'locks' in navigator && 'serviceWorker' in navigator)
    stops.push(
      tellFocus(focus),
      leadAmongTabs(`ronda.notices.${owner}`, () => leadNotices(options, focus)),
      listenForClicks(options.open),
    );
  return () => {
    for (const stop of stops) stop();
  };
}

function leadNotices(options: PageNoticesOptions, focus: string): () => void {
  void withdraw(options);
  return options.heard.subscribe(() => {
    const event = options.heard.get();
    if (event?.kind === 'message-posted') void tell(event, options, focus).catch(reportError);
    else if (event !== undefined && withdrawing.has(event.kind)) void withdraw(options, event).catch(reportError);
  });
}

/** That I follow a thread from its first reply on is told behind the reply. */
const followMs = 300;

async function tell({ message, author }: Posted, options: PageNoticesOptions, focus: string): Promise<void> {
  const { device, ask } = options;
  if (message.number === 0) await new Promise((resolve) => setTimeout(resolve, followMs));
  const channel = options.channels().find(({ id }) => id === message.channel);
  const settings = options.settings();
  const state = device.state.get();
  if (channel === undefined || (state !== 'push' && state !== 'page')) return;
  if (!isForMe(message, channel, options) || isQuiet(settings, Date.now()) || (await isAnyFocused(focus))) return;
  const registration = await device.registration();
  if (registration === undefined) return;
  const thread = message.number === 0 ? message.thread : undefined;
  const place = channel.direct && channel.people.length < 2 ? '' : placeName(channel);
  const notice = {
    tag: noticeTag(channel.id, thread),
    ...{ channel: channel.id, message: message.id, author: author.name, place, count: 1 },
    text: settings.hideText ? '' : noticeText(message.text, message.attachments),
  };
  // The browser's own sound beside ours would be one too many.
  if (!(await showNotice(registration, notice, options.words(), true))) return;
  if (settings.sound) void playSound();
  const shown = { channel: channel.id, message: message.id };
  if (state === 'push')
    await ask.shown.mutate(thread === undefined ? shown : { ...shown, thread }).catch(() => undefined);
}

/** By the rules that the replicas have, and not read yet. */
function isForMe(message: Message, channel: JoinedChannel, { me, settings, thread }: PageNoticesOptions): boolean {
  const { membership, direct, readNumber } = channel;
  const followed = message.thread === undefined ? undefined : thread(message.thread);
  const recipient: Recipient = {
    ...{ member: me, level: membership.level, muted: membership.muted, direct },
    follows: followed !== undefined,
    keywords: settings().keywords,
  };
  if (message.number > 0 && message.number <= readNumber) return false;
  return (message.threadNumber ?? 1) > (followed?.readNumber ?? 0) && noticeReason(message, recipient) !== undefined;
}

const withdrawing = new Set<LogEvent['kind']>(['channel-read', 'thread-read', 'channel-left', 'message-deleted']);

/** What was read elsewhere, is gone, or isn't mine to see any more. */
async function withdraw({ device, channels, thread: find }: PageNoticesOptions, event?: LogEvent): Promise<void> {
  const registration = await device.registration();
  if (registration === undefined) return;
  const unread = new Map(channels().map(({ id, lastNumber, readNumber }) => [id, lastNumber > readNumber]));
  const deleted = event?.kind === 'message-deleted' ? event.message : undefined;
  await closeNotices(registration, (tag, { channel, message }) => {
    if (channel === undefined) return false;
    if (!unread.has(channel) || message === deleted) return true;
    const root = Number(/^thread-(\d+)$/.exec(tag)?.[1] ?? 0);
    if (root === 0) return !unread.get(channel);
    const thread = find(root);
    return thread !== undefined && thread.lastNumber <= thread.readNumber;
  });
}

function listenForClicks(open: (path: string) => void): () => void {
  const onMessage = ({ data, ports }: MessageEvent) => {
    if (data?.kind !== 'open-notice' || typeof data.path !== 'string') return;
    ports[0]?.postMessage(true);
    open(data.path);
  };
  navigator.serviceWorker.addEventListener('message', onMessage);
  return () => navigator.serviceWorker.removeEventListener('message', onMessage);
}
