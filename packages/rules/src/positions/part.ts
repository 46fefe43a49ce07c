import type { Word } from './read-words.ts';

/** A body part as far as radiographs are told apart by it. */
export type Part =
  | 'skull'
  | 'orbit'
  | 'nasal-bones'
  | 'mandible'
  | 'mastoid'
  | 'temporomandibular-joint'
  | 'sinuses'
  | 'teeth'
  | 'zygoma'
  | 'sella'
  | 'inner-ear'
  | 'nasopharynx'
  | 'neck'
  | 'cervical-spine'
  | 'chest'
  | 'ribs'
  | 'sternum'
  | 'sternoclavicular-joint'
  | 'breast'
  | 'abdomen'
  | 'spine'
  | 'thoracic-spine'
  | 'lumbar-spine'
  | 'lumbosacral-joint'
  | 'sacrum-coccyx'
  | 'pelvis'
  | 'hip'
  | 'sacroiliac-joint'
  | 'upper-limb'
  | 'finger'
  | 'hand'
  | 'wrist'
  | 'forearm'
  | 'elbow'
  | 'humerus'
  | 'shoulder'
  | 'acromioclavicular-joint'
  | 'scapula'
  | 'clavicle'
  | 'lower-limb'
  | 'femur'
  | 'knee'
  | 'patella'
  | 'lower-leg'
  | 'ankle'
  | 'foot'
  | 'toe'
  | 'calcaneus';

interface PartFacts {
  /** Wider parts that devices name instead of this one. */
  readonly within: readonly Part[];
  /** There is a left and a right one, so that a film of it has a side. */
  readonly isPaired: boolean;
  /** Body Part Examined (0018,0015): defined terms of DICOM PS3.16 Annex L and what devices write besides. */
  readonly bodyPartTerms: readonly string[];
}

const midline = (within: readonly Part[], ...bodyPartTerms: string[]): PartFacts => ({
  within,
  isPaired: false,
  bodyPartTerms,
});
const paired = (within: readonly Part[], ...bodyPartTerms: string[]): PartFacts => ({
  within,
  isPaired: true,
  bodyPartTerms,
});

/** What is known of each part; terms are written without spaces and hyphens. */
export const parts: Readonly<Record<Part, PartFacts>> = {
  skull: midline([], 'SKULL', 'HEAD', 'BRAIN', 'CRANIUM'),
  orbit: midline(['skull'], 'ORBIT', 'EYE'),
  'nasal-bones': midline(['skull'], 'NASALBONE', 'NASALBONES', 'NOSE'),
  mandible: paired(['skull'], 'MANDIBLE', 'JAW'),
  mastoid: paired(['skull'], 'MASTOID'),
  'temporomandibular-joint': paired(['mandible', 'skull'], 'TMJ', 'TMJOINT'),
  sinuses: midline(['skull'], 'SINUS', 'SINUSES', 'PARANASALSINUS'),
  teeth: midline(['skull', 'mandible'], 'TEETH', 'TOOTH', 'DENTAL'),
  zygoma: paired(['skull'], 'ZYGOMA'),
  sella: midline(['skull'], 'SELLA'),
  'inner-ear': paired(['skull'], 'IAC', 'EAR'),
  nasopharynx: midline(['skull', 'neck'], 'NASOPHARYNX'),
  neck: midline([], 'NECK'),
  'cervical-spine': midline(['neck', 'spine'], 'CSPINE', 'CERVICALSPINE'),
  chest: midline([], 'CHEST', 'THORAX', 'LUNG', 'HEART'),
  ribs: paired(['chest'], 'RIB', 'RIBS'),
  sternum: midline(['chest'], 'STERNUM'),
  'sternoclavicular-joint': midline(['chest', 'clavicle'], 'SCJOINT'),
  breast: paired(['chest'], 'BREAST'),
  abdomen: midline([], 'ABDOMEN', 'KUB', 'KIDNEY'),
  spine: midline([], 'SPINE', 'WHOLESPINE'),
  'thoracic-spine': midline(['spine'], 'TSPINE', 'DSPINE', 'THORACICSPINE'),
  'lumbar-spine': midline(['spine'], 'LSPINE', 'LSSPINE', 'LUMBARSPINE'),
  'lumbosacral-joint': midline(['lumbar-spine', 'spine'], 'LSJOINT'),
  'sacrum-coccyx': midline(['spine', 'pelvis'], 'SSPINE', 'SACRUM', 'COCCYX'),
  pelvis: midline([], 'PELVIS'),
  hip: paired(['pelvis', 'lower-limb'], 'HIP', 'HIPJOINT'),
  'sacroiliac-joint': paired(['pelvis'], 'SIJOINT'),
  'upper-limb': paired([], 'UPPERLIMB', 'UPEXM', 'EXTREMITY'),
  finger: paired(['hand', 'upper-limb'], 'FINGER', 'THUMB'),
  hand: paired(['upper-limb'], 'HAND'),
  wrist: paired(['upper-limb'], 'WRIST'),
  forearm: paired(['upper-limb'], 'FOREARM', 'RADIUS', 'ULNA', 'RADIUSULNA'),
  elbow: paired(['upper-limb'], 'ELBOW'),
  humerus: paired(['upper-limb'], 'HUMERUS', 'UPPERARM'),
  shoulder: paired(['upper-limb'], 'SHOULDER'),
  'acromioclavicular-joint': paired(['shoulder', 'clavicle', 'upper-limb'], 'ACJOINT'),
  scapula: paired(['shoulder', 'upper-limb'], 'SCAPULA'),
  clavicle: paired(['shoulder', 'upper-limb'], 'CLAVICLE'),
  'lower-limb': paired([], 'LOWERLIMB', 'LOWEXM', 'EXTREMITY'),
  femur: paired(['lower-limb'], 'FEMUR', 'THIGH'),
  knee: paired(['lower-limb'], 'KNEE'),
  patella: paired(['knee', 'lower-limb'], 'PATELLA'),
  'lower-leg': paired(['lower-limb'], 'LEG', 'LOWERLEG', 'TIBIA', 'FIBULA', 'TIBIAFIBULA', 'TIBFIB'),
  ankle: paired(['lower-limb'], 'ANKLE'),
  foot: paired(['lower-limb'], 'FOOT'),
  toe: paired(['foot', 'lower-limb'], 'TOE', 'TOES'),
  calcaneus: paired(['foot', 'lower-limb'], 'CALCANEUS', 'HEEL'),
};

