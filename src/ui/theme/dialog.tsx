import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import type { CSSProperties, ReactElement, ReactNode } from 'react';
import { Button } from './button.tsx';
import styles from './dialog.module.css';
import { isNowhere, useReturn } from './use-return.ts';

/** The text is read first, and no button is the first by chance. */
function focusWhole(event: Event): void {
  event.preventDefault();
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
}

interface DialogProps {
  readonly title: string;
  readonly description: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly width?: string;
  /** Whether there is nothing to press in it: then the text itself takes the keyboard, to be scrolled. */
  readonly isText?: boolean;
  readonly children: ReactNode;
}

export function Dialog({
  title,
  description,
  isOpen,
  onClose,
  width = '32rem',
  isText = false,
  children,
}: DialogProps): ReactElement {
  const { remember, goBack } = useReturn();
  return (
    <Primitive.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className={styles['scrim']} />
        <Primitive.Content
          className={styles['dialog']}
          style={{ '--dialog-width': width } as CSSProperties}
          onOpenAutoFocus={(event) => {
            remember();
            focusWhole(event);
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (isNowhere(document.activeElement)) goBack();
          }}
        >
          <div className={styles['head']}>
            <div>
              <Primitive.Title>{title}</Primitive.Title>
              <Primitive.Description>{description}</Primitive.Description>
            </div>
            <Primitive.Close asChild>
              <Button look="quiet" isIcon aria-label="Close">
                <X size={16} aria-hidden />
              </Button>
            </Primitive.Close>
          </div>
          <div className={styles['body']} tabIndex={isText ? 0 : undefined}>
            {children}
          </div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
