import { useEffect, useRef } from 'react';
import type { KeyboardEvent, RefObject } from 'react';
import { focusNode } from '../canvas/focus-node.ts';
import { useInspector } from './inspector-store.ts';

const FIELDS = 'input, select, textarea, [contenteditable="true"], button';

interface InspectorKeys {
  readonly form: RefObject<HTMLFieldSetElement | null>;
  readonly name: RefObject<HTMLInputElement | null>;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** Takes the keyboard to what a command asked for, and by Escape back to the node on the canvas. */
export function useInspectorKeys(nodeId: string): InspectorKeys {
  const form = useRef<HTMLFieldSetElement>(null);
  const name = useRef<HTMLInputElement>(null);
  const wanted = useInspector((state) => state.wanted);
  useEffect(() => {
    if (wanted === null) return;
    if (wanted === 'name') name.current?.select();
    else firstField(form.current)?.focus();
    useInspector.getState().focused();
  }, [wanted]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    focusNode(nodeId);
  };
  return { form, name, onKeyDown };
}

/** The first that has a problem, else the first. */
function firstField(form: HTMLElement | null): HTMLElement | null {
  const faulty = form?.querySelector<HTMLElement>('[aria-invalid="true"]');
  if (faulty !== undefined && faulty !== null) return faulty;
  const fields = [...(form?.querySelectorAll<HTMLElement>(FIELDS) ?? [])];
  return fields.find((field) => !field.hasAttribute('data-about')) ?? null;
}
