import type { Part } from './part.ts';
import type { Word } from './read-words.ts';

/** What a description says beside part and view. */
export type Qualifier =
  | 'towne'
  | 'waters'
  | 'caldwell'
  | 'submentovertical'
  | 'schuller'
  | 'mouth'
  | 'flexion-extension'
  | 'lordotic'
  | 'mobile'
  | 'above-diaphragm'
  | 'below-diaphragm'
  | 'supine'
  | 'erect'
  | 'decubitus'
  | 'full-length'
  | 'frog'
  | 'cross-table'
  | 'scaphoid'
  | 'scapular-y'
  /** A special view that the library does not have. */
  | 'special';

/** How a person lay or stood: of interest only for parts of which the library has more than one such position. */
export const postures: readonly Qualifier[] = ['supine', 'erect', 'mobile'];

/** What a qualifier word says: the qualifier, and the part when the word names it by itself. */
export interface QualifierWord {
  readonly qualifier: Qualifier;
  readonly part?: Part;
  /** A second qualifier of another film of the same study: 立卧位 is one film erect and one supine. */
  readonly also?: Qualifier;
}

/** Words for qualifiers, longer before shorter, because a word taken is not read again. */
export const qualifierWords: readonly Word<QualifierWord>[] = [
  [/汤氏位?|\bTOWNES?\b/g, { qualifier: 'towne', part: 'skull' }],
  [/瓦氏位?|华氏位?|\bWATERS\b/g, { qualifier: 'waters', part: 'sinuses' }],
  [/柯氏位?|\bCALDWELL\b/g, { qualifier: 'caldwell', part: 'sinuses' }],
  [/颅底位?|颌顶位|顶颌位|\bSMV\b|\bSUBMENTO ?VERTE(?:X|ICAL)\b/g, { qualifier: 'submentovertical', part: 'skull' }],
  [/许氏位?|\bSCH(?:U|UE|Ü)LLER\b/g, { qualifier: 'schuller', part: 'mastoid' }],
  [/张闭口位?|张口位?|开口位?|闭口位?|\b(?:OPEN|CLOSED) MOUTH\b/g, { qualifier: 'mouth' }],
  [/\bODONTOID\b|齿状突|齿突/g, { qualifier: 'mouth', part: 'cervical-spine' }],
  [/过伸过屈位?|过屈过伸位?|过伸位?|过屈位?|动力位|\b(?:FLEXION|EXTENSION)\b/g, { qualifier: 'flexion-extension' }],
  [/前弓位?|\b(?:APICAL )?LORDOTIC\b/g, { qualifier: 'lordotic', part: 'chest' }],
  [/床[旁边头]|移动 ?DR|\b(?:PORTABLE|BEDSIDE|MOBILE)\b/g, { qualifier: 'mobile' }],
  [/膈上/g, { qualifier: 'above-diaphragm' }],
  [/膈下/g, { qualifier: 'below-diaphragm' }],
  [/\bABOVE (?:THE )?DIAPHRAGM\b|\bUPPER RIBS?\b/g, { qualifier: 'above-diaphragm', part: 'ribs' }],
  [/\bBELOW (?:THE )?DIAPHRAGM\b|\bLOWER RIBS?\b/g, { qualifier: 'below-diaphragm', part: 'ribs' }],
  [/侧卧(?:水平)?位?|\b(?:LATERAL )?DECUB(?:ITUS)?\b/g, { qualifier: 'decubitus' }],
  [/\bKUB\b|泌尿系平片|尿路平片/g, { qualifier: 'supine', part: 'abdomen' }],
  [/立卧位|卧立位|立位? ?卧位/g, { qualifier: 'supine', also: 'erect' }],
  [/半[卧坐]位?/g, { qualifier: 'mobile' }],
  [/俯卧位?|\bPRONE\b/g, { qualifier: 'special' }],
  [/仰卧位?|平卧位?|卧位|\bSUPINE\b/g, { qualifier: 'supine' }],
  [/站立位?|立位|\b(?:ERECT|UPRIGHT|STANDING)\b/g, { qualifier: 'erect' }],
  [
    /全长|全脊柱|\bFULL ?(?:LENGTH|SPINE|LEG)\b|\bLONG ?LEG\b|\bWHOLE ?(?:SPINE|LEG)\b|\bSCOLIOSIS\b/g,
    { qualifier: 'full-length' },
  ],
  [/蛙[式形]位?|\bFROG(?: ?LEG)?\b/g, { qualifier: 'frog', part: 'hip' }],
  [/水平侧位|穿桌位|\bX ?TABLE\b|\bCROSS ?TABLE\b/g, { qualifier: 'cross-table' }],
  [/足舟骨/g, { qualifier: 'special', part: 'foot' }],
  [/舟骨位?|舟状骨位?|尺偏位?|\bSCAPHOID\b|\bULNAR DEV(?:IATION)?\b/g, { qualifier: 'scaphoid', part: 'wrist' }],
  [/\bY ?位|\bSCAPULAR Y\b|\bY ?VIEW\b/g, { qualifier: 'scapular-y', part: 'scapula' }],
  [
    /负重|应力位|造影|钡|穿胸位|出口位|入口位|闭孔位|髂骨位|内旋位|外旋位|隧道位|踝穴位|点片|放大位?|\b(?:WEIGHT ?BEARING|STRESS|TRANSTHORACIC|INLET|OUTLET|JUDET|TUNNEL|MORTISE|SPOT|MAG(?:NIFICATION)?|STEREO|IVP|IVU|AXILLARY|GRASHEY|SWIMMERS?|STENVERS)\b/g,
    { qualifier: 'special' },
  ],
];
