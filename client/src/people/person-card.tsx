import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import type { Person, PersonStatus, Profile } from '../../../shared/protocol.ts';
import { Avatar } from '../design/avatar.tsx';
import { Button, IconButton } from '../design/button.tsx';
import { Fault } from '../design/field.tsx';
import { Icon } from '../design/icon.tsx';
import { useBackClosesOnPhone } from '../design/use-back-closes.ts';
import { useNow } from '../design/use-now.ts';
import { useFormats, useMorePhrases } from '../language/use-phrases.ts';
import { usePresenceOf } from '../presence/presence-context.ts';
import { PresenceDot } from '../presence/presence-dot.tsx';
import { agoText, localTime } from './person-times.ts';
import { useStatusOf } from './statuses.ts';
import './people.css';

type PersonCardProps = {
  profile: Profile | undefined;
  me: Person;
  anchor: DOMRect;
  fault: string | undefined;
  onMessage(): void;
  /** Undefined where there is nothing to write it into. */
  onMention: (() => void) | undefined;
  onEdit(): void;
  onStatus(): void;
  /** What else may be done, for who looks after the place. */
  menu: ReactNode;
  onClose(): void;
};

/** Beside what was clicked on a wide screen, from below on a phone. The browser keeps the focus in it. */
export function PersonCard(props: PersonCardProps) {
  const { profile, me, anchor, fault, onMessage, onMention, onEdit, onStatus, menu, onClose } = props;
  const { people, actions, workspace, opening } = useMorePhrases();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useBackClosesOnPhone(onClose);
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element?.open) element?.showModal();
    return () => element?.close();
  }, []);
  const known = profile !== undefined || fault !== undefined;
  // Whatever it says now may be more than it said at first.
  // biome-ignore lint/correctness/useExhaustiveDependencies: its height depends on them
  useLayoutEffect(() => {
    if (known && dialog.current) placeBeside(dialog.current, anchor);
  }, [anchor, known, profile, fault]);

  const person = profile?.person;
  const isMe = person?.id === me.id;
  const role = person && [person.former && workspace.former, person.role !== 'member' && workspace.role[person.role]];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes a dialog by itself, the click is for what is around it
    <dialog
      ref={dialog}
      className="person-card"
      aria-labelledby={titleId}
      aria-busy={!known}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div className="person-card-body">
        <header>
          <Avatar id={person?.id ?? 0} name={person?.name ?? ''} picture={person?.avatar} />
          {!isMe && !person?.former && menu}
          <IconButton icon="close" label={actions.close} onClick={onClose} />
        </header>
        <h2 id={titleId}>
          <bdi>{person?.name ?? opening}</bdi>
          {profile?.pronouns && <bdi className="person-pronouns">{profile.pronouns}</bdi>}
        </h2>
        {profile?.title && (
          <p className="person-title" dir="auto">
            {profile.title}
          </p>
        )}
        {role?.some(Boolean) && <p className="person-role">{role.filter(Boolean).join(' · ')}</p>}
        {profile && !person?.former && (
          <>
            <StatusLine member={profile.person.id} />
            <ul className="person-facts">
              <PresenceLine profile={profile} />
              <LocalTime timeZone={profile.timeZone} />
            </ul>
          </>
        )}
        {profile?.about && (
          <p className="person-about" dir="auto">
            {profile.about}
          </p>
        )}
        <Fault>{fault}</Fault>
        {person && !person.former && (
          <div className="person-actions">
            {isMe ? (
              <>
                <Button kind="primary" onClick={onEdit}>
                  {people.editProfile}
                </Button>
                <Button onClick={onStatus}>{people.setStatus}</Button>
              </>
            ) : (
              <>
                <Button kind="primary" onClick={onMessage}>
                  <Icon name="message" />
                  {people.message}
                </Button>
                {onMention && (
                  <Button onClick={onMention}>
                    <Icon name="at" />
                    {people.mention}
                  </Button>
                )}
              </>
            )}
          </div>
        )}
      </div>
    </dialog>
  );
}

function StatusLine({ member }: { member: number }) {
  const status = useStatusOf(member);
  if (status === undefined) return null;
  return (
    <p className="person-status">
      <span>{status.emoji}</span>
      <span dir="auto">{status.text}</span>
      <Until status={status} />
    </p>
  );
}

function Until({ status: { until } }: { status: PersonStatus }) {
  const { people } = useMorePhrases();
  const formats = useFormats();
  if (until === undefined) return null;
  const isToday = new Date(until).toDateString() === new Date().toDateString();
  return <small>{people.until(isToday ? formats.time(until) : formats.dateAndTime(until))}</small>;
}

function PresenceLine({ profile: { person, lastSeen } }: { profile: Profile }) {
  const { people } = useMorePhrases();
  const { locale } = useFormats();
  const state = usePresenceOf(person.id);
  const now = useNow();
  return (
    <li>
      <PresenceDot member={person.id} silent />
      {state !== 'offline' || lastSeen === null
        ? people.presence[state]
        : people.lastSeen(agoText(lastSeen, now, locale))}
    </li>
  );
}

function LocalTime({ timeZone }: { timeZone: string }) {
  const { people } = useMorePhrases();
  const { locale } = useFormats();
  const now = useNow();
  const local = timeZone === '' ? undefined : localTime(timeZone, now, locale);
  if (local === undefined) return null;
  return (
    <li>
      <Icon name="clock" />
      {people.localTime(local)}
    </li>
  );
}

const gap = 8;

/** Where there is room for all of it; the style sheet overrides it on a phone. */
function placeBeside(card: HTMLElement, box: DOMRect): void {
  const { width, height } = card.getBoundingClientRect();
  const rightToLeft = getComputedStyle(card).direction === 'rtl';
  const after = rightToLeft ? box.left - width - gap : box.right + gap;
  const fits = after >= gap && after + width <= innerWidth - gap;
  const left = fits ? after : box.left + box.width / 2 > innerWidth / 2 ? box.left - width - gap : box.left;
  const top = fits || left !== box.left ? box.top - gap : box.bottom + gap;
  card.style.setProperty('--left', `${Math.max(gap, Math.min(left, innerWidth - width - gap))}px`);
  card.style.setProperty('--top', `${Math.max(gap, Math.min(top, innerHeight - height - gap))}px`);
}
