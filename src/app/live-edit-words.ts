import type { DocumentNode, PipelineDocument } from '../pipeline/document.ts';
import { LIVE_PARAMETERS } from '../pipeline/live-parameters.ts';
import { durationText } from '../stream/duration.ts';
import type { LiveEdit, NodeChange, ReopenReason } from '../worker/edit-protocol.ts';
import { carriedWords } from './carried-words.ts';
import { displayName } from './document-catalog.ts';
import { nodeById } from './document-index.ts';
import type { Parameter } from './document-parameters.ts';
import { definitionOf, parametersOf } from './document-parameters.ts';
import type { EditOutcome, MadeEdit } from './run-state.ts';

/** Of a value that is told in full. */
const MOST_LETTERS = 24;
const COUNT = new Intl.NumberFormat('en-US');

/** What an edit came to, as a title and what is to be said beside it. */
export interface EditWords {
  readonly title: string;
  readonly text: string;
}

export function editWords({ edit, document, seq }: MadeEdit): EditWords {
  const { fromHere, rebuilt } = edit;
  const here = fromHere.length === 0 ? '' : `Counts from here on: ${names(fromHere, document)}. `;
  if (rebuilt.length > 0) {
    const entries = seq === 1 ? '1 entry' : `${COUNT.format(seq)} entries`;
    const title = `Rebuilt from offset 0: ${names(rebuilt, document)}`;
    return { title, text: `${here}${entries} gone through again. All other nodes keep their state.` };
  }
  if (fromHere.length > 0) return { title: `Kept: state goes on from here`, text: here.trim() };
  return { title: 'Kept: nothing of the run changes', text: '' };
}

/** What was edited, in a few words: `Clicks per user: Size 20 s`. What other nodes owe to it is left out. */
export function editedWords({ edit, document }: Pick<MadeEdit, 'edit' | 'document'>): string {
  const changes = [...edit.fromHere, ...edit.rebuilt];
  const own = changes.filter(({ why }) => why === 'settings' || why === 'new');
  const told = own.length > 0 ? own : changes.filter(({ why }) => why === 'edges');
  const [first] = told;
  if (first === undefined) return 'nothing of the run';
  const more = told.length === 1 ? '' : ` and ${COUNT.format(told.length - 1)} more`;
  return `${changeWords(first, document)}${more}`;
}

function changeWords({ nodeId, why, parameters }: NodeChange, document: PipelineDocument): string {
  const node = nodeById(document, nodeId);
  const name = node === undefined ? nodeId : displayName(node);
  if (why === 'new') return `${name} is new`;
  if (why === 'edges') return `edges of ${name}`;
  if (node === undefined || parameters.length === 0) return name;
  const definition = definitionOf(node);
  const all = [...parametersOf(definition, 'config'), ...parametersOf(definition, 'engine')];
  const titles = parameters.map((parameter) => {
    const found = all.find((each) => each.name === parameter);
    return found === undefined ? parameter : `${found.meta.title}${valueWords(node, found)}`;
  });
  return `${name}: ${titles.join(', ')}`;
}

/** As a form shows it; empty for what is no single value. */
function valueWords({ config, engine }: DocumentNode, { name, meta }: Parameter): string {
  const value = config[name] ?? engine[name];
  if (typeof value === 'number') return ` ${meta.control === 'duration' ? durationText(value) : String(value)}`;
  return typeof value === 'string' && value !== '' && value.length <= MOST_LETTERS ? ` ${value}` : '';
}

/** What the last edit meant for one node; null where it did not touch it. */
export function nodeEditWords(id: string, { edit, seq }: MadeEdit): string | null {
  const at = `at entry ${COUNT.format(seq)}`;
  const rebuilt = edit.rebuilt.find(({ nodeId }) => nodeId === id);
  if (rebuilt !== undefined) return `Rebuilt from offset 0 ${at}: ${REASONS[rebuilt.why]}.`;
  const change = edit.fromHere.find(({ nodeId }) => nodeId === id);
  return change === undefined ? null : `Edited ${at}: counts from there on, its state was kept.`;
}

const REASONS: Readonly<Record<NodeChange['why'], string>> = {
  new: 'it is new',
  edges: 'other edges end at it',
  columns: 'the columns that come in are others',
  settings: 'its settings shape what it keeps',
  above: 'a node above it was rebuilt',
};

const REOPENED: Readonly<Record<ReopenReason | 'no-run', string>> = {
  dialect: 'Other rules make another run.',
  'time-domain': 'Another time makes another run.',
  seed: 'Another seed makes other events.',
  end: 'Another end of the run makes another run.',
  sources: 'Another source, or one that gives other events, makes another log.',
  clock: 'A clock that ticks otherwise makes another log.',
  'no-run': 'The run could not go on.',
};

export function reopenWords({ why, carried }: Extract<EditOutcome, { readonly kind: 'reopened' }>): EditWords {
  const text = `${REOPENED[why]} It went to the same processing time. ${carriedWords(carried)}`;
  return { title: 'The run began anew', text: text.trimEnd() };
}

/** What will happen when a setting of the node is changed now, in one line. */
export function beforeEditWords(node: DocumentNode, document: PipelineDocument): string {
  if (node.type === 'sink') return 'While the run goes on: changes of a sink touch no state.';
  const definition = definitionOf(node);
  const rules = LIVE_PARAMETERS[node.type];
  const parameters = [...parametersOf(definition, 'config'), ...parametersOf(definition, 'engine')];
  const titled = (rule: string): readonly string[] =>
    parameters.filter(({ name }) => rules[name] === rule).map(({ meta }) => meta.title);
  const [here, larger] = [titled('here'), titled('larger')];
  const rest =
    definition.group === 'sources'
      ? 'anything else begins the run anew and goes to the same time.'
      : `anything else rebuilds this node${below(node.id, document)} from offset 0.`;
  if (!definition.stateful && definition.group !== 'sources' && here.length > 0) {
    return 'While the run goes on: an edit counts from here on, all state is kept.';
  }
  const kept = [
    ...(here.length > 0 ? [`${here.join(', ')} count from here on`] : []),
    ...(larger.length > 0 ? [`more of ${larger.join(', ')} counts from here on`] : []),
  ];
  return `While the run goes on: ${[...kept, rest].join('; ')}`;
}

function below(id: string, { edges }: PipelineDocument): string {
  const found = new Set([id]);
  for (const from of found) for (const edge of edges) if (edge.from.node === from) found.add(edge.to.node);
  const others = found.size - 1;
  return others === 0 ? '' : ` and the ${others === 1 ? 'one' : COUNT.format(others)} below`;
}

function names(changes: LiveEdit['rebuilt'], document: PipelineDocument): string {
  return changes
    .map(({ nodeId }) => {
      const node = nodeById(document, nodeId);
      return node === undefined ? nodeId : displayName(node);
    })
    .join(', ');
}
