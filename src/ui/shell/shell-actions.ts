/** What several parts of the shell can ask for. */
export interface ShellActions {
  readonly openTemplates: () => void;
  /** Lets the user choose a file to import. */
  readonly chooseImport: () => void;
  readonly exportGraph: () => void;
}
