import { useId, useState } from 'react';
import { memberNameLimit, personAboutLimit, personTitleLimit, pronounsLimit } from '../../../shared/limits.ts';
import type { ChangeProfile, Person, Profile } from '../../../shared/protocol.ts';
import { faultInName } from '../../../shared/text-rules.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Choice, Fault, Field } from '../design/field.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { useDeed } from '../wire/use-deed.ts';
import { ChoosePicture } from './choose-picture.tsx';
import './people.css';

type EditProfileProps = {
  me: Person;
  profile: Profile;
  change(change: ChangeProfile): Promise<unknown>;
  upload(square: Blob): Promise<unknown>;
  removePicture(): Promise<unknown>;
  onClose(): void;
};

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What the others see of me. */
export function EditProfile({ me, profile, change, upload, removePicture, onClose }: EditProfileProps) {
  const { people, actions, identity } = useMorePhrases();
  const id = useId();
  const [said, setSaid] = useState({
    name: me.name,
    pronouns: profile.pronouns,
    title: profile.title,
    about: profile.about,
    timeZone: profile.timeZone,
    lastSeenHidden: profile.lastSeenHidden ?? false,
  });
  const { busy, fault, refuse, run } = useDeed(onClose);
  const say = (part: Partial<typeof said>) => setSaid({ ...said, ...part });

  const submit = () => {
    if (faultInName(said.name) !== undefined)
      return refuse({ data: { reason: 'name-invalid', details: { limit: memberNameLimit } } });
    void run(() => change(said));
  };

  return (
    <Dialog title={people.profileTitle} closeLabel={actions.close} onClose={onClose}>
      <ChoosePicture me={me} upload={upload} remove={removePicture} />
      <form
        className="profile-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field
          label={identity.yourName}
          maxLength={memberNameLimit}
          value={said.name}
          onChange={(event) => say({ name: event.target.value })}
          autoComplete="name"
        />
        <div className="profile-pair">
          <Field
            label={people.pronouns}
            maxLength={pronounsLimit}
            value={said.pronouns}
            onChange={(event) => say({ pronouns: event.target.value })}
            autoComplete="off"
          />
          <Field
            label={people.title}
            hint={people.titleHint}
            maxLength={personTitleLimit}
            value={said.title}
            onChange={(event) => say({ title: event.target.value })}
            autoComplete="organization-title"
          />
        </div>
        <div className="field">
          <label htmlFor={`${id}-about`}>{people.about}</label>
          <textarea
            className="input"
            id={`${id}-about`}
            dir="auto"
            rows={2}
            maxLength={personAboutLimit}
            value={said.about}
            onChange={(event) => say({ about: event.target.value })}
          />
        </div>
        <label className="select-row">
          {people.timeZone}
          <select className="input" value={said.timeZone} onChange={(event) => say({ timeZone: event.target.value })}>
            <option value="">{people.noTimeZone}</option>
            {zones(said.timeZone).map((zone) => (
              <option key={zone} value={zone}>
                {zone.replaceAll('_', ' ')}
              </option>
            ))}
          </select>
        </label>
        <Choice
          type="checkbox"
          label={people.hideLastSeen}
          hint={people.hideLastSeenHint}
          checked={said.lastSeenHidden}
          onChange={(event) => say({ lastSeenHidden: event.target.checked })}
        />
        <Fault>{fault}</Fault>
        <div className="dialog-actions">
          <Button onClick={onClose}>{actions.cancel}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {actions.saveChanges}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** This device's first: most are where their device is. */
function zones(chosen: string): string[] {
  return [...new Set([here, chosen, ...Intl.supportedValuesOf('timeZone')])].filter((zone) => zone !== '');
}
