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

/**
 * Whoever reads our log may be gone, and the service goes on: as long as nobody listens for it, the error of a pipe
 * that has no other end would be the end of the process.
 */
export function outliveLogReaders(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}
