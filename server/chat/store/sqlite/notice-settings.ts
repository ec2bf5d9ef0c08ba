import { defaultNotices } from '../../../../shared/notice-rules.ts';
import { NoticeSettings } from '../../../../shared/protocol.ts';
import type { Connection } from './connection.ts';

export async function readNoticeSettings(reader: Pick<Connection, 'all'>, member: number): Promise<NoticeSettings> {
  const [row] = await reader.all<{ notices: string | null }>('SELECT notices FROM members WHERE id = ?', member);
  return noticesOf(row?.notices ?? null);
}

export function noticesOf(text: string | null): NoticeSettings {
  return text === null ? defaultNotices : NoticeSettings.parse(JSON.parse(text));
}
