import { useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import type { ScreenBranch } from '../../app/branches/branch-store.ts';
import { nameOf, shownBranch, useBranches } from '../../app/branches/branch-store.ts';
import { useRunStore } from '../../app/run-store.ts';
import { announce } from '../theme/announce.ts';
import { BranchBar } from './branch-bar.tsx';
import { BranchDifferences } from './branch-differences.tsx';
import { BranchNodes } from './branch-nodes.tsx';
import { PairCharts } from './pair-charts.tsx';
import { BranchProgress } from './branch-progress.tsx';
import { BranchProblems } from './branch-problems.tsx';
import { summaryOf } from './branch-words.ts';
import { useComparison } from './use-comparison.ts';
import { useLastNodes } from './use-last-nodes.ts';
import styles from './branches.module.css';
import { startBranch } from './start-branch.ts';
import { Button } from '../theme/button.tsx';

/** The run and a branch of it, side by side. */
export function BranchView(): ReactElement {
  const branches = useBranches((state) => state.branches);
  const branch = useBranches(shownBranch);
  if (branch === null) return <NoBranch />;
  return (
    <div className={styles['view']}>
      <BranchBar branch={branch} branches={branches} />
      <Compared key={branch.id} branch={branch} />
    </div>
  );
}

function NoBranch(): ReactElement {
  return (
    <div className={styles['none']}>
      <p>
        What if the watermark waited longer, or the window were kept open? A branch runs the same events with other
        settings, and shows what becomes of every result and every drop.
      </p>
      <Button look="primary" onClick={startBranch}>
        What if…
      </Button>
    </div>
  );
}

function Compared({ branch }: { branch: ScreenBranch }): ReactElement {
  const [asked, setAsked] = useState<string | null>(null);
  const { comparison, problems } = branch;
  const hasBegun = useRunStore((state) => state.position.seq > 0);
  useComparison(branch, asked, null);
  const last = useLastNodes(branch.document);
  const summary = comparison === null ? null : summaryOf(comparison, last);
  useSpoken(nameOf(branch), summary);
  if (problems.length > 0) return <BranchProblems problems={problems} />;
  if (comparison === null || summary === null) {
    return (
      <div className={styles['empty']}>
        {hasBegun ? <BranchProgress id={branch.id} /> : 'Run the graph: the branch follows it.'}
      </div>
    );
  }
  return (
    <div className={styles['parts']}>
      <section className={styles['left']} aria-label="Nodes of the run and the branch">
        <p className={styles['summary']}>
          <b>{summary}</b>
        </p>
        {comparison.limit !== null && <p className={styles['limit']}>The branch stopped: {comparison.limit.message}</p>}
        <BranchNodes comparison={comparison} shown={comparison.node?.nodeId ?? null} onShow={setAsked} />
      </section>
      <PairCharts comparison={comparison} />
      <BranchDifferences key={comparison.node?.nodeId} comparison={comparison} />
    </div>
  );
}

/** Said once the run stands: while it goes on the sentence is another one each time. */
function useSpoken(name: string, summary: string | null): void {
  const isRunning = useRunStore((state) => state.status.kind === 'running');
  useEffect(() => {
    if (summary !== null && !isRunning) announce(`${name}: ${summary}`);
  }, [name, summary, isRunning]);
}
