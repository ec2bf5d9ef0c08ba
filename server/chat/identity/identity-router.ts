import { passwordLimit, passwordMinimum, workspaceNameLimit } from '../../../shared/limits.ts';
import {
  ChangePassword,
  EndSessions,
  EnterDemo,
  HandOver,
  InviteCode,
  Join,
  PasswordLink,
  ResetPassword,
  SetUp,
  SignIn,
  type Status,
} from '../../../shared/protocol.ts';
import { faultInName, foldName } from '../../../shared/text-rules.ts';
import type { Context, HttpContext, SessionCookie } from '../context.ts';
import { anyone, overHttp, router, signedIn } from '../procedures.ts';
import { Refusal } from '../refusal.ts';
import type { NewSession } from '../store/mutations.ts';
import type { Session } from '../store/store.ts';
import { hashPassword, passwordMatches } from './password.ts';
import { hashSecret, mintSession } from './session-secret.ts';

const renewAfterMs = 86_400_000;

/** A place is one address, and behind it may be a school: what one person tries is counted by name as well. */
export const identityRouter = router({
  status: anyone.query(async ({ ctx }): Promise<Status> => {
    const status = await ctx.store.status();
    if (status.state === 'set-up-needed') return status;
    const { workspace } = status;
    await renewWhenOld(ctx);
    if (ctx.session) return { state: 'signed-in', workspace, me: ctx.session.member };
    const demo = ctx.over.kind === 'http' ? ctx.over.demo : undefined;
    const secretHash = ctx.over.kind === 'http' ? ctx.over.cookie.secretHash : undefined;
    const member = secretHash === undefined ? undefined : await ctx.store.removed(secretHash);
    const removed = member === undefined ? undefined : { log: ctx.store.log, member };
    const endedOf = secretHash === undefined || removed ? undefined : await ctx.store.ended(secretHash);
    const ended = endedOf === undefined ? undefined : { log: ctx.store.log, member: endedOf };
    return {
      state: 'signed-out',
      workspace,
      ...(removed && { removed }),
      ...(ended && { ended }),
      ...(demo && { demo }),
    };
  }),

  invite: overHttp.input(InviteCode).query(async ({ ctx, input }) => {
    await ctx.countAttempt([{ key: `invite ${ctx.place}`, limit: 1_000 }]);
    return ctx.store.inviteDetails(input.code);
  }),

  setUp: overHttp.input(SetUp).mutation(async ({ ctx, input }) => {
    await ctx.countAttempt([{ key: `set-up ${ctx.place}`, limit: 30 }]);
    const token = await ctx.store.setUpToken(); // before a hash is computed for a stranger
    if (token === undefined) throw new Refusal('already-set-up');
    if (token !== input.token) throw new Refusal('set-up-link-wrong');
    checkName(input.name);
    if (faultInName(input.workspace, workspaceNameLimit) !== undefined)
      throw new Refusal('name-invalid', { limit: workspaceNameLimit });
    const passwordHash = await hashed(input.password);
    return openWith(ctx.cookie, (session) =>
      ctx.store.write({
        kind: 'set-up',
        token: input.token,
        workspace: input.workspace.trim(),
        name: input.name.trim(),
        passwordHash,
        session,
      }),
    );
  }),

  join: overHttp.input(Join).mutation(async ({ ctx, input }) => {
    await ctx.countAttempt([{ key: `join ${ctx.place}`, limit: 1_000 }]);
    checkName(input.name);
    await ctx.store.inviteDetails(input.code); // a worn-out link is refused before a hash is computed for it
    const passwordHash = input.password === undefined ? null : await hashed(input.password);
    return openWith(ctx.cookie, (session) =>
      ctx.store.write({ kind: 'join-workspace', code: input.code, name: input.name.trim(), passwordHash, session }),
    );
  }),

  signIn: overHttp.input(SignIn).mutation(async ({ ctx, input }) => {
    const name = foldName(input.name).slice(0, 100);
    await ctx.countAttempt([
      { key: `sign-in ${ctx.place} ${name}`, limit: 10 },
      { key: `sign-in ${ctx.place}`, limit: 1_000 },
      { key: `sign-in-as ${name}`, limit: 200 },
    ]);
    const credentials = await ctx.store.credentials(input.name);
    const matches = await passwordMatches(input.password.slice(0, passwordLimit), credentials?.passwordHash);
    if (!matches || credentials === undefined) throw new Refusal('wrong-credentials');
    return openWith(ctx.cookie, async (session) => {
      await ctx.store.write({ kind: 'open-session', member: credentials.member, session });
      return { member: credentials.member };
    });
  }),

  /** For whom a link to a new password is. Asked as a mutation, since a secret belongs in no address. */
  passwordLink: overHttp.input(PasswordLink).mutation(async ({ ctx, input }) => {
    await ctx.countAttempt([{ key: `password-link ${ctx.place}`, limit: 100 }]);
    return ctx.store.passwordLink(hashSecret(input.token));
  }),

  resetPassword: overHttp.input(ResetPassword).mutation(async ({ ctx, input }) => {
    await ctx.countAttempt([{ key: `password-link ${ctx.place}`, limit: 100 }]);
    const secretHash = hashSecret(input.token);
    await ctx.store.passwordLink(secretHash); // a worn-out link is refused before a hash is computed for it
    const passwordHash = await hashed(input.password);
    return openWith(ctx.cookie, (session) =>
      ctx.store.write({ kind: 'reset-password', secretHash, passwordHash, session }),
    );
  }),

  /** In the demo, on the machine that it runs on. */
  enterDemo: overHttp.input(EnterDemo).mutation(({ ctx, input }) => {
    if (!ctx.demo?.some(({ id }) => id === input.member)) throw new Refusal('not-allowed');
    return openWith(ctx.cookie, async (session) => {
      await ctx.store.write({ kind: 'open-session', member: input.member, session });
      return { member: input.member };
    });
  }),

  /** Where I am signed in. */
  sessions: signedIn.query(({ ctx }) => ctx.store.sessions(ctx.session)),

  /** When my password was set by a link of somebody's, so that nobody can do so unnoticed. */
  passwordResets: signedIn.query(({ ctx }) => ctx.store.passwordResets(ctx.me.id)),

  endSessions: signedIn.input(EndSessions).mutation(({ ctx, input: { session } }) =>
    ctx.store.write({
      kind: 'end-sessions',
      member: ctx.me.id,
      ...(session === undefined ? { except: ctx.session.id } : { session }),
    }),
  ),

  /** Over HTTP, where attempts are counted: whoever sits down at a page that was left open tries no passwords. */
  changePassword: overHttp.input(ChangePassword).mutation(async ({ ctx, input }) => {
    const { session, before } = await confirmed(ctx, input.current);
    const passwordHash = await hashed(input.password);
    const { endOthers } = input;
    const { id: member } = session.member;
    await ctx.store.write({ kind: 'change-password', member, session: session.id, before, passwordHash, endOthers });
    return null;
  }),

  /** The workspace, to another member: confirmed like a change of password. */
  handOver: overHttp.input(HandOver).mutation(async ({ ctx, input: { member, password } }) => {
    const { session, before } = await confirmed(ctx, password);
    return ctx.store.write({ kind: 'hand-over', author: session.member.id, before, member });
  }),

  signOut: overHttp.mutation(async ({ ctx }) => {
    if (ctx.cookie.secretHash !== undefined)
      await ctx.store.write({ kind: 'end-session', secretHash: ctx.cookie.secretHash });
    ctx.cookie.clear();
    return null;
  }),
});

