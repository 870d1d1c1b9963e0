import { checkLaws } from '../testing/check-laws.ts';

/** One run beside another: cut elsewhere, restored, sought. */
checkLaws([1, 2, 3, 5, 9]);
