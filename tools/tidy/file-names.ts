import { type Tree, isSource } from './tree.ts';

/** Names that say nothing about what is inside. */
const forbidden = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'manager', 'misc', 'base', 'impl']);

/** What may stand between a file's name and its extension. */
const suffixes = new Set(['routes', 'repository', 'jobs', 'worker', 'test', 'bench', 'config', 'd']);

/** The layers of a room; each belongs to a room of the server. */
const roomSuffixes = new Set(['routes', 'repository', 'jobs']);

const roomFile = /^apps\/server\/src\/[^/]+\/[^/]+$/;

/** Kebab-case names in the words of the field, with the suffixes of the house and no others. */
export function fileNames(tree: Tree): string[] {
  return tree.files
    .filter((file) => /^(apps|packages|test|tools|bench)\//.test(file) && isSource(file))
    .flatMap((file) => problemsOf(file).map((problem) => `${file}: ${problem}`));
}

function problemsOf(file: string): string[] {
  const parts = file.split('/');
  const [stem = '', ...middle] = (parts.at(-1) ?? '').split('.').slice(0, -1);
  const words = [...parts.slice(0, -1), stem].flatMap((part) => part.split('-'));
  const problems = words
    .filter((word) => forbidden.has(word))
    .map((word) => `"${word}" says nothing, name what it holds`);
  if (stem !== '' && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(stem)) problems.push('not kebab-case');
  for (const suffix of middle.filter((name) => stem !== '' && !suffixes.has(name))) {
    problems.push(`unknown suffix ".${suffix}"`);
  }
  if (middle.some((name) => roomSuffixes.has(name)) && !roomFile.test(file)) {
    problems.push('a layer of a room lies outside the rooms of the server');
  }
  return problems;
}
