import type { ComponentProps } from 'react';
import { Icon, type IconName } from './icon.tsx';

type ButtonProps = ComponentProps<'button'> & {
  kind?: 'primary' | 'quiet' | 'plain' | 'danger';
  size?: 'small' | undefined;
  busy?: boolean;
};

export function Button({ kind = 'quiet', size, busy = false, type = 'button', onClick, ...rest }: ButtonProps) {
  return (
    <button
      className="button"
      data-kind={kind}
      data-size={size}
      type={type}
      aria-busy={busy || undefined}
      // A busy button keeps the focus; pressing it again does nothing.
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
      {...rest}
    />
  );
}

type IconButtonProps = ComponentProps<'button'> & { icon: IconName; label: string };

export function IconButton({ icon, label, type = 'button', ...rest }: IconButtonProps) {
  return (
    <button className="icon-button" type={type} aria-label={label} title={label} {...rest}>
      <Icon name={icon} />
    </button>
  );
}