/** The parts that a Body Part Examined value names; empty when it names none we know. */
export const partsOfBodyPartTerm = (value: string): Part[] => {
  const term = value.toUpperCase().replace(/[^A-Z]/g, '');
  return (Object.keys(parts) as Part[]).filter((part) => parts[part].bodyPartTerms.includes(term));
};

/** The narrower of two parts when one lies in the other or they are the same; null when they exclude each other. */
export const narrowerPart = (one: Part, other: Part): Part | null => {
  if (one === other || parts[one].within.includes(other)) return one;
  return parts[other].within.includes(one) ? other : null;
};

/** Words of descriptions, longer before shorter, because a word taken is not read again. */
export const partWords: readonly Word<Part>[] = [
  [/眼眶|\bORBITS?\b/g, 'orbit'],
  [/鼻骨|\bNASAL BONES?\b/g, 'nasal-bones'],
  [/副?鼻窦|鼻旁窦|\b(?:PARANASAL )?SINUS(?:ES)?\b|\bPNS\b/g, 'sinuses'],
  [/颞颌关节|颞下颌关节|\bTMJ\b|\bTEMPOROMANDIBULAR\b/g, 'temporomandibular-joint'],
  [/下颌骨?|\bMANDIBLE\b/g, 'mandible'],
  [/乳突|\bMASTOIDS?\b/g, 'mastoid'],
  [/颧[骨弓]?|\bZYGOMA\b|\bZYGOMATIC\b/g, 'zygoma'],
  [/蝶鞍|\bSELLA\b/g, 'sella'],
  [/内听道|内耳|岩骨|\bIAC\b/g, 'inner-ear'],
  [/鼻咽|腺样体|\bNASOPHARYNX\b|\bADENOIDS?\b/g, 'nasopharynx'],
  [/牙|全景片|曲面断层|\b(?:TEETH|TOOTH|DENTAL|PANORAMIC)\b/g, 'teeth'],
  [/头颅|颅骨|头部|\b(?:SKULL|CRANIUM|HEAD)\b/g, 'skull'],
  [/寰枢椎?|颈椎|\bC ?SPINE\b|\bCERVICAL(?: SPINE)?\b/g, 'cervical-spine'],
  [/颈部|\bNECK\b/g, 'neck'],
  [/胸锁关节|\bS ?C JOINTS?\b|\bSTERNOCLAVICULAR\b/g, 'sternoclavicular-joint'],
  [/胸骨|\bSTERNUM\b/g, 'sternum'],
  [/肋骨?|\bRIBS?\b/g, 'ribs'],
  [/胸腰[椎段]|颈胸段|\bT ?L ?SPINE\b/g, 'spine'],
  [/胸椎|\b[TD] ?SPINE\b|\b(?:THORACIC|DORSAL) SPINE\b/g, 'thoracic-spine'],
  [/腰骶关节|\bL ?S ?JOINT\b|\bLUMBOSACRAL JOINT\b/g, 'lumbosacral-joint'],
  [/腰骶?椎|\bL ?S? ?SPINE\b|\bLUMB(?:AR|OSACRAL)(?: SPINE)?\b/g, 'lumbar-spine'],
  [/骶尾[骨椎]?|骶[骨椎]|尾[骨椎]|\b(?:SACRUM|COCCYX)\b/g, 'sacrum-coccyx'],
  [/脊柱|\bSPINE\b|\bSCOLIOSIS\b/g, 'spine'],
  [/骶髂关节|\bS ?I JOINTS?\b|\bSACRO ?ILIAC\b/g, 'sacroiliac-joint'],
  [/股骨[颈头]|髋关节|髋|\bHIPS?\b/g, 'hip'],
  [/骨盆|坐骨|耻骨|髂骨|\bPELVIS\b/g, 'pelvis'],
  [/乳腺|双乳|左乳|右乳|\b(?:BREASTS?|MAMMO(?:GRAPHY)?)\b/g, 'breast'],
  [/胸部?|心脏|心影|\b(?:CHEST|THORAX|CXR|HEART|LUNGS?)\b/g, 'chest'],
  [/腹部?|\b(?:ABDOMEN|ABD)\b/g, 'abdomen'],
  [/手指|拇指|食指|示指|中指|环指|小指|指骨|\b(?:FINGERS?|THUMB)\b/g, 'finger'],
  [/腕关节|腕部|腕|\bWRISTS?\b/g, 'wrist'],
  [/尺桡骨|前臂|桡骨|尺骨|\b(?:FOREARM|RADIUS|ULNA)\b/g, 'forearm'],
  [/肘关节|肘|鹰嘴|\bELBOWS?\b/g, 'elbow'],
  [/肱骨|上臂|\b(?:HUMERUS|UPPER ARM)\b/g, 'humerus'],
  [/肩锁关节|\bA ?C JOINTS?\b|\bACROMIOCLAVICULAR\b/g, 'acromioclavicular-joint'],
  [/肩胛骨?|\bSCAPULA\b/g, 'scapula'],
  [/锁骨|\bCLAVICLES?\b/g, 'clavicle'],
  [/肩关节|肩部|肩|\bSHOULDERS?\b/g, 'shoulder'],
  [/手(?!术)部?|掌骨|\bHANDS?\b/g, 'hand'],
  [/上肢|\bUPPER (?:LIMB|EXTREMITY)\b/g, 'upper-limb'],
  [/胫骨平台|股骨髁|\bTIBIAL PLATEAU\b/g, 'knee'],
  [/股骨|大腿|\b(?:FEMUR|THIGH)\b/g, 'femur'],
  [/髌骨|\bPATELLAE?\b/g, 'patella'],
  [/膝关节|膝部|膝|\bKNEES?\b/g, 'knee'],
  [/胫腓骨|小腿|胫骨|腓骨|\b(?:TIB ?FIB|TIBIA|FIBULA|LOWER LEG)\b/g, 'lower-leg'],
  [/踝关节|踝部|踝|\bANKLES?\b/g, 'ankle'],
  [/跟骨|\b(?:CALCANEUS|CALCANEUM|HEEL|OS CALCIS)\b/g, 'calcaneus'],
  [/足趾|脚趾|拇趾|趾骨|趾|\bTOES?\b/g, 'toe'],
  [/(?<![不满])足部?|跖骨|\b(?:FOOT|FEET)\b/g, 'foot'],
  [/下肢|\b(?:LOWER (?:LIMB|EXTREMITY)|(?:LONG|FULL|WHOLE) ?LEG)\b/g, 'lower-limb'],
];
