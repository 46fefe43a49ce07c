/** Contrast phase of a scan: without contrast, one of the named phases, or with contrast and no phase named. */
export const scanPhases = ['plain', 'arterial', 'venous', 'delayed', 'contrast'] as const;
/** One phase. */
export type ScanPhase = (typeof scanPhases)[number];

/** What the phase is told from. */
export interface PhaseFacts {
  readonly protocolName?: string | undefined;
  readonly seriesDescription?: string | undefined;
  readonly contrastBolusAgent?: string | undefined;
}

const phaseWords: readonly (readonly [ScanPhase, RegExp])[] = [
  ['plain', /平扫|\bplain\b|non[- ]?contrast|unenhanced|\bC-(?!\w)|\bwithout contrast\b/iu],
  ['arterial', /动脉期|\barterial\b|\bart\b/iu],
  ['venous', /静脉期|门脉期|\bportal\b|\bvenous\b/iu],
  ['delayed', /延迟|\bdelay(ed)?\b/iu],
  ['contrast', /增强|\benhanced\b|\bC\+|\bwith contrast\b|\bpost[- ]?contrast\b/iu],
];

/**
 * Which contrast phase a series is, from its words and from Contrast/Bolus Agent; null when words and agent contradict
 * each other. Without words and agent a series is plain: the agent is required when contrast was used (PS3.3 C.7.6.4).
 */
export const scanPhaseOf = (facts: PhaseFacts): ScanPhase | null => {
  const hasAgent = (facts.contrastBolusAgent ?? '').trim() !== '';
  const words = `${facts.seriesDescription ?? ''} ${facts.protocolName ?? ''}`;
  const said = phaseWords.find(([, pattern]) => pattern.test(words))?.[0];
  if (said === undefined) return hasAgent ? 'contrast' : 'plain';
  return said === 'plain' && hasAgent ? null : said;
};
