/** Windows in which only one panel has room beside the graph. The style sheets have the same bound. */
export const PHONE = '(max-width: 699px)';
