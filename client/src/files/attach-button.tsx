import { useRef } from 'react';
import { IconButton } from '../design/button.tsx';
import { usePhrases } from '../language/use-phrases.ts';

/** Chooses files by the system's own dialog. */
export function AttachButton({ add }: { add(files: Iterable<File>): void }) {
  const { messages } = usePhrases();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton icon="attach" label={messages.attach} onClick={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          add(currentTarget.files ?? []);
          // The same file may be chosen again.
          currentTarget.value = '';
        }}
      />
    </>
  );
}
