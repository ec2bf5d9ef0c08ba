export type Fields = Record<string, string | number | boolean | null | undefined>;

export type Logger = {
  info(event: string, fields?: Fields): void;
  warn(event: string, fields?: Fields): void;
  error(event: string, fields?: Fields): void;
};

/** JSON lines on standard output. No secret and no message text may be among `fields`. */
export function createLogger(part: string, write = (line: string): void => void process.stdout.write(line)): Logger {
  const at =
    (level: string) =>
    (event: string, fields: Fields = {}): void =>
      write(`${JSON.stringify({ at: new Date().toISOString(), level, part, event, ...fields })}\n`);
  return { info: at('info'), warn: at('warn'), error: at('error') };
}
