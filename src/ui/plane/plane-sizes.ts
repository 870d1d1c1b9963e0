/** Room around the plot, in rem sixteenths at the sides that have labels. */
export const X_AXIS_ROOM = { left: 54, right: 12, top: 10, bottom: 32 } as const;
