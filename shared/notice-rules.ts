import type { FileKind } from './attachment.ts';
import type { Message, NoticeSettings, NotificationLevel } from './protocol.ts';
import { foldName } from './text-rules.ts';

/** Whom a message may be noticed by, and what its channel is to them. */
export type Recipient = {
  member: number;
  level: NotificationLevel;
  muted: boolean;
  /** It is said in a direct conversation. */
  direct: boolean;
  /** They follow the thread that it is said in. */
  follows: boolean;
  keywords: readonly string[];
};

export type NoticeReason = 'mention' | 'keyword' | 'direct' | 'thread' | 'channel';

export const defaultNotices: NoticeSettings = {
  keywords: [],
  quietUntil: 0,
  quietHours: [],
  timeZone: 'UTC',
  hideText: false,
  sound: true,
};

type Noticed = Pick<Message, 'author' | 'text' | 'number' | 'mentions' | 'deletedBy'>;

/** Pure: why somebody is told of a message, or undefined. Pages and replicas ask the same. `folded` is its text. */
export function noticeReason(
  message: Noticed,
  to: Recipient,
  folded = foldName(message.text),
): NoticeReason | undefined {
  if (message.author === to.member || message.deletedBy !== undefined) return undefined;
  if (to.muted || to.level === 'nothing') return undefined;
  const { mentions } = message;
  if (mentions?.people.some(({ member }) => member === to.member)) return 'mention';
  if (mentions?.channel || mentions?.here?.includes(to.member)) return 'mention';
  if (to.keywords.some((keyword) => hasWord(folded, foldName(keyword)))) return 'keyword';
  if (to.direct) return 'direct';
  if (message.number === 0) return to.follows ? 'thread' : undefined;
  return to.level === 'all' ? 'channel' : undefined;
}

const letter = /[\p{L}\p{M}\p{N}_]/u;

/** As a word or several in a row, not inside another word; what is written without spaces has no words to be inside of. */
function hasWord(text: string, word: string): boolean {
  if (word === '') return false;
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const [before = '', after = ''] = [text[at - 1], text[at + word.length]];
    if (spaceless.test(word) || !(letter.test(before) || letter.test(after))) return true;
  }
  return false;
}

const spaceless = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** How much of a message a notice shows. */
const textShown = 160;

// They would turn round what stands beside them.
const directions = /[\u202a-\u202e\u2066-\u2069]/g;

/** In every language. */
const signs: Record<FileKind, string> = { picture: '📷', video: '🎬', audio: '🎵', file: '📎' };

/**
 * A message's text in one line: what is hidden stays hidden, and nothing of it is longer than a notice has room for. One
 * without words is told by what it carries.
 */
export function noticeText(text: string, attachments: Message['attachments'] = []): string {
  const said = inOneLine(text);
  return said !== '' ? said : inOneLine(attachments.map(({ kind, name }) => `${signs[kind]} ${name}`).join(', '));
}

function inOneLine(text: string): string {
  const line = text
    .slice(0, 2_000)
    .replace(/\|\|[\s\S]*?(?:\|\||$)/g, '▒▒▒')
    .replace(directions, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (line.length <= textShown) return line;
  const end = line.slice(0, textShown).replace(/[\ud800-\udbff]$/, '');
  return `${end.trimEnd()}…`;
}

/** The tag under which a place's notice stands: the next one of the same place takes its place. */
export function noticeTag(channel: number, thread?: number): string {
  return thread === undefined ? `channel-${channel}` : `thread-${thread}`;
}
