import { queryOptions } from '@tanstack/react-query';
import type { SingleMessage } from '../../../shared/protocol.ts';
import { applyToMessage, applyToPins, applyToSaved } from '../messages/kept.ts';
import type { Session } from './session.ts';

export function messageQuery({ ask, reader }: Session, message: number) {
  return queryOptions<SingleMessage>({
    queryKey: ['message', message],
    queryFn: () => reader.read((signal) => ask.messages.one.query({ message }, { signal }), applyToMessage),
  });
}

export function pinsQuery({ ask, reader }: Session, channel: number) {
  return queryOptions({
    queryKey: ['pins', channel] as const,
    queryFn: () =>
      reader.read(
        (signal) => ask.messages.pins.query({ channel }, { signal }),
        (list, event) => applyToPins(channel, list, event),
      ),
  });
}

export function savedQuery({ ask, reader }: Session) {
  return queryOptions({
    queryKey: ['saved'] as const,
    queryFn: () => reader.read((signal) => ask.messages.saved.query(undefined, { signal }), applyToSaved),
  });
}
