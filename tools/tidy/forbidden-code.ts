import { type Tree, isShipped, isSource, lineAt } from './tree.ts';

interface Prohibition {
  readonly applies: (file: string) => boolean;
  readonly pattern: RegExp;
  readonly instead: string;
}

const inRules = (file: string) => file.startsWith('packages/rules/') && isShipped(file);

const inRooms = (file: string) =>
  file.startsWith('apps/server/src/') && !file.startsWith('apps/server/src/platform/') && isShipped(file);

const prohibitions: readonly Prohibition[] = [
  {
    applies: (file) => isShipped(file) && !file.startsWith('packages/kernel/'),
    pattern: /\bnew (?:Type|Range)?Error\(/g,
    instead: 'a bare Error: use AppError with a code of the catalogue, or return a value',
  },
  { applies: inRules, pattern: /\bDate\.now\(|\bnew Date\(\s*\)/g, instead: 'reads the clock: pass the time in' },
  { applies: inRules, pattern: /\bMath\.random\(/g, instead: 'throws dice: pass the random source in' },
  { applies: inRules, pattern: /\.toLocale\w*\(|\bIntl\./g, instead: 'knows a locale: return values, not words' },
  {
    applies: (file) => inRooms(file) && !file.endsWith('.repository.ts'),
    pattern: /\.(?:selectFrom|insertInto|updateTable|deleteFrom)\(|\bsql(?:<[^`]*>)?`/g,
    instead: 'SQL: it stands in a *.repository.ts',
  },
  {
    applies: (file) => isSource(file) && !file.startsWith('tools/tidy/'),
    pattern: /\b(?:TODO|FIXME|XXX|HACK)\b/g,
    instead: 'unfinished: do it, or open an issue',
  },
  {
    applies: (file) => isSource(file) && !file.startsWith('tools/tidy/'),
    pattern: /@ts-ignore|@ts-nocheck|@ts-expect-error/g,
    instead: 'silences the compiler: say the type',
  },
  {
    applies: (file) => /\.test\.tsx?$/.test(file) && !file.startsWith('tools/tidy/'),
    pattern: /\b(?:it|test|describe)\.only\(/g,
    instead: 'hides the other tests',
  },
];

/** What must not be written, where the linter has no rule for it. */
export function forbiddenCode(tree: Tree): string[] {
  return tree.files.filter(isSource).flatMap((file) => {
    const applicable = prohibitions.filter((prohibition) => prohibition.applies(file));
    if (applicable.length === 0) return [];
    const text = tree.read(file);
    return applicable.flatMap(({ pattern, instead }) =>
      [...text.matchAll(pattern)].map((match) => `${file}:${lineAt(text, match.index)}: ${instead}`),
    );
  });
}
