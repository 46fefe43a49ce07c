import type { RuleRow } from '@jiapian/contract';

/** A share with its interval in percent; null when there is none. */
export const shareWords = (share: RuleRow['precision']): string | null =>
  share === null ? null : `${percent(share.proportion)} (${percent(share.lower)}–${percent(share.upper)})`;

const percent = (share: number): string => `${Math.round(share * 100)} %`;
