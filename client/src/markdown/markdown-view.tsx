import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { Mentions } from '../../../shared/protocol.ts';
import { undisclosedHost } from './autolink.ts';
import { ChannelNames, noChannels, TextWithChannels } from './channel-names.tsx';
import { CodeBlock } from './code-block.tsx';
import { type Block, type Inline, type ListItem, parseMarkdown } from './markdown.ts';
import { withMentions } from './mention-spans.ts';
import { plainText } from './plain-text.ts';
import { Spoiler } from './spoiler.tsx';
import { TaskMark } from './task-mark.tsx';
import './markdown.css';

type NameOf = (member: number) => string | undefined;
const NameOf = createContext<NameOf | undefined>(undefined);

type MarkdownViewProps = {
  text: string;
  mentions?: Mentions | undefined;
  /** Whom it may call: who reads it, or 0 where that is who wrote it. */
  me?: number;
  /** What somebody is called now, if that is known. */
  nameOf?: NameOf | undefined;
};

/** Markdown as elements: nothing in the text becomes HTML. */
export function MarkdownView({ text, mentions, me = 0, nameOf }: MarkdownViewProps) {
  const blocks = useMemo(() => {
    const parsed = parseMarkdown(text);
    return mentions === undefined ? parsed : withMentions(parsed, { mentions, me });
  }, [text, mentions, me]);
  return <NameOf value={nameOf}>{blocks.map(blockElement)}</NameOf>;
}

// The parts of one text never move, so that their place is their key.

function blockElement(block: Block, key: number): ReactNode {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p key={key} dir="auto">
          {block.children.map(inlineElement)}
        </p>
      );
    case 'heading':
      // Headings of a message are no headings of the page.
      return (
        <p key={key} dir="auto" className="markdown-heading" data-level={block.level}>
          <strong>{block.children.map(inlineElement)}</strong>
        </p>
      );
    case 'quote':
      return (
        <blockquote key={key} dir="auto">
          {block.blocks.map(blockElement)}
        </blockquote>
      );
    case 'code':
      return <CodeBlock key={key} text={block.text} language={block.language} />;
    case 'list':
      return block.start === undefined ? (
        <ul key={key} dir="auto" data-tasks={block.items.some(({ checked }) => checked !== undefined) || undefined}>
          {block.items.map(itemElement)}
        </ul>
      ) : (
        <ol key={key} dir="auto" start={block.start}>
          {block.items.map(itemElement)}
        </ol>
      );
    case 'table':
      return <Table key={key} table={block} />;
    case 'rule':
      return <hr key={key} />;
  }
}

function itemElement({ checked, blocks }: ListItem, key: number): ReactNode {
  return (
    <li key={key} data-task={checked !== undefined || undefined}>
      {checked !== undefined && <TaskMark checked={checked} />}
      <div>{blocks.map(blockElement)}</div>
    </li>
  );
}

function Table({ table }: { table: Extract<Block, { kind: 'table' }> }) {
  const aligned = (column: number) => ({ 'data-align': table.alignments[column] });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll it
    <div className="markdown-table" tabIndex={0} dir="auto">
      <table>
        <thead>
          <tr>{table.head.map((cell, column) => cellElement('th', cell, column, aligned(column)))}</tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows of one text never move
            <tr key={index}>{row.map((cell, column) => cellElement('td', cell, column, aligned(column)))}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function cellElement(Cell: 'th' | 'td', children: Inline[], key: number, props: object): ReactNode {
  return (
    <Cell key={key} {...props}>
      {children.map(inlineElement)}
    </Cell>
  );
}

function inlineElement(inline: Inline, key: number): ReactNode {
  switch (inline.kind) {
    case 'text':
      return inline.text.includes('#') ? <TextWithChannels key={key} text={inline.text} /> : inline.text;
    case 'code':
      return <code key={key}>{inline.text}</code>;
    case 'strong':
      return <strong key={key}>{inline.children.map(inlineElement)}</strong>;
    case 'emphasis':
      return <em key={key}>{inline.children.map(inlineElement)}</em>;
    case 'strike':
      return <s key={key}>{inline.children.map(inlineElement)}</s>;
    case 'spoiler':
      return <Spoiler key={key}>{inline.children.map(inlineElement)}</Spoiler>;
    case 'mention':
      return <Mention key={key} {...inline} />;
    case 'link':
      return <Link key={key} link={inline} />;
  }
}

function Mention({ text, member, ofMe }: Extract<Inline, { kind: 'mention' }>) {
  const nameOf = useContext(NameOf);
  const name = (member !== undefined && nameOf?.(member)) || text;
  return (
    // No <button>: its words couldn't be marked and copied with the others.
    <bdi
      className="mention"
      data-of-me={ofMe || undefined}
      data-person={member}
      {...(member !== undefined && { role: 'button', tabIndex: -1 })}
    >
      @{name}
    </bdi>
  );
}

function Link({ link }: { link: Extract<Inline, { kind: 'link' }> }) {
  const { href, children } = link;
  const host = undisclosedHost(href, plainText(children));
  return (
    <>
      <a href={href} target="_blank" rel="noopener noreferrer nofollow" title={href}>
        {/* There are no links in links. */}
        <ChannelNames value={noChannels}>
          <bdi>{children.map(inlineElement)}</bdi>
        </ChannelNames>
      </a>
      {host !== undefined && <bdi className="markdown-host"> ({host})</bdi>}
    </>
  );
}
