export function inviteAddress(code: string): string {
  return `${location.origin}/join/${code}`;
}
