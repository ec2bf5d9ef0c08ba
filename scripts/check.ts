/** `npm run check` */
import { checkAll } from './static-checks.ts';
import { conclude } from './tally.ts';

conclude(checkAll());
