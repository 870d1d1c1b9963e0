import { checkGraphLaws } from '../testing/graphs/check-graph-laws.ts';

checkGraphLaws([1, 2]);
