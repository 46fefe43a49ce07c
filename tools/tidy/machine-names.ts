import { type Tree, lineAt } from './tree.ts';

/** Written apart, so that this file does not find itself. */
const traces: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  { pattern: /(?<![\w.$}/])\/(?:home|Users)\/[a-z][\w-]*\//g, what: 'a home folder of some machine' },
  { pattern: /(?<![\w.$}/])\/root\/\w/g, what: 'a home folder of some machine' },
  { pattern: new RegExp(['registry', '\\.npmjs'].join(''), 'g'), what: 'a registry host' },
  { pattern: new RegExp(['deb', '\\.debian'].join(''), 'g'), what: 'a package host' },
];

/** Nothing in the repository names the machine it was written on. `root` is where the repository lies now. */
export function machineNames(tree: Tree, root: string): string[] {
  // A root of one folder, such as /app, is an ordinary word in a path.
  const here =
    root.split('/').length > 2
      ? [{ pattern: new RegExp(`${RegExp.escape(root)}\\b`, 'g'), what: 'the folder of this checkout' }]
      : [];
  return tree.files
    .filter(
      (file) =>
        /\.(ts|tsx|mjs|cjs|js|json|md|html|css|sql|sh|ya?ml)$|\/run$/.test(file) &&
        file !== 'tools/tidy/machine-names.test.ts',
    )
    .flatMap((file) => {
      const text = tree.read(file);
      return [...traces, ...here].flatMap(({ pattern, what }) =>
        [...text.matchAll(pattern)].map((match) => `${file}:${lineAt(text, match.index)}: ${what}`),
      );
    });
}
