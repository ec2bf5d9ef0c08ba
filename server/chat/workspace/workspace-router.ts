import { workspaceNameLimit } from '../../../shared/limits.ts';
import { RenameWorkspace, Sidebar } from '../../../shared/protocol.ts';
import { faultInName } from '../../../shared/text-rules.ts';
import { router, signedIn } from '../procedures.ts';
import { Refusal } from '../refusal.ts';

export const workspaceRouter = router({
  /** All that the page shows around a conversation, of one moment of the log. */
  snapshot: signedIn.query(({ ctx }) => ctx.store.workspace(ctx.me.id)),

  rename: signedIn.input(RenameWorkspace).mutation(({ ctx, input: { name } }) => {
    if (faultInName(name, workspaceNameLimit) !== undefined)
      throw new Refusal('name-invalid', { limit: workspaceNameLimit });
    return ctx.store.write({ kind: 'rename-workspace', author: ctx.me.id, name: name.trim() });
  }),

  setSidebar: signedIn.input(Sidebar).mutation(({ ctx, input: sidebar }) => {
    if (sidebar.sections.some(({ name }) => faultInName(name) !== undefined)) throw new Refusal('name-invalid');
    return ctx.store.write({ kind: 'set-sidebar', member: ctx.me.id, sidebar });
  }),
});
