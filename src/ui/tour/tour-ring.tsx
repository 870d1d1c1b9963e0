import { useEffect, useRef } from 'react';
import type { ReactElement } from 'react';
import styles from './tour.module.css';

/** Distance of the ring from what it goes around, px. */
const DISTANCE = 3;

/** Where a part of the page is in the window; null for one that is not shown. */
export function boxOf(target: string): DOMRect | null {
  const box = target === '' ? undefined : document.querySelector(target)?.getBoundingClientRect();
  return box === undefined || box.width === 0 ? null : box;
}

/** Goes around a part of the page, wherever that moves; takes no clicks. */
export function TourRing({ target }: { target: string }): ReactElement {
  const ring = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let frame = 0;
    const follow = (): void => {
      const box = boxOf(target);
      if (ring.current !== null) {
        const { style } = ring.current;
        style.display = box === null ? 'none' : 'block';
        if (box !== null) {
          style.translate = `${box.x - DISTANCE}px ${box.y - DISTANCE}px`;
          style.width = `${box.width + 2 * DISTANCE}px`;
          style.height = `${box.height + 2 * DISTANCE}px`;
        }
      }
      frame = requestAnimationFrame(follow);
    };
    follow();
    return () => cancelAnimationFrame(frame);
  }, [target]);
  return <div ref={ring} className={styles['ring']} aria-hidden />;
}
