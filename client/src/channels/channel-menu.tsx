import { useEffect, useState } from 'react';
import { copyText } from '../design/copy-text.ts';
import { Icon } from '../design/icon.tsx';
import { later } from '../design/later.tsx';
import { Menu } from '../design/menu.tsx';
import { usePhrases } from '../language/use-phrases.ts';
import { withPhrases } from '../loading/with-phrases.ts';
import { placeName } from '../place-name.ts';
import { channelLink } from './channel-link.ts';
import type { ChannelMenuProps } from './channel-menu-items.tsx';

const ChannelMenuItems = later(withPhrases(async () => (await import('./channel-menu-items.tsx')).ChannelMenuItems));

const copiedShownMs = 3_000;

/** It opens from the first moment on; what is in it loads when that is first asked for, and again where it failed. */
export function ChannelMenu(props: ChannelMenuProps) {
  const { channel } = props;
  const { actions, channels, direct } = usePhrases();
  const [open, setOpen] = useState(false);
  const [copied, setCopied] = useState<boolean>();
  useEffect(() => {
    if (copied === undefined) return;
    const timer = setTimeout(() => setCopied(undefined), copiedShownMs);
    return () => clearTimeout(timer);
  }, [copied]);
  const name = channel.direct ? direct.menu(channel.name) : channels.menu(placeName(channel));
  return (
    <>
      <Menu
        button={<Icon name="more" />}
        buttonProps={{ className: 'icon-button', 'aria-label': name }}
        onToggle={setOpen}
      >
        {open && <ChannelMenuItems {...props} onCopy={() => void copyText(channelLink(channel.id)).then(setCopied)} />}
      </Menu>
      <span className="channel-copied" role="status">
        {copied !== undefined && (copied ? channels.linkCopied : actions.copyFailed)}
      </span>
    </>
  );
}
