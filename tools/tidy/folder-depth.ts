import type { Tree } from './tree.ts';

/** The words of the pages are one folder per language; a large building block of the pages is a folder of its own. */
const exception = /^apps\/web\/src\/(locales\/[^/]+\/[^/]+\.json|ui\/[^/]+\/[^/]+)$/;

/** `src/room/file` and no deeper. */
export function folderDepth(tree: Tree): string[] {
  return tree.files
    .filter((file) => /^(apps|packages)\/[^/]+\/src\//.test(file) || file.startsWith('test/testkit/src/'))
    .filter((file) => !exception.test(file))
    .filter((file) => (file.split('/src/')[1] ?? '').split('/').length > 2)
    .map((file) => `${file}: deeper than src/room/file`);
}
