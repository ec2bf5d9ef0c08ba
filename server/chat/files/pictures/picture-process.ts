/**
 * A process of its own for what strangers' pictures do to a decoder: whatever that is, it ends with this process, and
 * the memory goes back to the system.
 */
import type { PictureJob } from './picture-job.ts';
import { renderPicture } from './render-picture.ts';

const idleMs = 15_000;

let idle = setTimeout(() => process.exit(0), idleMs);

process.on('message', (job: PictureJob) => {
  clearTimeout(idle);
  void renderPicture(job).then((outcome) => {
    process.send?.(outcome);
    idle = setTimeout(() => process.exit(0), idleMs);
  });
});
process.on('disconnect', () => process.exit(0)); // the replica's end is its end
