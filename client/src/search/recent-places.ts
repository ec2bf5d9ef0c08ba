const most = 12;

/** Channels as they were opened in this tab, the last first. */
let places: { owner: string; channels: readonly number[] } = { owner: '', channels: [] };

export function rememberPlace(owner: string, channel: number): void {
  const before = places.owner === owner ? places.channels.filter((other) => other !== channel) : [];
  places = { owner, channels: [channel, ...before].slice(0, most) };
}

export function recentPlaces(owner: string): readonly number[] {
  return places.owner === owner ? places.channels : [];
}
