import { type ReactNode, useState } from 'react';
import { mentionsMany } from '../../../shared/mentions.ts';
import type { JoinedChannel } from '../../../shared/protocol.ts';
import type { WaitingFile } from '../files/upload.ts';
import { laterDialog } from '../loading/later-dialog.tsx';
import { useSession } from './session-context.tsx';

const ConfirmMany = laterDialog(async () => (await import('../mentions/confirm-many.tsx')).ConfirmMany);

/** Calling more people than this at once is asked about first. */
const crowd = 20;
const answerTimeoutMs = 3_000;

type Question = { people: number | undefined; answer(sends: boolean): void };

type Files = readonly WaitingFile[];

type CrowdCheck = {
  /** Sends at once, or asks first and tells what was answered. */
  send(text: string, files: Files): Promise<boolean> | undefined;
  dialog: ReactNode;
};

export function useCrowdCheck({ id, name }: JoinedChannel, write: (text: string, files: Files) => unknown): CrowdCheck {
  const { ask } = useSession();
  const [question, setQuestion] = useState<Question>();

  const check = async (text: string, files: Files): Promise<boolean> => {
    const signal = AbortSignal.timeout(answerTimeoutMs);
    const found = await ask.members.search.query({ channel: id, limit: 1 }, { signal }).catch(() => undefined);
    const small = found !== undefined && found.total <= crowd;
    const sends = small || (await new Promise((answer) => setQuestion({ people: found?.total, answer })));
    setQuestion(undefined);
    if (sends) write(text, files);
    return sends;
  };

  return {
    send(text, files) {
      if (mentionsMany(text)) return check(text, files);
      write(text, files);
      return undefined;
    },
    dialog: question && (
      <ConfirmMany
        channelName={name}
        people={question.people}
        send={() => question.answer(true)}
        onClose={() => question.answer(false)}
      />
    ),
  };
}
