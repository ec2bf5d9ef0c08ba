import type { ClusterEvent } from './cluster.ts';

type Write = (text: string) => void;

/** Tells a person at a terminal what happens; everyday log lines stay out of it. */
export function createNarrator(write: Write): (event: ClusterEvent) => void {
  const links = new Set<string>();
  let everyoneReady = false;
  return (event) => {
    if (event.kind === 'all-ready') {
      everyoneReady = true;
      write(`  Everyone is ready after ${event.inMs} ms. Ctrl-C stops everything.\n`);
    } else if (event.kind === 'rolled') write(rolled(event));
    else if (event.kind === 'lab') return;
    else if (event.kind === 'ended') write(ending(event));
    else if (event.kind === 'said') {
      const said = parseLine(event.line);
      const url = String(said?.url);
      if (said === undefined || event.on === 'stderr') write(`  ${event.process}: ${event.line}\n`);
      else if (said.event === 'listening') write(`\n  Ronda is at ${url}\n`);
      else if (said.event === 'set-up-needed' && !links.has(url)) {
        links.add(url);
        write(`  It has no owner yet. To become its owner, open\n\n    ${url}\n\n`);
      } else if (said.event === 'ready' && everyoneReady) write(`  ${event.process} is back.\n`);
      else if (said.level === 'warn' || said.level === 'error') write(`  ${event.process}: ${inWords(said)}\n`);
    }
  };
}

/** Passes everything on as JSON lines, for whatever collects logs. */
export function createRelay(out: Write, err: Write): (event: ClusterEvent) => void {
  return (event) => {
    if (event.kind === 'said') (event.on === 'stdout' ? out : err)(`${event.line}\n`);
    else {
      const { kind, ...fields } = event;
      const name = kind === 'all-ready' || kind === 'rolled' || kind === 'lab' ? kind : `process-${kind}`;
      out(
        `${JSON.stringify({ at: new Date().toISOString(), level: 'info', part: 'supervisor', event: name, ...fields })}\n`,
      );
    }
  };
}

function ending({ process, why, restartInMs, refused }: Extract<ClusterEvent, { kind: 'ended' }>): string {
  if (refused) return ''; // its own words on stderr said why
  if (restartInMs === undefined) return '';
  const when = restartInMs === 0 ? 'now' : `in ${(restartInMs / 1000).toFixed(1)} s`;
  return `  ${process} ended (${why}); it starts again ${when}.\n`;
}

function rolled({ inMs, failed }: Extract<ClusterEvent, { kind: 'rolled' }>): string {
  if (failed === undefined) return `  Everyone was renewed, in ${(inMs / 1000).toFixed(1)} s.\n`;
  return `  ${failed} could not be renewed; whoever comes after it stays as it was.\n`;
}

function inWords({ at: _at, level: _level, part: _part, event, ...fields }: Record<string, unknown>): string {
  return [event, ...Object.entries(fields).map(([name, value]) => `${name}: ${value}`)].join(', ');
}

function parseLine(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
