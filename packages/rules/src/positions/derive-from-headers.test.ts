import { describe, expect, it } from 'vitest';
import { derivePosition } from './derive-position.ts';
import type { PositionFacts } from './header-facts.ts';

const nothing: PositionFacts = {
  modality: 'DX',
  viewPosition: '',
  viewCodes: [],
  bodyPartExamined: '',
  imageLaterality: '',
  protocolName: '',
  studyDescription: '',
  seriesDescription: '',
};
const short = (facts: Partial<PositionFacts>) => {
  const { positionCode, reason, laterality } = derivePosition({ ...nothing, ...facts });
  return [positionCode ?? reason, laterality].filter((word) => word !== null).join(' ');
};

// Headers of real files, copied from the sample set (path beside each); the expected position was told by a person from
// the picture or from what the header says in words.
describe('derivePosition on real headers', () => {
  it.each<[string, Partial<PositionFacts>, string]>([
    [
      'charset/chrKoreanMulti',
      {
        modality: 'CR',
        viewPosition: 'PA',
        bodyPartExamined: 'CHEST',
        studyDescription: 'Chest',
        seriesDescription: 'Chest PA PA',
      },
      'CH01',
    ],
    [
      'charset/zh-gb18030-dx',
      {
        bodyPartExamined: 'THORAX',
        imageLaterality: 'L',
        protocolName: 'RT',
        studyDescription: '胸部正位 DR',
        seriesDescription: '胸部后前位',
      },
      'CH01',
    ],
    [
      'charset/zh-utf8-dx: a thorax that calls itself a hand',
      {
        bodyPartExamined: 'THORAX',
        imageLaterality: 'L',
        protocolName: 'RT',
        studyDescription: '双手正斜位',
        seriesDescription: '右手正位',
      },
      'parts-disagree',
    ],
    [
      'dicomdir CR1',
      {
        modality: 'CR',
        viewPosition: 'LL',
        bodyPartExamined: 'CSPINE',
        studyDescription: 'XR C Spine Comp Min 4 Views',
        seriesDescription: 'Cervical LAT',
      },
      'NK02',
    ],
    [
      'dicomdir CR2: coded AP, described oblique',
      {
        modality: 'CR',
        viewPosition: 'AP',
        bodyPartExamined: 'CSPINE',
        studyDescription: 'XR C Spine Comp Min 4 Views',
        seriesDescription: 'Cervical OBLI 1',
      },
      'views-disagree',
    ],
    [
      'dx/cr-chest-pa-nih',
      { modality: 'CR', viewPosition: 'PA', bodyPartExamined: 'CHEST', seriesDescription: 'view: PA' },
      'CH01',
    ],
    [
      'dx/cr-chest-pa-philips',
      { modality: 'CR', viewPosition: 'PA', bodyPartExamined: 'CHEST', studyDescription: 'THORAX' },
      'CH01',
    ],
    [
      'dx/dx-chest-pa-canon',
      { viewPosition: 'PA', bodyPartExamined: 'CHEST', imageLaterality: 'R', seriesDescription: 'pa' },
      'CH01',
    ],
    [
      'dx/cr-dental-panoramic',
      { modality: 'CR', studyDescription: 'MODALITYLUT - TEETH', seriesDescription: 'MODALITYLUT - TEETH' },
      'no-view',
    ],
    ['dx/cr-hip-fuji', { modality: 'CR', bodyPartExamined: 'HIP', studyDescription: 'HIP JOINT' }, 'no-view'],
    ['dx/dx-pelvis-ap-infant-1', { seriesDescription: '331_DDH_1.dcm' }, 'no-part'],
    [
      'dx/dx-thorax-veterinary',
      { bodyPartExamined: 'THORAX', imageLaterality: 'L', protocolName: 'RT', seriesDescription: 'CHEST' },
      'no-view',
    ],
    [
      'dx/mg-cc-siemens',
      {
        modality: 'MG',
        viewPosition: 'CC',
        viewCodes: ['R-10242'],
        bodyPartExamined: 'BREAST',
        imageLaterality: 'L',
        protocolName: 'PUNCTIE BORST LINKS',
        studyDescription: 'cilinderbiopsie',
        seriesDescription: 'SINGLE IMAGES',
      },
      'BR01 L',
    ],
    [
      'exposure-index/MG GE Seno, a stereotactic view',
      {
        modality: 'MG',
        viewPosition: 'CC',
        viewCodes: ['R-10242'],
        bodyPartExamined: 'BREAST',
        imageLaterality: 'L',
        protocolName: 'STEREO',
      },
      'not-in-library L',
    ],
    [
      'exposure-index/Carestream DR7500, a test pattern',
      {
        modality: 'CR',
        viewPosition: 'OTHER',
        bodyPartExamined: 'PATTERN',
        protocolName: 'AEC',
        seriesDescription: 'OTHER',
      },
      'no-part',
    ],
    [
      'exposure-index/Carestream DRX-Revolution, a mobile unit',
      {
        modality: 'CR',
        viewPosition: 'AP',
        bodyPartExamined: 'CHEST',
        studyDescription: 'XR CHEST',
        seriesDescription: 'AP',
      },
      'CH03',
    ],
    [
      'exposure-index/GE XR220: supine or erect is not said',
      {
        viewPosition: 'AP',
        viewCodes: ['R-10206'],
        bodyPartExamined: 'ABDOMEN',
        imageLaterality: 'U',
        protocolName: 'ABD_1_VIEW',
        seriesDescription: 'Abdomen',
      },
      'ambiguous',
    ],
    [
      'exposure-index/Siemens Multix',
      {
        modality: 'CR',
        bodyPartExamined: 'CHEST',
        protocolName: 'W033 Chest p.a.',
        studyDescription: '- - - - -',
        seriesDescription: 'W033 Chest p.a.',
      },
      'CH01',
    ],
  ])('%s', (_, facts, expected) => {
    expect(short(facts)).toBe(expected);
  });

  it.each<[bodyPart: string, view: string, expected: string]>([
    ['CHEST', 'PA', 'CH01'],
    ['CHEST', 'AP', 'CH03'],
    ['CHEST', 'LATERAL', 'CH02'],
    ['ABDOMEN', 'AP', 'ambiguous'],
    ['CLAVICLE', 'AP', 'UL13'],
    ['CSPINE', 'AP', 'NK01'],
    ['CSPINE', 'LATERAL', 'NK02'],
    ['FOOT', 'DP', 'LL08'],
    ['FOOT', 'OBLIQUE', 'LL09'],
    ['FOOT', 'LATERAL', 'not-in-library'],
    ['HAND', 'PA', 'UL01'],
    ['HAND', 'OBLIQUE', 'UL02'],
    ['HAND', 'LATERAL', 'not-in-library'],
    ['HIP', 'AP', 'PV02'],
    ['KNEE', 'AP', 'LL02'],
    ['KNEE', 'LATERAL', 'LL03'],
    ['LEG', 'AP', 'LL05A'],
    ['LSPINE', 'LATERAL', 'SP04'],
    ['SHOULDER', 'AP', 'UL11'],
    ['WRIST', 'PA', 'UL03'],
    ['WRIST', 'LATERAL', 'UL04'],
  ])('reads %s %s as the sample manifest names it', (bodyPartExamined, viewPosition, expected) => {
    expect(short({ bodyPartExamined, viewPosition })).toBe(expected);
  });
});
