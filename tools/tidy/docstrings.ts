import { type Tree, isShipped } from './tree.ts';

const declaration =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:function\*?|const|let|class|interface|type) (\w+)/;

/** Every export of the rules and of the DICOM words says what it answers. */
export function docstrings(tree: Tree): string[] {
  return tree.files
    .filter((file) => /^packages\/(rules|dicom)\//.test(file) && isShipped(file))
    .flatMap((file) => undocumented(tree.read(file)).map((name) => `${file}: ${name} has no docstring`));
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
