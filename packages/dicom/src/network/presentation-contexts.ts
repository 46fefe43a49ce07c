import { contextResults, type AnsweredContext, type ProposedContext } from './associate-pdu.ts';

/** The verification service: C-ECHO (PS3.4 annex A). */
export const VERIFICATION_SOP_CLASS = '1.2.840.10008.1.1';

/** Implicit VR Little Endian, the encoding every peer must understand (PS3.5 section 10). */
export const IMPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2';

/** Below this root of the standard lie the storage classes of images, reports and presentation states (PS3.4 B.5). */
const STORAGE_ROOT = '1.2.840.10008.5.1.4.1.1.';

/** Everything below this root is the standard's own; anything else is a vendor's private class (PS3.5 annex B). */
const STANDARD_ROOT = '1.2.840.10008.';

/** Storage classes of the standard that lie elsewhere (PS3.4 tables B.5-1 and GG.3-1, PS3.6 table A-1). */
const storageElsewhere = new Set([
  '1.2.840.10008.5.1.1.27',
  '1.2.840.10008.5.1.1.29',
  '1.2.840.10008.5.1.1.30',
  '1.2.840.10008.5.1.4.34.1',
  '1.2.840.10008.5.1.4.34.7',
  '1.2.840.10008.5.1.4.34.10',
  '1.2.840.10008.5.1.4.38.1',
  '1.2.840.10008.5.1.4.39.1',
  '1.2.840.10008.5.1.4.43.1',
  '1.2.840.10008.5.1.4.44.1',
  '1.2.840.10008.5.1.4.45.1',
]);

/** Does this class name an object that can be stored? Private classes count: what a device sends is kept. */
export const isStorageSopClass = (sopClassUid: string): boolean =>
  sopClassUid.startsWith(STORAGE_ROOT) ||
  storageElsewhere.has(sopClassUid) ||
  (sopClassUid.startsWith('1.') || sopClassUid.startsWith('2.') ? !sopClassUid.startsWith(STANDARD_ROOT) : false);

/**
 * Answers each proposed context. Objects are kept as they come, so a storage context takes the first encoding that
 * the caller lists, known or not; verification takes Implicit VR Little Endian when offered.
 */
export const answerContexts = (proposed: readonly ProposedContext[]): AnsweredContext[] =>
  proposed.map((context) => {
    const [first] = context.transferSyntaxes;
    if (first === undefined) {
      return {
        id: context.id,
        result: contextResults.transferSyntaxesNotSupported,
        transferSyntax: IMPLICIT_LITTLE_ENDIAN,
      };
    }
    if (context.abstractSyntax === VERIFICATION_SOP_CLASS) {
      const hasImplicit = context.transferSyntaxes.includes(IMPLICIT_LITTLE_ENDIAN);
      return {
        id: context.id,
        result: contextResults.acceptance,
        transferSyntax: hasImplicit ? IMPLICIT_LITTLE_ENDIAN : first,
      };
    }
    return {
      id: context.id,
      result: isStorageSopClass(context.abstractSyntax)
        ? contextResults.acceptance
        : contextResults.abstractSyntaxNotSupported,
      transferSyntax: first,
    };
  });
