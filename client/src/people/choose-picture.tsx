import { useRef, useState } from 'react';
import type { Person } from '../../../shared/protocol.ts';
import { Avatar } from '../design/avatar.tsx';
import { Button } from '../design/button.tsx';
import { Fault } from '../design/field.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { useExplain } from '../wire/use-explain.ts';
import { CropPicture } from './crop-picture.tsx';

type ChoosePictureProps = {
  me: Person;
  upload(square: Blob): Promise<unknown>;
  remove(): Promise<unknown>;
};

/** My picture: chosen from a file, cut to a square here, and made anew by the server. */
export function ChoosePicture({ me, upload, remove }: ChoosePictureProps) {
  const { people, refusals } = useMorePhrases();
  const explain = useExplain();
  const input = useRef<HTMLInputElement>(null);
  const [picture, setPicture] = useState<ImageBitmap>();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();

  const open = async (file: File | undefined) => {
    if (file === undefined) return;
    setFault(undefined);
    try {
      setPicture(await createImageBitmap(file));
    } catch {
      setFault(refusals['file-type-refused']({}));
    }
  };
  const attempt = async (call: () => Promise<unknown>) => {
    setBusy(true);
    setFault(undefined);
    try {
      await call();
      setPicture(undefined);
    } catch (error) {
      setFault(explain(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="choose-picture">
      {picture ? (
        <CropPicture
          picture={picture}
          busy={busy}
          onDone={(square) => void attempt(() => upload(square))}
          onCancel={() => setPicture(undefined)}
        />
      ) : (
        <div className="choose-picture-row">
          <Avatar id={me.id} name={me.name} picture={me.avatar} />
          <Button size="small" onClick={() => input.current?.click()}>
            {people.choosePicture}
          </Button>
          {me.avatar !== undefined && (
            <Button size="small" kind="plain" busy={busy} onClick={() => void attempt(remove)}>
              {people.removePicture}
            </Button>
          )}
          <input
            ref={input}
            hidden
            type="file"
            accept="image/*"
            aria-label={people.choosePicture}
            onChange={(event) => {
              void open(event.target.files?.[0]);
              event.target.value = ''; // the same one may be chosen again
            }}
          />
        </div>
      )}
      <Fault>{fault}</Fault>
    </div>
  );
}
