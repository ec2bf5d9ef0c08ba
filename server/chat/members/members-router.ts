import { personAboutLimit, personTitleLimit, pronounsLimit, statusTextLimit } from '../../../shared/limits.ts';
import {
  ChangeProfile,
  MemberInput,
  type PersonStatus,
  RemoveMember,
  SearchMembers,
  SetAway,
  SetRole,
  SetStatus,
} from '../../../shared/protocol.ts';
import { faultInMessage, faultInName, isEmoji } from '../../../shared/text-rules.ts';
import { mintPasswordLink } from '../identity/password-link.ts';
import { overSocket, router, signedIn } from '../procedures.ts';
import { Refusal } from '../refusal.ts';

const longestStatusMs = 366 * 86_400_000;

export const membersRouter = router({
  search: signedIn.input(SearchMembers).query(({ ctx, input }) => ctx.store.people(ctx.me.id, input)),

  /** What somebody's card says. */
  profile: signedIn.input(MemberInput).query(({ ctx, input }) => ctx.store.profile(ctx.me.id, input.member)),

  statuses: signedIn.query(({ ctx }) => ctx.store.statuses()),

  /** Of oneself, whoever one is. */
  changeProfile: signedIn.input(ChangeProfile).mutation(({ ctx, input }) => {
    const { name, pronouns, title, about, timeZone } = input;
    if (name !== undefined && faultInName(name) !== undefined) throw new Refusal('name-invalid');
    checkLine(pronouns, pronounsLimit);
    checkLine(title, personTitleLimit);
    if (about && (about.length > personAboutLimit || faultInMessage(about) !== undefined))
      throw new Refusal('profile-invalid', { limit: personAboutLimit });
    if (timeZone && !isTimeZone(timeZone)) throw new Refusal('bad-request');
    return ctx.store.write({
      kind: 'change-profile',
      member: ctx.me.id,
      ...input,
      name: name?.trim(),
      pronouns: pronouns?.trim(),
      title: title?.trim(),
      about: about?.trim(),
    });
  }),

  removeAvatar: signedIn.mutation(({ ctx }) =>
    ctx.store.write({ kind: 'set-avatar', member: ctx.me.id, avatar: null }),
  ),

  setStatus: signedIn.input(SetStatus).mutation(({ ctx, input: { status } }) => {
    if (status !== null) checkStatus(status, Date.now());
    return ctx.store.write({ kind: 'set-status', member: ctx.me.id, status: status && trimmed(status) });
  }),

  /** Nobody has touched this page for some time, or somebody has again. */
  setAway: overSocket.input(SetAway).mutation(({ ctx, input }) => {
    ctx.socket.setAway(input.away);
    return null;
  }),

  remove: signedIn
    .input(RemoveMember)
    .mutation(({ ctx, input }) => ctx.store.write({ kind: 'remove-member', author: ctx.me.id, ...input })),

  /** What of invites would end with somebody's removal. */
  invitesEnding: signedIn
    .input(MemberInput)
    .query(({ ctx, input }) => ctx.store.invitesEnding({ author: ctx.me.id, ...input })),

  /** A one-time link with which they set a new password: `/reset#<token>`. */
  makePasswordLink: signedIn.input(MemberInput).mutation(async ({ ctx, input: { member } }) => {
    const { token, ...link } = mintPasswordLink();
    await ctx.store.write({ kind: 'make-password-link', author: ctx.me.id, member, ...link });
    return { token };
  }),

  setRole: signedIn
    .input(SetRole)
    .mutation(({ ctx, input }) => ctx.store.write({ kind: 'set-role', author: ctx.me.id, ...input })),
});

function checkLine(line: string | undefined, limit: number): void {
  if (line && faultInName(line, limit) !== undefined) throw new Refusal('profile-invalid', { limit });
}

function checkStatus({ emoji, text, until }: PersonStatus, now: number): void {
  const isLine = text === '' || faultInName(text, statusTextLimit) === undefined;
  const isAhead = until === undefined || (until > now && until < now + longestStatusMs);
  if (!isEmoji(emoji) || !isLine || !isAhead) throw new Refusal('profile-invalid', { limit: statusTextLimit });
}

function trimmed(status: PersonStatus): PersonStatus {
  return { ...status, text: status.text.trim() };
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
