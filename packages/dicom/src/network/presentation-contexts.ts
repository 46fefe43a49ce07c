import { isStorageSopClass } from '../storage-sop-classes.ts';
import { contextResults, type AnsweredContext, type ProposedContext } from './associate-pdu.ts';

/** The verification service: C-ECHO (PS3.4 annex A). */
export const VERIFICATION_SOP_CLASS = '1.2.840.10008.1.1';

/** Implicit VR Little Endian, the encoding every peer must understand (PS3.5 section 10). */
export const IMPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2';

/** Explicit VR Little Endian, the encoding that needs no dictionary to read (PS3.5 annex A.2). */
export const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';

/** Encodings of messages that are read and written here, the better one first. */
const messageEncodings = [EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN];

/**
 * Answers each proposed context. Objects are kept as they come, so a storage context takes the first encoding that
 * the caller lists, known or not; verification takes Implicit VR Little Endian when offered. `services` are the other
 * SOP classes that are served: their messages are read here, in Explicit or Implicit VR Little Endian.
 */
export const answerContexts = (
  proposed: readonly ProposedContext[],
  services: ReadonlySet<string> = new Set(),
): AnsweredContext[] =>
  proposed.map((context) => {
    if (services.has(context.abstractSyntax)) return answerService(context);
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

const answerService = ({ id, transferSyntaxes }: ProposedContext): AnsweredContext => {
  const transferSyntax = messageEncodings.find((encoding) => transferSyntaxes.includes(encoding));
  return transferSyntax === undefined
    ? { id, result: contextResults.transferSyntaxesNotSupported, transferSyntax: IMPLICIT_LITTLE_ENDIAN }
    : { id, result: contextResults.acceptance, transferSyntax };
};
