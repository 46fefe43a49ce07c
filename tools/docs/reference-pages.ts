import { conformancePage } from './conformance-page.ts';
import { errorPage } from './error-page.ts';
import { languages } from './language.ts';
import { rolePage } from './role-page.ts';
import { stateMachinePage } from './state-machine-page.ts';
import { transferSyntaxPage } from './transfer-syntax-page.ts';

/** The pages that are written by a program: path below the root → text. */
export function referencePages(root: string): ReadonlyMap<string, string> {
  return new Map(
    languages.flatMap((language): [string, string][] => {
      const suffix = language === 'en' ? '.en.md' : '.md';
      return [
        [`docs/integrate/dicom-conformance${suffix}`, conformancePage(root, language)],
        [`docs/integrate/errors${suffix}`, errorPage(root, language)],
        [`docs/integrate/state-machines${suffix}`, stateMachinePage(language)],
        [`docs/integrate/transfer-syntaxes${suffix}`, transferSyntaxPage(language)],
        [`docs/use/roles${suffix}`, rolePage(root, language)],
      ];
    }),
  );
}
