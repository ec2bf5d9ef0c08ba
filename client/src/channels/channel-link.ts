/** What leads to a channel: whoever may see it can join there. */
export function channelLink(channel: number): string {
  return `${location.origin}/c/${channel}`;
}
