/** What the mouse does that no key stands for; shown on the sheet of shortcuts. */
export const GESTURES: readonly { readonly title: string; readonly gesture: string }[] = [
  { title: 'Add an operator', gesture: 'Drag from the palette' },
  { title: 'Draw an edge', gesture: 'Drag from port to port' },
  { title: 'Add what comes next', gesture: 'Drop an edge on the canvas' },
  { title: 'Move nodes', gesture: 'Drag' },
  { title: 'Select several', gesture: 'Shift+drag, or Ctrl+click' },
  { title: 'Move the view', gesture: 'Drag the canvas, or Space+drag' },
  { title: 'Zoom', gesture: 'Wheel, or pinch' },
  { title: 'Open a graph or data', gesture: 'Drop a file on the canvas' },
];
