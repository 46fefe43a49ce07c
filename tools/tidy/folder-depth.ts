import type { Tree } from './tree.ts';

/** `src/room/file` and no deeper; the words of the pages are one folder per language. */
export function folderDepth(tree: Tree): string[] {
  return tree.files
    .filter((file) => /^(apps|packages)\/[^/]+\/src\//.test(file) || file.startsWith('test/testkit/src/'))
    .filter((file) => !/^apps\/web\/src\/locales\/[^/]+\/[^/]+\.json$/.test(file))
    .filter((file) => (file.split('/src/')[1] ?? '').split('/').length > 2)
    .map((file) => `${file}: deeper than src/room/file`);
}
