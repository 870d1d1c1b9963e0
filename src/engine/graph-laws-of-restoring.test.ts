import { checkGraphLaws } from '../testing/graphs/check-graph-laws.ts';

checkGraphLaws([3, 5, 9]);
