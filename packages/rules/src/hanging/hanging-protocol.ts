import type { LocalText, Sourced } from '../local-text.ts';
import type { View } from '../positions/view.ts';
import type { WindowName } from './reading-windows.ts';

/** A place for one radiograph: of these views, of this side where it names one. */
export interface RadiographPlace {
  readonly views?: readonly View[];
  readonly side?: 'L' | 'R';
}

/** How pictures are chosen for the places of a layout. */
export type Hanging =
  /** One picture, whatever it is. */
  | { readonly kind: 'single' }
  /** The same stack twice, to be moved apart by the reader. */
  | { readonly kind: 'double' }
  /** Radiographs of one part of one exam, each in its place. */
  | {
      readonly kind: 'radiographs';
      readonly of: 'one-part' | 'paired-part' | 'breast';
      readonly places: readonly RadiographPlace[];
      /** Fewer pictures than this are no reason for the layout. */
      readonly atLeast: number;
    }
  /** One stack at the same slice in several windows, the dose beside it. */
  | { readonly kind: 'windows'; readonly windows: readonly WindowName[] }
  /** Every series of the exam at its middle. */
  | { readonly kind: 'contact-sheet' };

/** A layout of the workstation (挂片方案): which exams it is for and where each picture hangs. */
export interface HangingProtocol extends Sourced {
  readonly code: string;
  readonly name: LocalText;
  /** DICOM modalities; absent for every one. */
  readonly modalities?: readonly string[];
  /** A check-list of `examChecks` that the exam must be read with. */
  readonly checks?: string;
  readonly rows: number;
  readonly columns: number;
  readonly hanging: Hanging;
}

const radiography = ['DX', 'CR'];
const frontalViews: readonly View[] = ['ap', 'pa'];

/**
 * The layouts, the first that fits is the one an exam opens with. Right and left hang as if the reader faced the patient,
 * breasts back to back (IHE mammography practice, general knowledge). A row more is a layout more.
 */
export const hangingProtocols: readonly HangingProtocol[] = [
  {
    code: 'mammography-four',
    name: { zh: '乳腺四幅(镜像)', en: 'Mammography, four mirrored' },
    modalities: ['MG'],
    rows: 2,
    columns: 2,
    hanging: {
      kind: 'radiographs',
      of: 'breast',
      atLeast: 2,
      places: [
        { views: ['cc'], side: 'R' },
        { views: ['cc'], side: 'L' },
        { views: ['mlo'], side: 'R' },
        { views: ['mlo'], side: 'L' },
      ],
    },
    source: 'GKU',
    verified: false,
  },
  {
    code: 'limb-pair',
    name: { zh: '左右对照', en: 'Right and left' },
    modalities: radiography,
    rows: 1,
    columns: 2,
    hanging: { kind: 'radiographs', of: 'paired-part', atLeast: 2, places: [{ side: 'R' }, { side: 'L' }] },
    source: 'GKU',
    verified: false,
  },
  {
    code: 'frontal-lateral',
    name: { zh: '正侧位并列', en: 'Frontal and lateral' },
    modalities: radiography,
    rows: 1,
    columns: 2,
    hanging: {
      kind: 'radiographs',
      of: 'one-part',
      atLeast: 2,
      places: [{ views: frontalViews }, { views: ['lateral'] }],
    },
    source: 'GKU',
    verified: false,
  },
  {
    code: 'frontal-oblique',
    name: { zh: '正斜位并列', en: 'Frontal and oblique' },
    modalities: radiography,
    rows: 1,
    columns: 2,
    hanging: {
      kind: 'radiographs',
      of: 'one-part',
      atLeast: 2,
      places: [{ views: frontalViews }, { views: ['oblique', 'rao', 'lao', 'axial', 'tangential'] }],
    },
    source: 'GKU',
    verified: false,
  },
  {
    code: 'ct-head',
    name: { zh: 'CT 头颅三窗', en: 'CT head, three windows' },
    modalities: ['CT'],
    checks: 'CT_HEAD',
    rows: 1,
    columns: 3,
    hanging: { kind: 'windows', windows: ['brain', 'subdural', 'bone'] },
    source: 'S05, GKU',
    verified: false,
  },
  {
    code: 'ct-chest',
    name: { zh: 'CT 胸部三窗', en: 'CT chest, three windows' },
    modalities: ['CT'],
    checks: 'CT_CHEST',
    rows: 1,
    columns: 3,
    hanging: { kind: 'windows', windows: ['lung', 'soft-tissue', 'bone'] },
    source: 'S05, S29',
    verified: true,
  },
  {
    code: 'ct-abdomen',
    name: { zh: 'CT 腹部三窗', en: 'CT abdomen, three windows' },
    modalities: ['CT'],
    checks: 'CT_ABDOMEN',
    rows: 1,
    columns: 3,
    hanging: { kind: 'windows', windows: ['soft-tissue', 'liver', 'bone'] },
    source: 'GKU',
    verified: false,
  },
  {
    code: 'ct-spine',
    name: { zh: 'CT 脊柱与骨', en: 'CT spine and bone' },
    modalities: ['CT'],
    checks: 'CT_BONE',
    rows: 1,
    columns: 2,
    hanging: { kind: 'windows', windows: ['bone', 'soft-tissue'] },
    source: 'S29, GKU',
    verified: false,
  },
  {
    code: 'ct-three',
    name: { zh: 'CT 三窗', en: 'CT, three windows' },
    modalities: ['CT'],
    rows: 1,
    columns: 3,
    hanging: { kind: 'windows', windows: ['soft-tissue', 'lung', 'bone'] },
    source: 'S29',
    verified: true,
  },
  {
    code: 'contact-sheet',
    name: { zh: '序列总览', en: 'Contact sheet of series' },
    modalities: ['MR', 'CT'],
    rows: 3,
    columns: 4,
    hanging: { kind: 'contact-sheet' },
    source: 'PD',
    verified: false,
  },
  {
    code: 'single',
    name: { zh: '单幅', en: 'One picture' },
    rows: 1,
    columns: 1,
    hanging: { kind: 'single' },
    source: 'PD',
    verified: false,
  },
  {
    code: 'double',
    name: { zh: '双幅', en: 'Two pictures' },
    rows: 1,
    columns: 2,
    hanging: { kind: 'double' },
    source: 'PD',
    verified: false,
  },
];
