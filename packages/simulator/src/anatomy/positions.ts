import type { FieldEdges, Processing } from '../picture/expose.ts';
import type { Body } from './body.ts';
import { drawChestLateral } from './chest-lateral.ts';
import { drawChestPa } from './chest-pa.ts';
import { drawHandPa } from './hand.ts';
import { drawKneeAp, drawKneeLateral } from './knee.ts';
import { drawLumbarAp, drawLumbarLateral } from './lumbar.ts';
import { drawPelvisAp } from './pelvis.ts';
import { drawSkullLateral } from './skull-lateral.ts';
import { drawSkullPa } from './skull-pa.ts';

/** Position codes of the department's position library that the simulator can picture. */
export type PositionCode =
  'CH01' | 'CH02' | 'CH03' | 'UL01' | 'LL02' | 'LL03' | 'SP03' | 'SP04' | 'PV01' | 'HD01' | 'HD02';

export interface Person {
  readonly sex: 'M' | 'F';
  readonly ageYears: number;
  /** Build relative to the medium adult, by length. */
  readonly build: number;
  /** Width relative to the usual for the height. */
  readonly girth: number;
  readonly heartSize: number;
}

export interface CodedTerm {
  readonly code: string;
  readonly meaning: string;
}

/** How a position is taken and pictured; exposure values are the department's usual ones for a medium adult. */
export interface PositionSpec {
  readonly code: PositionCode;
  readonly chinese: string;
  readonly bodyPart: string;
  readonly anatomy: CodedTerm;
  readonly view: CodedTerm;
  readonly viewPosition: string;
  readonly isPaired: boolean;
  readonly orientation: readonly [string, string];
  /** Size of the stored picture, mm, and of the usual field inside it. */
  readonly sizeMm: readonly [width: number, height: number];
  readonly field: FieldEdges;
  readonly kv: number;
  readonly mas: number;
  readonly timeMs: number;
  readonly sidMm: number;
  readonly hasGrid: boolean;
  readonly aec: string | null;
  readonly targetExposureIndex: number;
  readonly areaDoseDgyCm2: number;
  /** Photons per half-resolution pixel in the open beam: sets the usual noise. */
  readonly openPhotons: number;
  readonly scatter: number;
  readonly processing: Processing;
  /** The drawing looks like the right-sided limb when not mirrored. */
  readonly drawnSide: 'R' | 'L';
  /** Where the drawing's origin lies in the picture. */
  readonly centreMm?: readonly [number, number];
  readonly draw: (body: Body, person: Person) => void;
}

const boneLook: Processing = { compression: 0.5, enhancement: 1.7, lowShare: 0.02, highShare: 0.995, gamma: 1 };
const trunkLook: Processing = { compression: 0.26, enhancement: 1.9, lowShare: 0.02, highShare: 0.995, gamma: 1.05 };
const chestLook: Processing = { compression: 0.6, enhancement: 1.9, lowShare: 0.01, highShare: 0.995, gamma: 1.1 };
const pa: CodedTerm = { code: '272479007', meaning: 'Postero-anterior' };
const ap: CodedTerm = { code: '399348003', meaning: 'Antero-posterior' };
const lateral: CodedTerm = { code: '399067008', meaning: 'Lateral' };
const leftLateral: CodedTerm = { code: '399173006', meaning: 'Left lateral' };
const chest = { bodyPart: 'CHEST', anatomy: { code: '816094009', meaning: 'Chest' } };
const knee = { bodyPart: 'KNEE', anatomy: { code: '72696002', meaning: 'Knee' } };
const lumbar = { bodyPart: 'LSPINE', anatomy: { code: '122496007', meaning: 'Lumbar spine' } };
const skull = { bodyPart: 'SKULL', anatomy: { code: '89546000', meaning: 'Skull' } };
const edges = (halfWidth: number, halfHeight: number): FieldEdges => ({
  left: -halfWidth,
  right: halfWidth,
  top: -halfHeight,
  bottom: halfHeight,
});

