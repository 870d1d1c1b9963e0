import { nodeDefinitions } from '../pipeline/definitions.ts';
import type { PipelineDocument } from '../pipeline/document.ts';
import { formatDuration } from '../stream/duration.ts';
import type { NodeDefinition } from '../stream/node-definition.ts';
import type { Problem } from '../stream/problem.ts';
import type { Parameter } from './document-parameters.ts';
import { parametersOf } from './document-parameters.ts';

/** Problems in the words of the forms: `“Size”` where the document says `sizeMs`, `0s` where it says 0. */
export function inFormWords(document: PipelineDocument, problems: readonly Problem[]): readonly Problem[] {
  return problems.map((problem) => worded(document, problem));
}

function worded({ nodes }: PipelineDocument, problem: Problem): Problem {
  const [, index, part, path] = /^nodes\.(\d+)\.(config|engine)\.(.+)$/.exec(problem.path) ?? [];
  const node = nodes[Number(index)];
  if (node === undefined || path === undefined || (part !== 'config' && part !== 'engine')) return problem;
  const definition: NodeDefinition | undefined = nodeDefinitions[node.type];
  if (definition === undefined) return problem;
  const own = parameterAt(parametersOf(definition, part), path.split('.'));
  const titles = titlesOf(definition);
  const names = (text: string): string =>
    text.replace(WRITTEN, (word) => {
      const title = word === own?.name ? own.meta.title : titles.get(word);
      return title === undefined ? word : `“${title}”`;
    });
  const { message, fix } = own === null ? problem : ownWords(problem, own);
  return { ...problem, message: names(message), fix: names(fix) };
}

/** `sizeMs`, and not a part of `config.sizeMs.x` or of a quoted text. */
const WRITTEN = /(?<![\w.“"])[a-z]+[A-Z]\w*(?![\w.]*\w|")/g;

/** What is called by a plain word may be meant by that word: it is the parameter only where the message begins with it. */
function ownWords({ code, message, fix }: Problem, { name, meta }: Parameter): Pick<Problem, 'message' | 'fix'> {
  const isTold = message.startsWith(`${name} `) || message.startsWith(`${name}:`);
  const plain = new RegExp(`(?<![\\w.])${name}(?![\\w.]*\\w)`, 'g');
  const named = (text: string): string => (isTold ? text.replace(plain, `“${meta.title}”`) : text);
  const isDuration = code === 'value-range' && meta.control === 'duration';
  const figured = (text: string): string =>
    isDuration ? text.replace(FIGURE, (digits) => durationOf(Number(digits)) ?? digits) : text;
  return { message: figured(named(message)), fix: figured(named(fix)) };
}

const FIGURE = /-?\d+(?:\.\d+)?(?:e\+\d+)?/g;

function durationOf(figure: number): string | null {
  return Number.isSafeInteger(figure) ? formatDuration(figure) : null;
}

function parameterAt(parameters: readonly Parameter[], path: readonly string[]): Parameter | null {
  const [name, ...rest] = path;
  const found = parameters.find((parameter) => parameter.name === name);
  if (found === undefined || rest.length === 0) return found ?? null;
  const [place, ...within] = rest;
  const { entry } = found;
  switch (entry.kind) {
    case 'group':
      return parameterAt(entry.parameters, rest);
    case 'variants':
      return parameterAt(
        entry.variants.flatMap((variant) => variant.parameters),
        rest,
      );
    case 'list':
      return parameterAt(entry.itemAt(Number(place)), within);
    default:
      return null;
  }
}

const known = new WeakMap<NodeDefinition, ReadonlyMap<string, string>>();

/** What the fields of a kind of node are called, by the names of the parameters that can be no plain words. */
function titlesOf(definition: NodeDefinition): ReadonlyMap<string, string> {
  const before = known.get(definition);
  if (before !== undefined) return before;
  const all = [...parametersOf(definition, 'config'), ...parametersOf(definition, 'engine')].flatMap(withParts);
  const titles = new Map(all.toReversed().map(({ name, meta }) => [name, meta.title]));
  known.set(definition, titles);
  return titles;
}

function withParts(parameter: Parameter): readonly Parameter[] {
  const { entry } = parameter;
  if (entry.kind === 'group') return [parameter, ...entry.parameters.flatMap(withParts)];
  if (entry.kind !== 'variants') return [parameter];
  return [parameter, ...entry.variants.flatMap(({ parameters }) => parameters.flatMap(withParts))];
}
