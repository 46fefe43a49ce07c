import path from 'node:path';
import { type Tree, isShipped } from './tree.ts';

const declaration =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:function\*?|const|let|class|interface|type) (\w+)/;

/** Every name that the rules and the DICOM words offer to others says what it answers. */
export function docstrings(tree: Tree): string[] {
  return tree.files
    .filter((file) => /^packages\/(rules|dicom)\//.test(file) && isShipped(file))
    .flatMap((file) => {
      const offered = offeredNames(tree, file);
      return undocumented(tree.read(file))
        .filter((name) => offered === 'all' || offered.has(name))
        .map((name) => `${file}: ${name} has no docstring`);
    });
}

/** What the index files of the package pass on from a file. */
function offeredNames(tree: Tree, file: string): 'all' | ReadonlySet<string> {
  const source = file.split('/').slice(0, 3).join('/');
  const names = new Set<string>();
  for (const index of tree.files.filter((each) => each.startsWith(`${source}/`) && each.endsWith('/index.ts'))) {
    for (const [, list, from] of tree.read(index).matchAll(/export\s+(?:type\s+)?(\*|\{[^}]*\})\s+from\s+'([^']+)'/g)) {
      if (path.posix.join(path.posix.dirname(index), from ?? '') !== file) continue;
      if (list === '*') return 'all';
      for (const [name] of (list ?? '').matchAll(/\b(?!type\b)\w+/g)) names.add(name);
    }
  }
  return names;
}

function undocumented(text: string): string[] {
  const lines = text.split('\n');
  const described = new Set<string>();
  const missing: string[] = [];
  for (const [index, line] of lines.entries()) {
    const name = declaration.exec(line)?.[1];
    if (name === undefined) continue;
    // A second name of the same word is an overload, or a type beside its value: one docstring serves both.
    if (/\*\/\s*$/.test(lines[index - 1] ?? '')) described.add(name);
    else if (!described.has(name)) missing.push(name);
  }
  return missing;
}
