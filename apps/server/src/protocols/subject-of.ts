import type { ParameterKind } from '@jiapian/rules';
import type { FilmSubject } from './films.repository.ts';

/** What a row of the table is looked up by: the position of a radiograph, the protocol of a scan; null when unknown. */
export const subjectOf = (kind: ParameterKind, { positionCode, facts }: FilmSubject): string | null => {
  if (kind === 'projection') return positionCode;
  const words = (facts.protocolName ?? facts.seriesDescription ?? '').trim();
  return words === '' ? null : words;
};
