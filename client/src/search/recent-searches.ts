const most = 8;
const longest = 300;

/** What was looked for on this device, the last first. `owner` names the log and the member; it goes with the drafts. */
export function recentSearches(owner: string): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(owner)) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string').slice(0, most) : [];
  } catch {
    return [];
  }
}

export function rememberSearch(owner: string, typed: string): void {
  const text = typed.trim();
  if (text === '' || text.length > longest) return;
  keep(owner, [text, ...recentSearches(owner).filter((other) => other !== text)].slice(0, most));
}

function keep(owner: string, searches: string[]): void {
  try {
    localStorage.setItem(keyOf(owner), JSON.stringify(searches));
  } catch {
    // Then nothing is remembered.
  }
}

const keyOf = (owner: string) => `ronda.searches.${owner}`;
