import { useEffect, useRef } from 'react';
import type { ReactElement } from 'react';
import styles from './tour.module.css';

/** Distance of the ring from what it goes around, px. */
const DISTANCE = 3;

/** Goes around a part of the page, wherever that moves; takes no clicks. */
export function TourRing({ target }: { target: string }): ReactElement {
  const ring = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let frame = 0;
    const follow = (): void => {
      const box = document.querySelector(target)?.getBoundingClientRect();
      if (ring.current !== null) {
        const { style } = ring.current;
        style.display = box === undefined ? 'none' : 'block';
        if (box !== undefined) {
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
