/** What the mouse does, and the arrow keys, which are no command; shown on the sheet of shortcuts. */
export const GESTURES: readonly { readonly title: string; readonly gesture: string }[] = [
  { title: 'Add an operator', gesture: 'Drag from the palette' },
  { title: 'Draw an edge', gesture: 'Drag from port to port' },
  { title: 'Add what comes next', gesture: 'Drop an edge on the canvas' },
  { title: 'Move nodes', gesture: 'Drag, or arrow keys' },
  { title: 'Move them further', gesture: 'Shift+arrow keys' },
  { title: 'Move them off grid and lines', gesture: 'Ctrl+drag' },
  { title: 'Copy them', gesture: 'Alt+drag' },
  { title: 'Select several', gesture: 'Shift+drag, or Ctrl+click' },
  { title: 'Move the view', gesture: 'Drag the canvas, or Space+drag' },
  { title: 'Zoom', gesture: 'Wheel, or pinch' },
  { title: 'Open a graph or data', gesture: 'Drop a file on the canvas' },
];
