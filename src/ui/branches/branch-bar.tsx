import { Check, Layers, Pencil, Plus, Trash2 } from 'lucide-react';
import type { ReactElement } from 'react';
import type { ScreenBranch } from '../../app/branches/branch-store.ts';
import { BRANCHES_MAX, nameOf, useBranches } from '../../app/branches/branch-store.ts';
import { announce } from '../theme/announce.ts';
import { Button } from '../theme/button.tsx';
import { NOTHING, formatExactCount, formatTime } from '../theme/format.ts';
import { startBranch } from './start-branch.ts';
import styles from './branches.module.css';

interface BranchBarProps {
  readonly branch: ScreenBranch;
  readonly branches: readonly ScreenBranch[];
}

/** Which branch is looked at, and what can be done with it. */
export function BranchBar({ branch, branches }: BranchBarProps): ReactElement {
  const { rename } = useBranches.getState();
  const name = nameOf(branch);
  return (
    <div className={styles['bar']}>
      <Names branch={branch} branches={branches} />
      <Button
        look="quiet"
        isIcon
        isSmall
        aria-label="New branch here"
        title={
          branches.length < BRANCHES_MAX ? 'New branch where the run stands' : 'No more branches: discard one first'
        }
        disabled={branches.length >= BRANCHES_MAX}
        onClick={startBranch}
      >
        <Plus size={14} aria-hidden />
      </Button>
      <Beginning branch={branch} />
      <input
        className={styles['rename']}
        aria-label="Name of the branch"
        placeholder={name}
        value={branch.ownName ?? ''}
        onChange={(event) => rename(branch.id, event.target.value)}
      />
      <Actions branch={branch} name={name} />
    </div>
  );
}

/** From when on its settings count. */
function Beginning({ branch }: { branch: ScreenBranch }): ReactElement {
  const { id, atSeq, atMs, from } = branch;
  const time = atMs === null ? NOTHING : formatTime(atMs);
  return (
    <label className={styles['origin']}>
      <span className={styles['word']}>other settings</span>{' '}
      <select
        aria-label="From when on the branch has its settings"
        value={from}
        onChange={({ target }) => useBranches.getState().beginFrom(id, target.value === 'here' ? 'here' : 'start')}
      >
        <option value="start">from the first event on</option>
        <option value="here">
          from entry {formatExactCount(atSeq)} on, {time}
        </option>
      </select>
    </label>
  );
}

function Names({ branch, branches }: BranchBarProps): ReactElement {
  const { show } = useBranches.getState();
  return (
    <div className={styles['names']} role="radiogroup" aria-label="Branches">
      {branches.map((each) => (
        <button
          key={each.id}
          type="button"
          role="radio"
          aria-checked={each.id === branch.id}
          className={styles['name']}
          onClick={() => show(each.id)}
        >
          {nameOf(each)}
        </button>
      ))}
    </div>
  );
}

function Actions({ branch, name }: { branch: ScreenBranch; name: string }): ReactElement {
  const isEditing = useBranches((state) => state.editing === branch.id);
  const isOver = useBranches((state) => state.isOver);
  const { edit, endEditing, discard, takeOver, layOver } = useBranches.getState();
  return (
    <>
      <Button
        isSmall
        look="quiet"
        aria-pressed={isOver}
        className={styles['over'] ?? ''}
        title="Draw the branch dashed over charts and plane"
        onClick={() => layOver(!isOver)}
      >
        <Layers size={14} aria-hidden /> Overlay
      </Button>
      {isEditing ? (
        <Button isSmall onClick={endEditing} title="Show the graph as it runs; the branch stays">
          <Check size={14} aria-hidden /> Done
        </Button>
      ) : (
        <Button isSmall onClick={() => edit(branch.id)} title="Show the graph of the branch, to change its settings">
          <Pencil size={14} aria-hidden /> Edit
        </Button>
      )}
      <Button
        isSmall
        look="primary"
        title="These settings become those of the graph; undo takes it back"
        onClick={() => {
          takeOver(branch.id);
          announce(`${name} was taken over: the graph has its settings.`);
        }}
      >
        Take over
      </Button>
      <Button
        isSmall
        look="quiet"
        aria-label="Discard the branch"
        title="Discard the branch"
        onClick={() => {
          discard(branch.id);
          announce(`${name} was discarded.`);
        }}
      >
        <Trash2 size={14} aria-hidden />
      </Button>
    </>
  );
}
