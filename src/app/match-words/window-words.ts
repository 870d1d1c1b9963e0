import { durationText } from '../../stream/duration.ts';
import { byKey, figure, furtherConditions, joinFigures, paddedRows, text, unmatchedRows } from './phrases.ts';
import type { MatchRequest, MatchWords } from './match-request.ts';

export function windowJoinWords(request: MatchRequest): MatchWords {
  const { config, left, right, timeDomain } = request;
  const join = joinFigures(request);
  const window = text(config['window'], 'inherited');
  const lengthMs = window === 'inherited' ? null : figure(config[window === 'session' ? 'gapMs' : 'sizeMs']);
  const clock = timeDomain === 'processing' ? 'clock' : 'watermark';
  const latenessMs = figure(config['latenessMs']);
  return {
    sentences: [
      matching(join.kind, request, byKey(join)),
      windowText(window, config),
      ...furtherConditions(join),
      ...padding(request, join.kind),
      ...(config['nullAware'] === true
        ? ['A key with NULL might be any key: beside it no row is known to have no partner.']
        : []),
      `Results of a window come when the ${clock} passes its end; ${latenessMs > 0 ? `each row that comes within ${durationText(latenessMs)} after that gives all matches of its window again` : 'a row that comes after that is late'}.`,
    ].filter((sentence) => sentence !== ''),
    drawing: { kind: 'windows', lengthMs, isSession: window === 'session' },
  };

  function matching(kind: string, { left: one, right: other }: MatchRequest, key: string): string {
    if (kind === 'semi')
      return `Rows of ${one.name} come out that have a row of ${other.name}${key} in the same window, each once.`;
    if (kind === 'anti')
      return `Rows of ${one.name} come out that have no row of ${other.name}${key} in the same window.`;
    return `Each row of ${left.name} joins the rows of ${right.name}${key} in the same window.`;
  }
}

function windowText(window: string, config: Readonly<Record<string, unknown>>): string {
  const size = durationText(figure(config['sizeMs']));
  switch (window) {
    case 'tumbling':
      return `A window is ${size} long, one after the other.`;
    case 'hopping':
      return `A window is ${size} long and a new one begins every ${durationText(figure(config['advanceMs']))}, so that two rows may match in several.`;
    case 'session':
      return `A window lasts until no row of its key came on either side for ${durationText(figure(config['gapMs']))}.`;
    default:
      return 'The rows bring their windows along: both must have been windowed alike before.';
  }
}

function padding(request: MatchRequest, kind: string): readonly string[] {
  if (kind === 'semi' || kind === 'anti') return [];
  const padded = paddedRows(request, kind);
  const others = unmatchedRows(request, kind);
  const sentence = padded === null ? null : `${padded} without partner in its window comes out with NULL.`;
  return [sentence, others].filter((each) => each !== null);
}
