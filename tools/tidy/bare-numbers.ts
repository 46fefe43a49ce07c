import { type Tree, isShipped } from './tree.ts';

const number = /^(?:export )?const (\w+)(?:: \w+)? = -?[\d_.e*+-]+(?: \* [\d_.e]+)*;\s*(\/\/.*)?$/;

/** Every number that decides something says above or beside it what it is and where it comes from. */
export function bareNumbers(tree: Tree): string[] {
  return tree.files
    .filter((file) => file.startsWith('packages/rules/') && isShipped(file))
    .flatMap((file) => {
      const lines = tree.read(file).split('\n');
      return lines.flatMap((line, index) => {
        const [, name, beside] = number.exec(line) ?? [];
        // millisecondsPerMinute says all there is to say.
        if (name === undefined || beside !== undefined || /Per[A-Z]/.test(name)) return [];
        const above = lines[index - 1] ?? '';
        return /\*\/\s*$|^\s*\/\//.test(above) ? [] : [`${file}:${index + 1}: ${name} has neither unit nor source`];
      });
    });
}
