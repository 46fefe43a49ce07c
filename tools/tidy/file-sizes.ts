import { type Tree, isSource } from './tree.ts';

/** Above this a file is a design question. */
const mostLines = 400;

/**
 * Files that were longer when the check began, with the length they may not exceed; an entry goes when the file has
 * come down. Empty is the aim.
 */
export const sizeRatchet: Readonly<Record<string, number>> = {};

/** No file over the limit, but for those of the ratchet, which may only shrink. */
export function fileSizes(tree: Tree, ratchet: Readonly<Record<string, number>> = sizeRatchet): string[] {
  const tooLong = sizesOf(tree)
    .filter(({ file, lines }) => lines > (ratchet[file] ?? mostLines))
    .map(({ file, lines }) => `${file}: ${lines} lines, at most ${ratchet[file] ?? mostLines}`);
  const settled = Object.keys(ratchet)
    .filter((file) => !tree.files.includes(file) || lineCount(tree.read(file)) <= mostLines)
    .map((file) => `${file}: no longer too long, take it off the ratchet`);
  return [...tooLong, ...settled];
}

/** Median and 90th percentile of the shipped and testing source, for the line that is printed. */
export function describeSizes(tree: Tree): string {
  const sorted = sizesOf(tree)
    .map(({ lines }) => lines)
    .sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return `${sorted.length} files, lines: median ${at(0.5)}, 90th percentile ${at(0.9)}, longest ${sorted.at(-1) ?? 0}`;
}

function sizesOf(tree: Tree): { file: string; lines: number }[] {
  return tree.files
    .filter((file) => isSource(file) && /^(apps|packages|test|tools|bench)\//.test(file))
    .map((file) => ({ file, text: tree.read(file) }))
    .filter(({ text }) => !isGenerated(text))
    .map(({ file, text }) => ({ file, lines: lineCount(text) }));
}

/** What a program wrote is as long as it is. */
function isGenerated(text: string): boolean {
  return /^\/[/*].*\b[Gg]enerated\b/.test(text.slice(0, text.indexOf('\n')));
}

function lineCount(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}
