import type { ButtonHTMLAttributes, ReactElement, ReactNode, Ref } from 'react';
import styles from './controls.module.css';

type ButtonLook = 'plain' | 'primary' | 'quiet' | 'danger';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: ButtonLook;
  /** Square, for a lone icon; give it an `aria-label`. */
  readonly isIcon?: boolean;
  readonly isSmall?: boolean;
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({ look = 'plain', isIcon, isSmall, className, ...rest }: ButtonProps): ReactElement {
  const classes = [
    styles['button'],
    look === 'plain' ? '' : styles[look],
    isIcon === true ? styles['icon'] : '',
    isSmall === true ? styles['small'] : '',
    className ?? '',
  ];
  return <button type="button" className={classes.filter(Boolean).join(' ')} {...rest} />;
}
