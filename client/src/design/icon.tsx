const paths = {
  hash: 'M8 3.5 6.5 16.5M13.5 3.5 12 16.5M3.8 7.5h13M3.2 12.5h13',
  lock: 'M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9',
  plus: 'M10 4v12M4 10h12',
  search: 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11ZM13 13l3.8 3.8',
  more: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  settings:
    'M3 6h8M15 6h2M3 14h2M9 14h8M13 8.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM7 16.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z',
  invite: 'M8 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2.5 16.5c0-3 2.4-4.7 5.5-4.7s5.5 1.7 5.5 4.7M15.5 6v5M13 8.5h5',
  send: 'M10 16.5V4M4.5 9.2 10 3.7l5.5 5.5',
  up: 'M10 16V4M4.8 9 10 3.8 15.2 9',
  down: 'M10 4v12M4.8 11 10 16.2 15.2 11',
  close: 'm5 5 10 10M15 5 5 15',
  menu: 'M3 6h14M3 10.5h9M3 15h14',
  copy: 'M7 7h9.5v9.5H7zM13 7V3.5H3.5V13H7',
  check: 'm4 10.5 4 4 8-9',
  thread: 'M4 4.5h12v8H9.5L6 15.8v-3.3H4ZM7 7.5h6M7 9.8h4',
  edit: 'M4 16l.8-3.4 8.6-8.6 2.6 2.6-8.6 8.6ZM11.8 5.6l2.6 2.6',
  trash: 'M4 6h12M8 6V4h4v2M5.5 6l.7 10.5h7.6L14.5 6M8.5 9v4.5M11.5 9v4.5',
  link: 'M8.5 11.5a3 3 0 0 0 4.3 0l2.9-2.9a3 3 0 0 0-4.3-4.3l-.9.9M11.5 8.5a3 3 0 0 0-4.3 0l-2.9 2.9a3 3 0 0 0 4.3 4.3l.9-.9',
  info: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM10 9v4.5M10 6.4h.01',
  smile: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM7 11.5c.6 1.4 1.7 2 3 2s2.4-.6 3-2M7.6 8h.01M12.4 8h.01',
  leave: 'M12 3.5H4.5v13H12M9 10h8M14 6.8l3.2 3.2-3.2 3.2',
  emoji:
    'M10 17.2a7.2 7.2 0 1 0 0-14.4 7.2 7.2 0 0 0 0 14.4ZM6.8 11.6c.6 1.4 1.8 2.2 3.2 2.2s2.6-.8 3.2-2.2M7.6 7.9h.01M12.4 7.9h.01',
  format:
    'M2.5 15.5 6.5 5h1l4 10.5M4 12h6M13 15.5c-1.3 0-2.2-.9-2.2-2.3s1-2.2 2.6-2.2h2.9v-1c0-1.4-.8-2.2-2.2-2.2-1 0-1.8.4-2.3 1.2M16.3 11v4.5',
  people:
    'M7.5 9.5a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6ZM2.5 16c0-2.8 2.1-4.3 5-4.3s5 1.5 5 4.3M13 4.2a2.8 2.8 0 0 1 0 5.2M14.6 12c1.9.6 2.9 2 2.9 4',
  message: 'M3.5 4.5h13v9H9l-3.5 3v-3h-2z',
  star: 'm10 3 2.1 4.5 4.9.6-3.6 3.4.9 4.9-4.3-2.4-4.3 2.4.9-4.9L3 8.1l4.9-.6Z',
  bell: 'M5 14V9a5 5 0 0 1 10 0v5l1.2 1.2H3.8ZM8.5 17.2h3',
  muted: 'M5 14V9a5 5 0 0 1 7.6-4.3M15 9v5l1.2 1.2H3.8L5 14M8.5 17.2h3M3.5 3.5l13 13',
  archive: 'M3.5 4h13v3.5h-13ZM5 7.5v8.5h10V7.5M8 11h4',
  folder: 'M3 5.5h5l1.5 2H17v8.5H3Z',
  chevron: 'm7.5 4.5 5.5 5.5-5.5 5.5',
  warning: 'M10 3.2 17.5 16.5h-15ZM10 8.2v4M10 14.4h.01',
} as const;

export type IconName = keyof typeof paths;

/** Drawn on a grid of 20, in the colour of the text. The words are beside it or in the control's label. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" data-icon={name} viewBox="0 0 20 20" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
