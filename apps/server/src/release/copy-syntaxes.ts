import { writableSyntaxes } from '@jiapian/dicom/pixels';
import type { OutgoingObject } from './outgoing.ts';

/**
 * In what transfer syntaxes an object may leave for a destination, the preferred first: as it is, else, where the rule
 * allows it, in the first lossless one that the destination takes. None when the rule leaves no way.
 */
export const copySyntaxes = ({ transferSyntaxUid, wish }: OutgoingObject): string[] => {
  if (wish === undefined) return [transferSyntaxUid];
  const { acceptedSyntaxes, mayTranscode } = wish;
  const isTaken = acceptedSyntaxes.length === 0 || acceptedSyntaxes.includes(transferSyntaxUid);
  const own = isTaken ? [transferSyntaxUid] : [];
  if (!mayTranscode) return own;
  const others =
    acceptedSyntaxes.length === 0 ? writableSyntaxes : acceptedSyntaxes.filter((uid) => writableSyntaxes.includes(uid));
  return [...own, ...others.filter((uid) => uid !== transferSyntaxUid)];
};
