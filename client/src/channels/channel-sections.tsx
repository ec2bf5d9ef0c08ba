import type { ReactNode } from 'react';
import type { Sidebar } from '../../../shared/protocol.ts';
import { IconButton } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { Menu } from '../design/menu.tsx';
import { usePhrases } from '../language/use-phrases.ts';
import { ChannelList } from './channel-list.tsx';
import { type Section, withCollapsed, withoutSection } from './sections.ts';
import './channel-sections.css';
import './channels.css';

type ChannelSectionsProps = {
  sections: readonly Section[];
  sidebar: Sidebar;
  current: number | undefined;
  /** The whole arrangement as it is from now on, on all of the member's devices. */
  arrange(sidebar: Sidebar): void;
  onChoose(): void;
  onBrowse(): void;
  onCreate: (() => void) | undefined;
  onStartDirect(): void;
  onPeople(): void;
  onNameSection(section: string | undefined): void;
};

/** The sidebar's channels under their headings; each heading folds what is below it. */
export function ChannelSections(props: ChannelSectionsProps) {
  const { sections, sidebar, current, arrange, onChoose } = props;
  return (
    <>
      {sections.map((section) => (
        <section className="channel-section" key={section.key} aria-labelledby={`section-${section.key}`}>
          <Heading section={section} onToggle={() => arrange(withCollapsed(sidebar, section.key, !section.collapsed))}>
            <Actions {...props} section={section} />
          </Heading>
          <ChannelList channels={section.shown} current={current} onChoose={onChoose} />
        </section>
      ))}
    </>
  );
}

type HeadingProps = { section: Section; onToggle(): void; children: ReactNode };

function Heading({ section, onToggle, children }: HeadingProps) {
  const { channels } = usePhrases();
  return (
    <div className="section-heading">
      <h2 id={`section-${section.key}`}>
        <button type="button" aria-expanded={!section.collapsed} onClick={onToggle}>
          <span className="section-chevron">
            <Icon name="chevron" />
          </span>
          <bdi>{section.name ?? channels.sections[section.key as keyof typeof channels.sections]}</bdi>
        </button>
      </h2>
      {children}
    </div>
  );
}

function Actions(props: ChannelSectionsProps & { section: Section }) {
  const { section, sidebar, arrange, onBrowse, onCreate, onStartDirect, onPeople, onNameSection } = props;
  const { channels, direct, workspace } = usePhrases();
  if (section.key === 'favourites') return null;
  if (section.key === 'direct')
    return (
      <>
        <IconButton icon="people" label={workspace.everyone} onClick={onPeople} />
        <IconButton icon="plus" label={direct.start} onClick={onStartDirect} />
      </>
    );
  if (section.name !== undefined)
    return (
      <Menu
        button={<Icon name="more" />}
        buttonProps={{ className: 'icon-button', 'aria-label': channels.sectionMenu(section.name) }}
      >
        <button type="button" onClick={() => onNameSection(section.key)}>
          {channels.renameSection}
        </button>
        <button type="button" onClick={() => arrange(withoutSection(sidebar, section.key))}>
          {channels.removeSection}
        </button>
      </Menu>
    );
  return (
    <>
      <IconButton icon="list" label={channels.browse} onClick={onBrowse} />
      {onCreate && <IconButton icon="plus" label={channels.create} onClick={onCreate} />}
      <Menu
        button={<Icon name="more" />}
        buttonProps={{ className: 'icon-button', 'aria-label': channels.arrangement }}
      >
        <button type="button" onClick={() => onNameSection(undefined)}>
          <Icon name="folder" />
          {channels.newSection}
        </button>
        <button
          type="button"
          aria-pressed={sidebar.unreadFirst}
          onClick={() => arrange({ ...sidebar, unreadFirst: !sidebar.unreadFirst })}
        >
          <Icon name={sidebar.unreadFirst ? 'check' : 'down'} />
          {channels.unreadFirst}
        </button>
      </Menu>
    </>
  );
}
