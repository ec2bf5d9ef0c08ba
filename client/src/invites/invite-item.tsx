import type { Invite } from '../../../shared/protocol.ts';
import { CopyButton } from '../copying/copy-button.tsx';
import { Button } from '../design/button.tsx';
import { useFormats, useMorePhrases } from '../language/use-phrases.ts';
import { inviteAddress } from './invite-address.ts';

export function InviteItem({ invite, revoke }: { invite: Invite; revoke(): void }) {
  const { invites } = useMorePhrases();
  const formats = useFormats();
  const { code, uses, maximumUses, expiresAt, guests } = invite;
  return (
    <li>
      <div>
        <code>…{code.slice(-6)}</code>
        <span>
          {invites.used(uses, maximumUses)} · {invites.expires(formats.until(expiresAt, Date.now()))}
          {guests && ` · ${invites.withGuests}`}
        </span>
      </div>
      <CopyButton text={inviteAddress(code)} label={invites.copyNamed(code.slice(-6))} />
      <Button kind="danger" size="small" aria-label={invites.revokeNamed(code.slice(-6))} onClick={revoke}>
        {invites.revoke}
      </Button>
    </li>
  );
}
