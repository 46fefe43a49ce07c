import type { LocalText } from '../local-text.ts';

/** Why a modality gave up a step: DICOM CID 9301. [S54] */
export const discontinuationReasons: Readonly<Record<string, LocalText>> = {
  '110500': { zh: '医生取消', en: 'Doctor cancelled procedure' },
  '110501': { zh: '设备故障', en: 'Equipment failure' },
  '110502': { zh: '申请项目错误', en: 'Incorrect procedure ordered' },
  '110503': { zh: '对比剂过敏', en: 'Patient allergic to media or contrast' },
  '110504': { zh: '患者死亡', en: 'Patient died' },
  '110505': { zh: '患者拒绝', en: 'Patient refused to continue' },
  '110506': { zh: '患者被带去治疗或手术', en: 'Patient taken for treatment or surgery' },
  '110507': { zh: '患者未到', en: 'Patient did not arrive' },
  '110508': { zh: '患者怀孕', en: 'Patient pregnant' },
  '110509': { zh: '因收费更改', en: 'Change of procedure for correct charging' },
  '110510': { zh: '重复申请', en: 'Duplicate order' },
  '110511': { zh: '护士取消', en: 'Nursing unit cancel' },
  '110512': { zh: '申请侧别错误', en: 'Incorrect side ordered' },
  '110513': { zh: '中止,原因未说明', en: 'Discontinued for unspecified reason' },
  '110514': { zh: '选错工作列表条目', en: 'Incorrect worklist entry selected' },
  '110515': { zh: '患者情况不允许继续', en: 'Patient condition prevented continuing' },
  '110516': { zh: '更换设备', en: 'Equipment change' },
  '95384003': { zh: '对比剂外渗', en: 'Extravasation of contrast' },
  '292094009': { zh: '放射性药物反应', en: 'Adverse reaction to radiopharmaceutical' },
};

/** The words for a reason; null for a code that the list does not have. */
export const discontinuationWords = (code: string): LocalText | null => discontinuationReasons[code] ?? null;
