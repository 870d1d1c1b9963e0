import { CircleAlert, TriangleAlert } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useRef, useState } from 'react';
import type { ReactElement } from 'react';
import { useDocumentStore } from '../../app/document-store.ts';
import type { Problem } from '../../stream/problem.ts';
import { useAllProblems } from '../timeline/use-all-problems.ts';
import { goToProblem } from '../problems/go-to-problem.ts';
import { ProblemList } from '../problems/problem-list.tsx';
import styles from './problems-chip.module.css';

/** Every problem with its cure; a click flies to the node. Not there while there is none. */
export function ProblemsChip(): ReactElement | null {
  const problems = useAllProblems();
  const isEmpty = useDocumentStore((state) => state.document.nodes.length === 0);
  const [isOpen, setOpen] = useState(false);
  const chosen = useRef<Problem | null>(null);
  if (problems.length === 0 || isEmpty) return null;
  const hasErrors = problems.some((problem) => problem.severity === 'error');
  const Icon = hasErrors ? CircleAlert : TriangleAlert;
  const choose = (problem: Problem): void => {
    chosen.current = problem;
    setOpen(false);
  };
  const goThere = (event: Event): void => {
    if (chosen.current === null) return;
    event.preventDefault();
    goToProblem(chosen.current);
    chosen.current = null;
  };
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger className={styles['chip']} data-severity={hasErrors ? 'error' : 'warning'}>
        <Icon size={16} aria-hidden />
        <b>
          {problems.length} {problems.length === 1 ? 'problem' : 'problems'}
        </b>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={styles['list']}
          align="start"
          sideOffset={6}
          aria-label="Problems"
          onCloseAutoFocus={goThere}
        >
          <ProblemList problems={problems} onGo={choose} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
