import type { NoticeSettings, SetNotices } from '../../../shared/protocol.ts';
import { Dialog } from '../design/dialog.tsx';
import { Choice, Fault } from '../design/field.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { useShownAtOnce } from '../wire/use-shown-at-once.ts';
import type { Device } from './device.ts';
import { DeviceSection } from './device-section.tsx';
import { Keywords } from './keywords.tsx';
import { QuietHoursList } from './quiet-hours-list.tsx';
import { QuietNow } from './quiet-now.tsx';
import { playSound } from './sound.ts';
import './notices.css';

type NoticesDialogProps = {
  settings: NoticeSettings;
  set(change: SetNotices): Promise<unknown>;
  device: Device;
  sendTest(): Promise<unknown>;
  onClose(): void;
};

/** What one is told of and when, on all devices; and whether on this one. */
export function NoticesDialog({ settings, set, device, sendTest, onClose }: NoticesDialogProps) {
  const { notices, actions } = useMorePhrases();
  const { shown, change, fault } = useShownAtOnce(settings, set);
  const { quietUntil, quietHours, timeZone, keywords, hideText, sound } = shown;
  return (
    <Dialog title={notices.title} closeLabel={actions.close} onClose={onClose}>
      <DeviceSection device={device} sendTest={sendTest} />
      <Fault>{fault}</Fault>
      <QuietNow settings={{ quietUntil, quietHours, timeZone }} set={(until) => change({ quietUntil: until })} />
      <QuietHoursList hours={quietHours} timeZone={timeZone} set={change} />
      <Keywords keywords={keywords} set={(words) => change({ keywords: words })} />
      <section className="notices-section">
        <h3>{notices.look}</h3>
        <Choice
          type="checkbox"
          label={notices.hideText}
          hint={notices.hideTextHint}
          checked={hideText}
          onChange={(event) => change({ hideText: event.target.checked })}
        />
        <Choice
          type="checkbox"
          label={notices.sound}
          hint={notices.soundHint}
          checked={sound}
          onChange={(event) => {
            if (event.target.checked) void playSound();
            change({ sound: event.target.checked });
          }}
        />
      </section>
    </Dialog>
  );
}
