import type { Problem, Result } from '../stream/problem.ts';
import { findJsonFault } from './json-check.ts';
import { LIMITS } from './limits.ts';
import { problem, shown } from './make-problem.ts';
import { decodeUtf8 } from './utf8.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Names that would reach an object's prototype if anybody assigned by them. No document needs them as fields. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** A file's text as one JSON object of tolerable size and depth, none of whose fields has a forbidden name. */
export function parseText(input: string | Uint8Array): Result<JsonObject> {
  const bytes = typeof input === 'string' ? byteLength(input) : input.length;
  if (bytes > LIMITS.documentBytes) return refuse(tooLarge(bytes));
  const decoded = typeof input === 'string' ? { ok: true as const, text: input } : decodeUtf8(input);
  if (!decoded.ok) return refuse(notText(decoded.offset));
  const fault = findJsonFault(decoded.text, LIMITS.nestingDepth);
  if (fault !== null) {
    const codes = { syntax: 'json-syntax', cut: 'json-cut', depth: 'too-deep', duplicate: 'duplicate-field' } as const;
    const fixes = {
      syntax: 'Correct the text there, or export the graph again.',
      cut: 'The file is cut or damaged: export or download it again.',
      depth: 'Flatten it. A graph exported by Tidemark is never that deep.',
      duplicate: 'Keep one of the two.',
    };
    const message = `${fault.message}, at line ${fault.line}, column ${fault.column}.`;
    return refuse(problem({ code: codes[fault.kind], path: '', message, fix: fixes[fault.kind] }));
  }
  const value: unknown = JSON.parse(decoded.text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const message = `The file holds ${shown(value)}, not a graph: an object with version, nodes and edges.`;
    return refuse(problem({ code: 'value-type', path: '', message, fix: 'Choose a graph that Tidemark exported.' }));
  }
  const problems = forbiddenNames(value);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: value as JsonObject, problems: [] };
}

/** Node ids are a user's, and `layout` is keyed by them: there any name may stand. */
function forbiddenNames(root: object): readonly Problem[] {
  const problems: Problem[] = [];
  const open: { readonly value: object; readonly path: string }[] = [{ value: root, path: '' }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const [name, value] of Object.entries(next.value) as [string, unknown][]) {
      const path = next.path === '' ? name : `${next.path}.${name}`;
      if (FORBIDDEN.has(name) && next.path !== 'layout') {
        const message = `The field ${shown(name)} is not allowed.`;
        problems.push(problem({ code: 'unknown-field', path, message, fix: 'Remove it.' }));
      }
      if (typeof value === 'object' && value !== null) open.push({ value, path });
    }
  }
  return problems;
}

/** Length in UTF-8; lone surrogates count as the three bytes of their replacement. */
function byteLength(text: string): number {
  if (text.length > LIMITS.documentBytes) return text.length;
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x80) bytes += unit >= 0x800 ? 2 : 1;
    // A pair of surrogates is two units and four bytes.
    if ((unit & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) i++;
  }
  return bytes;
}

function tooLarge(bytes: number): Problem {
  return problem({
    code: 'document-too-large',
    path: '',
    message: `The file has ${bytes} bytes; the limit for a graph is ${LIMITS.documentBytes}.`,
    fix: 'Is it a data file? Give that to a file source.',
  });
}

function notText(offset: number): Problem {
  return problem({
    code: 'not-utf8',
    path: '',
    message: `The file is not UTF-8 text: byte ${offset + 1} fits no character.`,
    fix: 'Save it as UTF-8; a compressed or binary file is no graph.',
  });
}

function refuse(found: Problem): Result<never> {
  return { ok: false, problems: [found] };
}
