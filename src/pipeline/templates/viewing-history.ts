import type { Template } from './template.ts';
import { chart, generator, paths, table, templateDocument } from './template.ts';

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
      reports: generator([0, 0], 'Player reports', {
        shape: 'clicks',
        perSec: 3,
        events: 5_400,
        keys: 8,
        meanDelayMs: 1_000,
        stragglers: { sharePercent: 1, delayMs: 30_000 },
        waitMs: 5_000,
      }),
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
      results: table([1280, 0], 'Resume points'),
      'by-viewer': chart([768, 144], 'By viewer'),
      'too-late': table([512, 192], 'Too late'),
    },
    edges: paths(
      ['reports', 'films', 'sessions', 'lengths', 'go-on', 'results'],
      ['sessions', 'by-viewer'],
      ['sessions:late', 'too-late'],
    ),
  }),
};
