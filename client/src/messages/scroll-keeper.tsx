import { Component, createRef, type ReactNode } from 'react';
import type { Jump } from './jump.ts';
import { createScrollMark } from './scroll-mark.ts';

const followWithin = 100;
/** For the line of the day, and where a day begins for the space above it. */
const roomForDay = 72;

export type ScrollPosition = { above: number; below: number; viewport: number };

type ScrollKeeperProps = {
  label: string;
  jump: Jump;
  /** The end of what is shown is the newest there is: worth following. */
  endsAtNewest: boolean;
  onPosition(position: ScrollPosition): void;
  children: ReactNode;
};

/**
 * The only one that moves the view. Whatever changes above, below or around: near the end it stays at the end, elsewhere
 * the first visible row (`data-row`) stays where it is.
 */
export class ScrollKeeper extends Component<ScrollKeeperProps> {
  private readonly scroller = createRef<HTMLDivElement>();
  private readonly content = createRef<HTMLDivElement>();
  private readonly observer = new ResizeObserver(() => this.settle(this.scroller.current?.scrollTop));
  private readonly mark = createScrollMark();
  private atEnd = true;
  private anchor: { row: Element; offset: number } | undefined;
  private known = { scrollTop: 0, scrollHeight: 0, clientHeight: 0 };

  override componentDidMount(): void {
    if (this.scroller.current) this.observer.observe(this.scroller.current);
    if (this.content.current) this.observer.observe(this.content.current);
    this.land();
    this.report();
  }

  override getSnapshotBeforeUpdate(before: ScrollKeeperProps): null {
    this.catchUp(before.endsAtNewest);
    return null;
  }

  override componentDidUpdate(before: ScrollKeeperProps): void {
    if (before.jump !== this.props.jump) this.land();
    else this.settle(this.known.scrollTop);
    this.report();
  }

  override componentWillUnmount(): void {
    this.observer.disconnect();
  }

  private land(): void {
    const scroller = this.scroller.current;
    if (!scroller) return;
    const { jump } = this.props;
    const place =
      jump.to === 'unread'
        ? scroller.querySelector('[data-unread-line]')
        : 'id' in jump
          ? scroller.querySelector(`[data-message-id="${jump.id}"]`)
          : null;
    if (place === null) scroller.scrollTop = scroller.scrollHeight;
    else {
      const { clientHeight } = scroller;
      const height = place.getBoundingClientRect().height;
      const above = {
        end: 0,
        unread: clientHeight / 4,
        message: Math.max(roomForDay, (clientHeight - height) / 2),
        first: roomForDay,
      }[jump.to];
      scroller.scrollTop = offsetIn(scroller, place) - above;
    }
    this.remember(this.props.endsAtNewest);
  }

  /**
   * Before what is seen counts as known: something above may have grown since the last look, in this very frame, and is
   * evened out first.
   */
  private catchUp(endsAtNewest: boolean): void {
    const scroller = this.scroller.current;
    if (!scroller) return;
    const { scrollHeight, clientHeight } = this.known;
    const resized = scroller.scrollHeight !== scrollHeight || scroller.clientHeight !== clientHeight;
    const leftEnd = this.atEnd && scrollHeight - scroller.scrollTop - clientHeight > followWithin;
    if (resized && !leftEnd) this.settle(scroller.scrollTop, endsAtNewest);
    else this.remember(endsAtNewest);
  }

  /** Puts the view back where it was before something changed; the browser may have cut `scrollTop` meanwhile. */
  private settle(scrollTop = 0, endsAtNewest = this.props.endsAtNewest): void {
    const scroller = this.scroller.current;
    if (!scroller) return;
    const { scrollHeight, clientHeight } = this.known;
    const resized = scroller.scrollHeight !== scrollHeight || scroller.clientHeight !== clientHeight;
    if (this.atEnd && endsAtNewest) {
      if (resized) scroller.scrollTop = scroller.scrollHeight;
    } else if (this.anchor?.row.isConnected) {
      const moved = offsetIn(scroller, this.anchor.row) - this.anchor.offset;
      if (resized || moved !== 0) scroller.scrollTop = scrollTop + moved;
    }
    this.remember(endsAtNewest);
  }

  private remember(endsAtNewest: boolean): void {
    const scroller = this.scroller.current;
    if (!scroller) return;
    this.atEnd = endsAtNewest && distanceToEnd(scroller) <= followWithin;
    this.known = pick(scroller);
    // At the end nothing has to be held; finding the row isn't free in a busy channel.
    const row = this.atEnd ? undefined : firstVisible(scroller);
    this.anchor = row && { row, offset: offsetIn(scroller, row) };
  }

  private report(): void {
    const scroller = this.scroller.current;
    if (!scroller) return;
    const { scrollTop: above, clientHeight: viewport } = scroller;
    this.props.onPosition({ above, below: distanceToEnd(scroller), viewport });
  }

  override render(): ReactNode {
    return (
      <div
        ref={this.scroller}
        className="message-scroller"
        role="log"
        aria-label={this.props.label}
        // New messages are announced one by one elsewhere; here the history that is loaded would be read out too.
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll it
        tabIndex={0}
        onWheel={this.mark.onHand}
        onTouchMove={this.mark.onHand}
        onPointerDown={this.mark.onHand}
        onKeyDown={this.mark.onHand}
        onScroll={(event) => {
          this.mark.onScroll(event);
          this.catchUp(this.props.endsAtNewest);
          this.report();
        }}
      >
        <div ref={this.content} className="message-column">
          {this.props.children}
        </div>
      </div>
    );
  }
}

function pick({ scrollTop, scrollHeight, clientHeight }: HTMLElement) {
  return { scrollTop, scrollHeight, clientHeight };
}

function distanceToEnd({ scrollHeight, scrollTop, clientHeight }: HTMLElement): number {
  return scrollHeight - scrollTop - clientHeight;
}

/** From the beginning of the content, so that scrolling in between doesn't count as a change. */
function offsetIn(scroller: HTMLElement, row: Element): number {
  return row.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
}

/** Rows are in the order of the page, so halving finds the first one that reaches into the view. */
function firstVisible(scroller: HTMLElement): Element | undefined {
  const rows = scroller.querySelectorAll('[data-row]');
  const top = scroller.getBoundingClientRect().top;
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle]?.getBoundingClientRect().bottom ?? 0) <= top) low = middle + 1;
    else high = middle;
  }
  return rows[low];
}
