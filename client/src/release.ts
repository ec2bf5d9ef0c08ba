import { createCell } from './cell.ts';

/** Another release than this page's is there, and a reload brings it. */
export const newerRelease = createCell(false);

/** How often a replica has greeted this page: each time a release may have come meanwhile. */
export const greetings = createCell(0);
