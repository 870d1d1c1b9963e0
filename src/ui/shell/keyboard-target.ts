/** Keys of a text field belong to the field. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** Open dialogs and menus take all keys. */
export function isModalOpen(): boolean {
  return document.querySelector('[role="dialog"][data-state="open"], [role="menu"][data-state="open"]') !== null;
}

const PRESSED_BY_ENTER =
  'button, a[href], summary, [role="button"], [role="tab"], [role="option"], [role="menuitem"], [role="switch"]';

/** Enter on a button presses it. */
export function isPressing(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && event.target instanceof Element && event.target.closest(PRESSED_BY_ENTER) !== null;
}
