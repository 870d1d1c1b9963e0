import type { Template } from './template.ts';
import { TEMPLATE_START_MS, paths, templateDocument } from './template.ts';

/** Where did everybody stop? Sessions say how long somebody watched, a running sum where to go on. */
export const viewingHistory: Template = {
  id: 'viewing-history',
  topic: 'industry',
  summary:
    'As at Netflix: players report every few seconds what they show. Reports of one viewer and film make a session; when it is over, its length moves the point from which the film goes on.',
  speed: { kind: 'clock', factor: 10 },
  credit: null,
  document: templateDocument({
    name: 'Viewing history',
    dialect: 'flink-sql',
    nodes: {
      reports: {
        kind: 'source.generator',
        label: 'Player reports',
        at: [0, 0],
        config: {
          shape: 'clicks',
          rateEventsPerSec: 3,
          events: 5_400,
          keys: 8,
          startMs: TEMPLATE_START_MS,
          delay: { distribution: 'exponential', meanMs: 1_000 },
          stragglers: { sharePercent: 1, delayMs: 30_000 },
          watermark: { delayMs: 5_000 },
        },
      },
      films: {
        kind: 'join.lookup',
        label: 'Which film',
        at: [256, 0],
        config: {
          leftKeys: ['page'],
          rightKeys: ['stream'],
          kind: 'inner',
          table: {
            columns: [{ name: 'stream' }, { name: 'film' }, { name: 'minutes', type: 'INT' }],
            rows: [
              ['/', 'The Long Tide', 94],
              ['/search', 'Harbour Lights', 121],
              ['/product', 'Nine Bells', 48],
              ['/cart', 'Salt', 102],
              ['/checkout', 'The Pilot', 87],
            ],
          },
        },
      },
      sessions: {
        kind: 'window',
        label: 'Sittings',
        at: [512, 0],
        config: {
          kind: 'session',
          gapMs: 8_000,
          keys: ['user_id', 'film', 'minutes'],
          aggregates: [{ name: 'reports', function: 'count' }],
        },
      },
      lengths: {
        kind: 'map',
        label: 'Seconds watched',
        at: [768, 0],
        config: {
          columns: [
            { name: 'viewer', expression: 'user_id' },
            { name: 'film', expression: 'film' },
            { name: 'minutes', expression: 'minutes' },
            { name: 'watched_s', expression: 'TIMESTAMPDIFF(SECOND, window_start, window_end) - 8' },
          ],
        },
      },
      'go-on': {
        kind: 'aggregate',
        label: 'Where to go on',
        at: [1024, 0],
        config: {
          keys: ['viewer', 'film'],
          aggregates: [
            { name: 'sittings', function: 'count' },
            { name: 'resume_at_s', function: 'sum', argument: 'watched_s' },
          ],
        },
        engine: { ttlMs: 86_400_000 },
      },
      results: { kind: 'sink', label: 'Resume points', at: [1280, 0], config: { view: 'table' } },
      'by-viewer': { kind: 'sink', label: 'Sittings by viewer', at: [768, 144], config: { view: 'chart' } },
      'too-late': { kind: 'sink', label: 'Too late', at: [512, 192], config: { view: 'table' } },
    },
    edges: paths(
      ['reports', 'films', 'sessions', 'lengths', 'go-on', 'results'],
      ['sessions', 'by-viewer'],
      ['sessions:late', 'too-late'],
    ),
  }),
};
