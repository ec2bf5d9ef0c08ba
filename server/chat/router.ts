import { channelsRouter } from './channels/channels-router.ts';
import { clusterRouter } from './cluster/cluster-router.ts';
import { draftsRouter } from './drafts/drafts-router.ts';
import { ephemeral, events } from './events/subscriptions.ts';
import { filesRouter } from './files/files-router.ts';
import { identityRouter } from './identity/identity-router.ts';
import { invitesRouter } from './invites/invites-router.ts';
import { membersRouter } from './members/members-router.ts';
import { messagesRouter } from './messages/messages-router.ts';
import { threadsRouter } from './messages/threads-router.ts';
import { noticesRouter } from './notices/notices-router.ts';
import { router } from './procedures.ts';
import { searchRouter } from './search/search-router.ts';
import { workspaceRouter } from './workspace/workspace-router.ts';

export const chatRouter = router({
  events,
  ephemeral,
  identity: identityRouter,
  workspace: workspaceRouter,
  channels: channelsRouter,
  members: membersRouter,
  drafts: draftsRouter,
  messages: messagesRouter,
  threads: threadsRouter,
  notices: noticesRouter,
  search: searchRouter,
  files: filesRouter,
  invites: invitesRouter,
  cluster: clusterRouter,
});

/** The page's only tie to this code: `import type`. */
export type ChatRouter = typeof chatRouter;
