import { Component, type ReactNode } from 'react';
import { Blank } from '../design/blank.tsx';
import { Button } from '../design/button.tsx';
import { usePhrases } from '../language/use-phrases.ts';

/** Should the page itself fail, it says so and offers a way on. */
export class CrashGuard extends Component<{ children: ReactNode }, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError(): { crashed: boolean } {
    return { crashed: true };
  }

  override render(): ReactNode {
    return this.state.crashed ? <Crashed /> : this.props.children;
  }
}

function Crashed() {
  const { crashed } = usePhrases();
  return (
    <Blank whole title={crashed.title}>
      <p role="alert">{crashed.text}</p>
      <Button kind="primary" onClick={() => location.reload()}>
        {crashed.reload}
      </Button>
    </Blank>
  );
}
