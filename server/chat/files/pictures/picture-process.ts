/**
 * A process of its own for what strangers' pictures and videos do to whatever reads them: it ends with this process,
 * and the memory goes back to the system.
 */
import { BoxesRefused } from '../boxes.ts';
import { forgetPlace } from '../forget-place.ts';
import type { PictureJob, PlaceJob, PlaceOutcome } from './picture-job.ts';
import { renderPicture } from './render-picture.ts';

const idleMs = 15_000;

let idle = setTimeout(() => process.exit(0), idleMs);

process.on('message', (job: PictureJob | PlaceJob) => {
  clearTimeout(idle);
  void ('forget' in job ? forget(job) : renderPicture(job)).then((outcome) => {
    process.send?.(outcome);
    idle = setTimeout(() => process.exit(0), idleMs);
  });
});
process.on('disconnect', () => process.exit(0)); // the replica's end is its end

async function forget(job: PlaceJob): Promise<PlaceOutcome> {
  try {
    forgetPlace(job.forget);
    return { kind: 'done' };
  } catch (error) {
    return { kind: error instanceof BoxesRefused ? 'unreadable' : 'failed' };
  }
}
