import { X } from 'lucide-react';
import { useId } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { openInspector } from '../inspector/open-inspector.ts';
import { Button } from '../theme/button.tsx';
import styles from './plane.module.css';

interface CardFrameProps {
  readonly mark: ReactNode;
  readonly title: string;
  readonly tone?: 'dropped';
  readonly closeText: string;
  /** Of a card that is told in few words. */
  readonly onMore?: (() => void) | undefined;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A card of the plane with its head. */
export function CardFrame({ mark, title, tone, closeText, onMore, onClose, children }: CardFrameProps): ReactElement {
  const id = useId();
  return (
    <section className={styles['cardBody']} aria-labelledby={id}>
      <div className={styles['cardHead']} data-tone={tone}>
        {mark}
        <h3 id={id}>{title}</h3>
        {onMore !== undefined && (
          <Button look="quiet" isSmall onClick={onMore}>
            More
          </Button>
        )}
        <Button look="quiet" isIcon isSmall aria-label={closeText} onClick={onClose}>
          <X size={14} aria-hidden />
        </Button>
      </div>
      {children}
    </section>
  );
}

/** To the events and results that the selection has to do with. */
export function LineageButton(): ReactElement {
  return (
    <div className={styles['cardFoot']}>
      <Button isSmall onClick={() => openInspector().show('lineage')}>
        Lineage
      </Button>
    </div>
  );
}
