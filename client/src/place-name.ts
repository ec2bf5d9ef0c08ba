import type { Channel } from '../../shared/protocol.ts';

/** How a channel is called in a sentence: `#general`, and a direct conversation by the names of its people. */
export function placeName({ name, direct }: Pick<Channel, 'name' | 'direct'>): string {
  return direct ? name : `#${name}`;
}
