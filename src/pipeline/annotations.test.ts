import { describe, expect, it } from 'vitest';
import * as annotations from './annotations.ts';
import type { PipelineDocument } from './document.ts';
import { groupsOf, notesOf } from './document.ts';
import * as edits from './edits.ts';
import { copyFragment, duplicateNodes } from './fragment.ts';
import { readDocument } from './read-document.ts';
import { clicksToPurchases } from './templates/clicks-to-purchases.ts';
import { writeDocument } from './write-document.ts';

const plain = clicksToPurchases.document;
const noted = annotations.addNote(plain, { text: 'Why 10 s?', x: 1, y: 2, w: 200, h: 100 });
const grouped = annotations.groupNodes(noted, ['real-pages', 'clicks'], 'Cleaning');

const added = { kind: 'union', position: { x: 0, y: 0 }, config: {} } as const;

function readBack(document: object): { readonly value: PipelineDocument; readonly codes: readonly string[] } {
  const read = readDocument(JSON.stringify(document));
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join(' '));
  return { value: read.value, codes: read.problems.map(({ code }) => code) };
}

describe('notes and groups', () => {
  it('are written behind the layout, and read back', () => {
    const text = writeDocument(grouped);
    expect(Object.keys(JSON.parse(text) as object)).toEqual(
      ['$schema', 'version', 'name', 'dialect', 'time', 'nodes', 'edges', 'layout', 'notes', 'groups', 'run'], // prettier-ignore
    );
    expect(readBack(grouped)).toEqual({ value: grouped, codes: [] });
    expect(groupsOf(grouped)).toEqual([{ id: 'group', title: 'Cleaning', nodes: ['clicks', 'real-pages'] }]);
  });

  it('leave no trace when they are gone', () => {
    const without = edits.removeNodes(annotations.ungroup(grouped, ['group']), ['note']);
    expect(writeDocument(without)).toBe(writeDocument(plain));
    expect(without).toEqual(plain);
  });

  it('take each node into one group, and go with their last node', () => {
    const two = annotations.groupNodes(grouped, ['clicks', 'activity'], 'Other');
    expect(groupsOf(two).map(({ nodes }) => nodes)).toEqual([['real-pages'], ['clicks', 'activity']]);
    expect(groupsOf(edits.removeNodes(two, ['real-pages', 'clicks'])).map(({ nodes }) => nodes)).toEqual([
      ['activity'],
    ]);
  });

  it('let nodes join and leave; what is as it was stays the same document', () => {
    const joined = annotations.regroup(grouped, new Map([['activity', 'group']]));
    expect(groupsOf(joined)[0]).toEqual({
      id: 'group',
      title: 'Cleaning',
      nodes: ['clicks', 'real-pages', 'activity'],
    });
    expect(annotations.regroup(joined, new Map([['activity', null]]))).toEqual(grouped);
    const all = new Map([
      ['clicks', null],
      ['real-pages', null],
    ]);
    expect(annotations.regroup(grouped, all)).toEqual(noted);
    expect(annotations.regroup(grouped, new Map([['clicks', 'group']]))).toBe(grouped);
    expect(annotations.groupOf(edits.addNode(grouped, { ...added, group: 'group' }), 'union')?.id).toBe('group');
    expect(groupsOf(edits.addNode(grouped, added))).toBe(groupsOf(grouped));
  });

  it('are carried by copies: a group when it is taken whole', () => {
    expect(groupsOf(copyFragment(grouped, ['clicks']))).toEqual([]);
    const twice = duplicateNodes(grouped, { ids: ['clicks', 'real-pages', 'note'], offset: { x: 10, y: 20 } });
    expect(groupsOf(twice)[1]).toEqual({ id: 'group-2', title: 'Cleaning', nodes: ['clicks-2', 'real-pages-2'] });
    expect(notesOf(twice)[1]).toEqual({ id: 'note-2', text: 'Why 10 s?', x: 11, y: 22, w: 200, h: 100 });
  });

  it('move with nodes, keep their size in bounds, and stay the same when nothing changes', () => {
    const to = new Map([
      ['note', { x: 7, y: 8 }],
      ['clicks', { x: 9, y: 9 }],
    ]);
    const moved = edits.moveNodes(grouped, to);
    expect(notesOf(moved)[0]).toMatchObject({ x: 7, y: 8 });
    expect(moved.layout['clicks']).toEqual({ x: 9, y: 9 });
    expect(notesOf(annotations.changeNote(grouped, 'note', { w: 3, h: 9e9 }))[0]).toMatchObject({ w: 64, h: 2000 });
    expect(annotations.changeNote(grouped, 'note', { text: 'Why 10 s?' })).toBe(grouped);
    expect(annotations.renameGroup(grouped, 'group', 'Cleaning')).toBe(grouped);
    expect(annotations.ungroup(grouped, ['nobody'])).toBe(grouped);
    expect(annotations.groupNodes(grouped, [], 'Nobody')).toBe(grouped);
  });

  it('have ids that no node has', () => {
    const odd = edits.addNode(plain, { kind: 'sink', config: {}, id: 'note', position: { x: 0, y: 0 } });
    expect(notesOf(annotations.addNote(odd, { text: '', x: 0, y: 0, w: 100, h: 100 }))[0]?.id).toBe('note-2');
  });

  it.each<[string, object, readonly string[], number]>([
    ['no list', { notes: 7 }, ['note-dropped'], 0],
    [
      'no place',
      { notes: [{ id: 'a', text: 'x', x: 1e99, y: 0, w: 100, h: 100 }, null] },
      ['note-dropped', 'note-dropped'],
      0,
    ],
    [
      'an id that a node has',
      { notes: [{ id: 'clicks', text: 'x', x: 1, y: 0, w: 100, h: 100 }] },
      ['note-repaired'],
      1,
    ],
    ['no size', { notes: [{ id: 'a', text: 'x', x: 1, y: 0 }] }, ['note-repaired'], 1],
    ['a stranger inside', { groups: [{ id: 'g', title: 'G', nodes: ['clicks', 'nobody'] }] }, ['group-repaired'], 1],
    ['nobody inside', { groups: [{ id: 'g', title: 'G', nodes: ['nobody'] }] }, ['group-dropped'], 0],
    ['a node in two', { groups: ['g', 'h'].map((id) => ({ id, title: id, nodes: ['clicks'] })) }, ['group-dropped'], 1],
  ])('are put right with a warning: %s', (_, fields, codes, count) => {
    const read = readBack({ ...plain, ...fields });
    expect(read.codes).toEqual(codes);
    expect(notesOf(read.value).length + groupsOf(read.value).length).toBe(count);
    expect(readBack(read.value)).toEqual({ value: read.value, codes: [] });
  });
});
