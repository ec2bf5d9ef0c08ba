import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { ChannelHeader } from '../channels/channel-header.tsx';
import { Blank } from '../design/blank.tsx';
import { Button } from '../design/button.tsx';
import { usePhrases } from '../language/use-phrases.ts';
import { useExplain } from '../wire/use-explain.ts';
import { directoryQuery } from './queries.ts';
import { useSession } from './session-context.tsx';

/** The address of a channel that I'm not in: it may be joined, or there is nothing to see. */
export function OutsideChannel({ id, before }: { id: number; before: ReactNode }) {
  const session = useSession();
  const { channels, notFound, opening } = usePhrases();
  const explain = useExplain();
  const directory = useQuery(directoryQuery(session));
  const [fault, setFault] = useState<string>();
  const channel = directory.data?.channels.find((listed) => listed.id === id);
  const join = () => session.ask.channels.join.mutate({ channel: id }).catch((error) => setFault(explain(error)));

  if (directory.isPending) return <Blank title={opening} turning />;
  if (channel === undefined)
    return (
      <>
        {before}
        <Blank title={channels.goneTitle}>
          <p>{directory.isError ? explain(directory.error) : channels.goneText}</p>
          <Link className="button" data-kind="quiet" href="/">
            {notFound.back}
          </Link>
        </Blank>
      </>
    );
  return (
    <>
      <ChannelHeader channel={channel} before={before} />
      <Blank title={channels.previewText}>
        <p>{channels.members(channel.members)}</p>
        {fault && <p role="alert">{fault}</p>}
        <Button kind="primary" aria-label={channels.joinNamed(channel.name)} onClick={() => void join()}>
          {channels.join}
        </Button>
      </Blank>
    </>
  );
}
