import type { Problem } from '../stream/problem.ts';

interface Named {
  readonly name: string;
  readonly title: string;
}

/** A problem of a parameter in the words of its form: `“Size”` where the document says `sizeMs`. */
export function inFormWords(problem: Problem, { name, title }: Named): Problem {
  // What is called by a plain word may be meant by that word: it is the parameter only where the message begins with it.
  const isTold = /[A-Z]/.test(name) || problem.message.startsWith(`${name} `);
  if (!isTold) return problem;
  const written = new RegExp(`(?<![\\w.])${name}(?![\\w.]*\\w)`, 'g');
  const quoted = `“${title}”`;
  return {
    ...problem,
    message: problem.message.replace(written, quoted),
    fix: problem.fix.replace(written, quoted),
  };
}