export const positions: Readonly<Record<PositionCode, PositionSpec>> = {
  CH01: {
    code: 'CH01',
    chinese: '胸部正位',
    ...chest,
    view: pa,
    viewPosition: 'PA',
    isPaired: false,
    orientation: ['L', 'F'],
    sizeMm: [350, 420],
    field: edges(168, 204),
    kv: 120,
    mas: 2.5,
    timeMs: 8,
    sidMm: 1800,
    hasGrid: true,
    aec: '左右',
    targetExposureIndex: 250,
    areaDoseDgyCm2: 1.1,
    openPhotons: 20_000,
    scatter: 0.25,
    processing: chestLook,
    drawnSide: 'R',
    draw: (body, person) =>
      drawChestPa(body, { female: person.sex === 'F', heartSize: person.heartSize, arms: 'rolled' }),
  },
  CH02: {
    code: 'CH02',
    chinese: '胸部侧位',
    ...chest,
    view: leftLateral,
    viewPosition: 'LL',
    isPaired: false,
    orientation: ['P', 'F'],
    sizeMm: [350, 420],
    field: edges(160, 204),
    kv: 125,
    mas: 5,
    timeMs: 16,
    sidMm: 1800,
    hasGrid: true,
    aec: '中',
    targetExposureIndex: 250,
    areaDoseDgyCm2: 2.8,
    openPhotons: 60_000,
    scatter: 0.3,
    processing: { ...chestLook, compression: 0.55, enhancement: 2, lowShare: 0.02, highShare: 0.998, gamma: 1.15 },
    drawnSide: 'R',
    draw: drawChestLateral,
  },
  CH03: {
    code: 'CH03',
    chinese: '床旁胸部正位',
    ...chest,
    view: ap,
    viewPosition: 'AP',
    isPaired: false,
    orientation: ['L', 'F'],
    sizeMm: [350, 420],
    field: edges(172, 206),
    kv: 90,
    mas: 2.2,
    timeMs: 10,
    sidMm: 1100,
    hasGrid: false,
    aec: null,
    targetExposureIndex: 300,
    areaDoseDgyCm2: 1.6,
    openPhotons: 24_000,
    scatter: 0.7,
    processing: { ...chestLook, compression: 0.7 },
    drawnSide: 'R',
    draw: (body, person) =>
      drawChestPa(body, { female: person.sex === 'F', heartSize: person.heartSize * 1.12, arms: 'down' }),
  },
  UL01: {
    code: 'UL01',
    chinese: '手正位',
    bodyPart: 'HAND',
    anatomy: { code: '85562004', meaning: 'Hand' },
    view: pa,
    viewPosition: 'PA',
    isPaired: true,
    orientation: ['L', 'H'],
    sizeMm: [200, 280],
    field: edges(84, 122),
    kv: 48,
    mas: 3.2,
    timeMs: 20,
    sidMm: 1000,
    hasGrid: false,
    aec: null,
    targetExposureIndex: 400,
    areaDoseDgyCm2: 0.12,
    openPhotons: 9_000,
    scatter: 0.06,
    processing: { ...boneLook, compression: 0.75, enhancement: 1.6 },
    drawnSide: 'L',
    centreMm: [0, 24],
    draw: drawHandPa,
  },
  LL02: {
    code: 'LL02',
    chinese: '膝关节正位',
    ...knee,
    view: ap,
    viewPosition: 'AP',
    isPaired: true,
    orientation: ['L', 'F'],
    sizeMm: [240, 320],
    field: edges(90, 142),
    kv: 62,
    mas: 6,
    timeMs: 30,
    sidMm: 1000,
    hasGrid: false,
    aec: null,
    targetExposureIndex: 400,
    areaDoseDgyCm2: 0.5,
    openPhotons: 22_000,
    scatter: 0.2,
    processing: boneLook,
    drawnSide: 'L',
    draw: drawKneeAp,
  },
  LL03: {
    code: 'LL03',
    chinese: '膝关节侧位',
    ...knee,
    view: lateral,
    viewPosition: 'LAT',
    isPaired: true,
    orientation: ['P', 'F'],
    sizeMm: [240, 320],
    field: edges(96, 142),
    kv: 62,
    mas: 5.6,
    timeMs: 28,
    sidMm: 1000,
    hasGrid: false,
    aec: null,
    targetExposureIndex: 400,
    areaDoseDgyCm2: 0.45,
    openPhotons: 22_000,
    scatter: 0.2,
    processing: boneLook,
    drawnSide: 'L',
    draw: drawKneeLateral,
  },
  SP03: {
    code: 'SP03',
    chinese: '腰椎正位',
    ...lumbar,
    view: ap,
    viewPosition: 'AP',
    isPaired: false,
    orientation: ['L', 'F'],
    sizeMm: [300, 420],
    field: edges(112, 200),
    kv: 80,
    mas: 28,
    timeMs: 90,
    sidMm: 1100,
    hasGrid: true,
    aec: '中',
    targetExposureIndex: 400,
    areaDoseDgyCm2: 9,
    openPhotons: 160_000,
    scatter: 0.3,
    processing: trunkLook,
    drawnSide: 'R',
    draw: drawLumbarAp,
  },
  SP04: {
    code: 'SP04',
    chinese: '腰椎侧位',
    ...lumbar,
    view: lateral,
    viewPosition: 'LAT',
    isPaired: false,
    orientation: ['P', 'F'],
    sizeMm: [300, 420],
    field: edges(106, 200),
    kv: 90,
    mas: 56,
    timeMs: 220,
    sidMm: 1100,
    hasGrid: true,
    aec: '中',
    targetExposureIndex: 400,
    areaDoseDgyCm2: 16,
    openPhotons: 420_000,
    scatter: 0.35,
    processing: trunkLook,
    drawnSide: 'R',
    draw: drawLumbarLateral,
  },
  PV01: {
    code: 'PV01',
    chinese: '骨盆正位',
    bodyPart: 'PELVIS',
    anatomy: { code: '816092008', meaning: 'Pelvis' },
    view: ap,
    viewPosition: 'AP',
    isPaired: false,
    orientation: ['L', 'F'],
    sizeMm: [420, 350],
    field: edges(198, 160),
    kv: 78,
    mas: 25,
    timeMs: 80,
    sidMm: 1100,
    hasGrid: true,
    aec: '左右',
    targetExposureIndex: 400,
    areaDoseDgyCm2: 12,
    openPhotons: 130_000,
    scatter: 0.3,
    processing: { ...trunkLook, compression: 0.34, enhancement: 1.6, lowShare: 0.03, highShare: 0.998, gamma: 1 },
    drawnSide: 'R',
    draw: drawPelvisAp,
  },
  HD01: {
    code: 'HD01',
    chinese: '头颅正位',
    ...skull,
    view: pa,
    viewPosition: 'PA',
    isPaired: false,
    orientation: ['L', 'F'],
    sizeMm: [240, 300],
    field: edges(104, 140),
    kv: 75,
    mas: 20,
    timeMs: 70,
    sidMm: 1100,
    hasGrid: true,
    aec: '中',
    targetExposureIndex: 400,
    areaDoseDgyCm2: 5,
    openPhotons: 90_000,
    scatter: 0.25,
    processing: boneLook,
    drawnSide: 'R',
    draw: drawSkullPa,
  },
  HD02: {
    code: 'HD02',
    chinese: '头颅侧位',
    ...skull,
    view: lateral,
    viewPosition: 'LAT',
    isPaired: false,
    orientation: ['P', 'F'],
    sizeMm: [300, 280],
    field: edges(128, 132),
    kv: 72,
    mas: 16,
    timeMs: 60,
    sidMm: 1100,
    hasGrid: true,
    aec: '中',
    targetExposureIndex: 400,
    areaDoseDgyCm2: 4,
    openPhotons: 70_000,
    scatter: 0.25,
    processing: boneLook,
    drawnSide: 'R',
    draw: drawSkullLateral,
  },
};