/** A page that is opened gets a new secret once a day: one that was copied long ago is of no use. */
async function renewWhenOld({ store, session, over }: Context): Promise<void> {
  const secretHash = over.kind === 'http' ? over.cookie.secretHash : undefined;
  if (over.kind !== 'http' || secretHash === undefined || session?.renewedAt === undefined) return;
  if (Date.now() - session.renewedAt < renewAfterMs) return;
  const { secret, ...renewal } = mintSession();
  const { renewed } = await store.write({ kind: 'renew-session', secretHash, session: renewal });
  if (renewed) over.cookie.set(secret, renewal.expiresAt);
}

/** Who asks, and the hash that the password which they give as their own was found to fit. */
async function confirmed(
  {
    session,
    place,
    store,
    countAttempt,
  }: Pick<Context, 'session' | 'store'> & Pick<HttpContext, 'place' | 'countAttempt'>,
  password: string,
): Promise<{ session: Session; before: string }> {
  if (session === undefined) throw new Refusal('not-signed-in');
  const { id: member, name } = session.member;
  await countAttempt([
    { key: `password ${member}`, limit: 10 },
    { key: `sign-in ${place}`, limit: 1_000 },
  ]);
  const credentials = await store.credentials(name);
  const matches = await passwordMatches(password.slice(0, passwordLimit), credentials?.passwordHash);
  if (!matches || credentials?.member !== member) throw new Refusal('wrong-credentials');
  return { session, before: credentials.passwordHash };
}

function checkName(name: string): void {
  if (faultInName(name) !== undefined) throw new Refusal('name-invalid');
}

async function hashed(password: string): Promise<string> {
  if (password.length < passwordMinimum) throw new Refusal('password-too-short', { limit: passwordMinimum });
  if (password.length > passwordLimit) throw new Refusal('password-too-long', { limit: passwordLimit });
  return hashPassword(password);
}

async function openWith<T>(cookie: SessionCookie, write: (session: NewSession) => Promise<T>): Promise<T> {
  const { secret, ...session } = mintSession();
  const result = await write(session);
  cookie.set(secret, session.expiresAt);
  return result;
}
