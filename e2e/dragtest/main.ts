import { writeFileSync } from 'node:fs';
import { largeGraph } from '../perf/large-graph.ts';
writeFileSync('/tmp/large.json', JSON.stringify(largeGraph()));
