import { dirname, join } from 'node:path';
import ts from 'typescript';

const parsedLibraries = new Map<string, ts.SourceFile | undefined>();

/**
 * Compiles one planted file as if it lay in a room, with the room's own tsconfig.json, and says what the compiler
 * objects to. Nothing is written.
 */
export function compileInRoom(srcPath: string, room: string, text: string): string[] {
  const configPath = join(srcPath, room, 'tsconfig.json');
  const planted = join(srcPath, room, 'planted.ts');
  const config = ts.getParsedCommandLineOfConfigFile(
    configPath,
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic },
  );
  if (config === undefined) throw new Error(`${configPath} cannot be read.`);

  const host = ts.createCompilerHost(config.options);
  const readFromDisk = host.getSourceFile.bind(host);
  host.getSourceFile = (path, options) => {
    if (path === planted) return ts.createSourceFile(path, text, options);
    if (!parsedLibraries.has(path)) parsedLibraries.set(path, readFromDisk(path, options));
    return parsedLibraries.get(path);
  };
  host.getCurrentDirectory = () => dirname(srcPath);
  const program = ts.createProgram([planted], config.options, host);
  const diagnostics = [...program.getOptionsDiagnostics(), ...program.getSemanticDiagnostics()];
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

function onUnRecoverableConfigFileDiagnostic({ messageText }: ts.Diagnostic): void {
  throw new Error(ts.flattenDiagnosticMessageText(messageText, ' '));
}
