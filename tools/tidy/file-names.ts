import { type Tree, isSource } from './tree.ts';

/** Names that say nothing about what is inside. */
const forbidden = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'manager', 'misc', 'base', 'impl']);

/** What may stand between a file's name and its extension. */
const suffixes = new Set([
  'routes',
  'repository',
  'route',
  'jobs',
  'worker',
  'test',
  'fixture',
  'bench',
  'config',
  'd',
]);

/** The layers of a room; the pages have routes too, but neither SQL nor jobs. */
const roomSuffixes = {
  routes: /^apps\/(server|web)\/src\/[^/]+\//,
  repository: /^apps\/server\/src\/[^/]+\//,
  jobs: /^apps\/server\/src\/[^/]+\//,
};

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
  // A test may name the aspect it looks at: derive-position.headers.test.ts.
  const named = middle.at(-1) === 'test' ? [] : middle;
  for (const suffix of named.filter((name) => stem !== '' && !suffixes.has(name))) {
    problems.push(`unknown suffix ".${suffix}"`);
  }
  for (const [suffix, place] of Object.entries(roomSuffixes)) {
    if (middle.includes(suffix) && !place.test(file)) problems.push(`".${suffix}" lies outside the rooms`);
  }
  return problems;
}
