import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { derivePosition } from './derive-position.ts';
import type { PositionFacts } from './header-facts.ts';
import { positionOf } from './position-library.ts';

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
const derive = (facts: Partial<PositionFacts>) => derivePosition({ ...nothing, ...facts });
const short = (facts: Partial<PositionFacts>) => {
  const { positionCode, reason, laterality } = derive(facts);
  return [positionCode ?? reason, laterality].filter((word) => word !== null).join(' ');
};

describe('derivePosition on descriptions', () => {
  it.each<[string, string]>([
    ['胸部后前位', 'CH01'],
    ['胸部侧位', 'CH02'],
    ['胸部左侧位', 'CH02'],
    ['床旁胸片', 'CH03'],
    ['胸部正位(床旁)', 'CH03'],
    ['胸部卧位', 'CH03'],
    ['胸部前弓位', 'CH04'],
    ['胸部右前斜位', 'CH05R'],
    ['胸部斜位', 'ambiguous'],
    ['右侧膈上肋骨正位', 'CH06 R'],
    ['肋骨正位', 'ambiguous'],
    ['左肋骨斜位', 'CH08 L'],
    ['胸骨侧位', 'CH09L'],
    ['胸锁关节后前位', 'CH10'],
    ['胸椎侧位', 'SP02'],
    ['腰椎正位', 'SP03'],
    ['腰椎侧位', 'SP04'],
    ['腰椎站立侧位', 'SP04'],
    ['腰椎双斜位', 'SP05'],
    ['腰椎正侧位', 'several-views'],
    ['腰椎过伸过屈位', 'not-in-library'],
    ['腰骶关节侧位', 'SP06'],
    ['骶尾骨侧位', 'SP07L'],
    ['脊柱全长正位', 'SP08A'],
    ['胸腰段侧位', 'ambiguous'],
    ['颈椎张口位', 'NK04'],
    ['颈椎过屈位', 'NK05'],
    ['颈椎右前斜位', 'NK03'],
    ['头颅侧位', 'HD02'],
    ['汤氏位', 'HD03'],
    ['鼻窦瓦氏位', 'HD04'],
    ['头颅柯氏位', 'HD05'],
    ['左侧下颌骨侧斜位', 'HD09 L'],
    ['乳突许氏位', 'HD10'],
    ['双侧颞颌关节张闭口位', 'HD11 B'],
    ['KUB', 'AB01'],
    ['腹部仰卧位', 'AB01'],
    ['腹部立位平片', 'AB02'],
    ['腹部立卧位平片', 'no-view'],
    ['腹部平片', 'no-view'],
    ['腹部侧卧水平位', 'AB03'],
    ['骨盆正位', 'PV01'],
    ['骨盆入口位正位', 'not-in-library'],
    ['双髋关节正位', 'PV02 B'],
    ['双髋蛙式位', 'PV03 B'],
    ['右髋关节侧位', 'ambiguous R'],
    ['左股骨颈正位', 'PV02 L'],
    ['右侧骶髂关节斜位', 'PV05O R'],
    ['双手后前位', 'UL01 B'],
    ['双手正斜位', 'several-views B'],
    ['左手拇指正位', 'not-in-library L'],
    ['手术后', 'no-part'],
    ['右腕舟骨位', 'UL05 R'],
    ['左前臂侧位', 'UL06L L'],
    ['右肘关节侧位', 'UL08 R'],
    ['右肩胛骨Y位', 'UL12 R'],
    ['右肩关节正位', 'UL11 R'],
    ['右肩锁关节正位', 'not-in-library R'],
    ['左膝关节正位', 'LL02 L'],
    ['左膝关节负重正位', 'not-in-library L'],
    ['左髌骨轴位', 'LL04 L'],
    ['右小腿正位', 'LL05A R'],
    ['右踝关节侧位', 'LL07 R'],
    ['左足正位', 'LL08 L'],
    ['右跟骨轴位', 'LL10A R'],
    ['双下肢全长', 'LL11 B'],
    ['胸腹部正位', 'several-parts'],
    ['鼻咽侧位', 'not-in-library'],
    ['左侧颧弓切线位', 'not-in-library L'],
    ['胸部半卧位', 'CH03'],
    ['腹部俯卧位', 'not-in-library'],
    ['静脉肾盂造影 腹部仰卧位', 'not-in-library'],
    ['右胫骨平台正位', 'LL02 R'],
    ['ABDOMEN LEFT LATERAL DECUBITUS', 'AB03'],
    ["SKULL TOWNE'S", 'HD03'],
    ["Waters' view", 'HD04'],
    ['左乳头尾位', 'BR01 L'],
    ['CHEST PA', 'CH01'],
    ['ChestPA', 'CH01'],
    ['CHEST_LAT', 'CH02'],
    ['Portable chest', 'CH03'],
    ['C-SPINE LAT', 'NK02'],
    ['Odontoid', 'NK04'],
    ['T-SPINE AP', 'SP01'],
    ['LSPINE LAT', 'SP04'],
    ['L SPINE OBL', 'SP05'],
    ['Lumbar Spine AP/LAT', 'several-views'],
    ['SINUSES WATERS', 'HD04'],
    ['ABDOMEN ERECT', 'AB02'],
    ['PELVIS AP', 'PV01'],
    ['HIP FROG LEG LT', 'PV03 L'],
    ['HIP X-TABLE LAT', 'PV04'],
    ['RT KNEE LATERAL', 'LL03 R'],
    ['KNEE AP L', 'LL02 L'],
    ['ANKLE MORTISE', 'not-in-library'],
    ['LONG LEG', 'LL11'],
    ['SCOLIOSIS PA', 'SP08A'],
    ['AP', 'no-part'],
    ['', 'no-part'],
  ])('%s', (seriesDescription, expected) => {
    expect(short({ seriesDescription })).toBe(expected);
  });

  it('follows the habit that a chest 正位 is PA, and says that it is only likely', () => {
    expect(derive({ seriesDescription: '胸部正位' })).toMatchObject({ positionCode: 'CH01', confidence: 'likely' });
    expect(derive({ seriesDescription: '胸部正位', viewPosition: 'AP' })).toMatchObject({
      positionCode: 'CH03',
      confidence: 'exact',
    });
  });

  it('lets the coded view choose among the views of the study', () => {
    expect(short({ studyDescription: '双手正斜位', viewPosition: 'PA' })).toBe('UL01 B');
    expect(short({ studyDescription: '双手正斜位', viewPosition: 'RLO', imageLaterality: 'R' })).toBe('UL02 R');
  });

  it('does not take a special view of a study of several views for this film', () => {
    const study = { studyDescription: '颈椎正侧位及过伸过屈位', bodyPartExamined: 'CSPINE' };
    expect(short({ ...study, viewPosition: 'AP' })).toBe('NK01');
    expect(derive({ ...study, viewPosition: 'LL' })).toMatchObject({
      reason: 'ambiguous',
      candidates: ['NK02', 'NK05'],
    });
  });

  it('takes a narrower part of the description within the wider one that is coded', () => {
    expect(short({ bodyPartExamined: 'KNEE', seriesDescription: '髌骨轴位' })).toBe('LL04');
    expect(short({ bodyPartExamined: 'SKULL', seriesDescription: 'WATERS' })).toBe('HD04');
    expect(short({ bodyPartExamined: 'EXTREMITY', seriesDescription: '右腕正位' })).toBe('UL03 R');
  });

  it('shows a contradiction of sides and names no side', () => {
    expect(
      derive({ bodyPartExamined: 'KNEE', viewPosition: 'AP', imageLaterality: 'L', seriesDescription: '右膝' }),
    ).toMatchObject({
      positionCode: 'LL02',
      laterality: null,
      isLateralityContradictory: true,
    });
  });

  it('takes the side of the film within a study of both sides', () => {
    const facts = { viewPosition: 'PA', imageLaterality: 'R', studyDescription: '双手正位' };
    expect(short(facts)).toBe('UL01 R');
  });

  it('reads SCT and SRT view codes, and leaves codes it does not know', () => {
    expect(short({ bodyPartExamined: 'KNEE', viewCodes: ['399067008'] })).toBe('LL03');
    expect(short({ bodyPartExamined: 'CHEST', viewCodes: ['R-10214'] })).toBe('CH01');
    expect(short({ bodyPartExamined: 'KNEE', viewCodes: ['99999'] })).toBe('no-view');
  });

  it('reads a decubitus from the coded view', () => {
    expect(short({ bodyPartExamined: 'ABDOMEN', viewPosition: 'LLD' })).toBe('AB03');
    expect(short({ bodyPartExamined: 'CHEST', viewPosition: 'RLD' })).toBe('not-in-library');
  });

  it.each(['CT', 'MR', 'US', 'OT', ''])('gives no position to modality "%s"', (modality) => {
    expect(derive({ modality, seriesDescription: '胸部后前位' })).toMatchObject({
      positionCode: null,
      reason: 'not-a-radiograph',
    });
  });

  it('says which facts decided, in our words', () => {
    expect(derive({ bodyPartExamined: 'KNEE', viewPosition: 'AP', seriesDescription: '左膝' }).because).toEqual([
      { fact: 'bodyPartExamined', says: 'part', value: 'knee' },
      { fact: 'seriesDescription', says: 'part', value: 'knee' },
      { fact: 'viewPosition', says: 'view', value: 'ap' },
      { fact: 'seriesDescription', says: 'laterality', value: 'L' },
    ]);
  });

  it('never invents: whatever the header, there is a known position or a reason, and no exception', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.constantFrom('胸部', '正位', 'LAT', 'KNEE', ''),
    );
    const facts = fc.record({
      modality: fc.constantFrom('CR', 'DX', 'MG', 'CT'),
      viewPosition: text,
      viewCodes: fc.array(text, { maxLength: 2 }),
      bodyPartExamined: text,
      imageLaterality: text,
      protocolName: text,
      studyDescription: text,
      seriesDescription: text,
    });
    fc.assert(
      fc.property(facts, (header) => {
        const { positionCode, reason, confidence } = derivePosition(header);
        expect((positionCode === null) === (reason !== null)).toBe(true);
        expect((positionCode === null) === (confidence === 'unknown')).toBe(true);
        if (positionCode !== null) expect(positionOf(positionCode)).not.toBeNull();
      }),
    );
  });
});
