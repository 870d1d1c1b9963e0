import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, RefCallback, RefObject } from 'react';
import { focusNode } from '../canvas/focus-node.ts';
import { useInspector } from './inspector-store.ts';

const FIELDS = 'input, select, textarea, [contenteditable="true"], button';

interface InspectorKeys {
  readonly form: RefCallback<HTMLFieldSetElement>;
  readonly name: RefObject<HTMLInputElement | null>;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** Takes the keyboard to what a command asked for, and by Escape back to the node on the canvas. */
export function useInspectorKeys(nodeId: string): InspectorKeys {
  // Parts of the panel may still be loading: the form is there when they are.
  const [form, setForm] = useState<HTMLFieldSetElement | null>(null);
  const name = useRef<HTMLInputElement>(null);
  const wanted = useInspector((state) => state.wanted);
  useEffect(() => {
    if (wanted === null || (wanted === 'field' && form === null)) return;
    if (wanted === 'name') name.current?.select();
    else firstField(form)?.focus();
    useInspector.getState().focused();
  }, [wanted, form]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    focusNode(nodeId);
  };
  return { form: setForm, name, onKeyDown };
}

/** The first that has a problem, else the first. */
function firstField(form: HTMLElement | null): HTMLElement | null {
  const faulty = form?.querySelector<HTMLElement>('[aria-invalid="true"]');
  if (faulty !== undefined && faulty !== null) return faulty;
  const fields = [...(form?.querySelectorAll<HTMLElement>(FIELDS) ?? [])];
  return fields.find((field) => !field.hasAttribute('data-about')) ?? null;
}
