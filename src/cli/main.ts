import type { ExitCode } from './exit-codes.ts';
import { EXIT, OutputError, UsageError } from './exit-codes.ts';
import { inspectCommand } from './inspect-command.ts';
import { openOutput, reasonOf } from './line-output.ts';
import { runCommand } from './run-command.ts';
import { safeText } from './terminal-text.ts';
import { USAGE } from './usage.ts';
import { validateCommand } from './validate-command.ts';

type Command = (args: readonly string[]) => Promise<ExitCode>;

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['run', runCommand],
  ['validate', validateCommand],
  ['inspect', inspectCommand],
]);

async function main(args: readonly string[]): Promise<ExitCode> {
  const [name = '', ...rest] = args;
  if (name === '--help' || name === '-h' || name === 'help') {
    const out = await openOutput('-');
    out.write(USAGE);
    await out.close();
    return EXIT.ok;
  }
  try {
    const command = COMMANDS.get(name);
    if (command === undefined) {
      throw new UsageError(name === '' ? 'Say what to do.' : `There is no command ${name}.`);
    }
    return await command(rest);
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`tidemark: ${safeText(error.message)}\n\n${USAGE}`);
      return EXIT.usage;
    }
    if (error instanceof OutputError) {
      process.stderr.write(`tidemark: ${safeText(error.message)}\n`);
      return EXIT.failed;
    }
    process.stderr.write(`tidemark: It broke off: ${safeText(reasonOf(error).replace(/\.$/, ''))}.\n`);
    return EXIT.failed;
  }
}

// All output was awaited. A stdin that is still open must not keep an interrupted run alive.
process.exit(await main(process.argv.slice(2)));
