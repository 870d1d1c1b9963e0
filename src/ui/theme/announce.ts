import { create } from 'zustand';

/** What is read out next, and how often something was: the same words may come twice. */
export const useAnnouncement = create<{ readonly text: string; readonly count: number }>()(() => ({
  text: '',
  count: 0,
}));

/** Reads something out that only eyes would notice. What has a message of its own needs none. */
export function announce(text: string): void {
  useAnnouncement.setState(({ count }) => ({ text, count: count + 1 }));
}
