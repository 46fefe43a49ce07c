import type { Random } from '../picture/random.ts';

export interface Patient {
  readonly name: string;
  readonly patientId: string;
  readonly sex: 'M' | 'F';
  readonly ageYears: number;
  /** yyyymmdd */
  readonly birthDate: string;
  readonly heightM: number;
  readonly weightKg: number;
}

const families = [
  ['Zhang', '张'],
  ['Wang', '王'],
  ['Li', '李'],
  ['Liu', '刘'],
  ['Chen', '陈'],
  ['Yang', '杨'],
  ['Zhao', '赵'],
  ['Huang', '黄'],
  ['Zhou', '周'],
  ['Wu', '吴'],
  ['Xu', '徐'],
  ['Sun', '孙'],
  ['Ma', '马'],
  ['Zhu', '朱'],
  ['Hu', '胡'],
  ['Guo', '郭'],
  ['Lin', '林'],
  ['He', '何'],
  ['Gao', '高'],
  ['Luo', '罗'],
] as const;
const given = {
  M: [
    ['San', '三'],
    ['Jianguo', '建国'],
    ['Zhiqiang', '志强'],
    ['Wei', '伟'],
    ['Guohua', '国华'],
    ['Jun', '军'],
    ['Qiang', '强'],
    ['Zhe', '喆'],
    ['Kun', '堃'],
    ['Haoran', '浩然'],
  ],
  F: [
    ['Xiulan', '秀兰'],
    ['Guiying', '桂英'],
    ['Min', '敏'],
    ['Jing', '静'],
    ['Fang', '芳'],
    ['Haiyan', '海燕'],
    ['Yulan', '玉兰'],
    ['Lijuan', '丽娟'],
    ['Xin', '鑫'],
    ['Yue', '玥'],
  ],
} as const;

/** An invented person; `year` is the year of the exam. */
export function patientOf(random: Random, year: number): Patient {
  const [familyLatin, family] = random.pick(families);
  const sex = random.chance(0.5) ? 'M' : 'F';
  const [givenLatin, own] = random.pick<readonly [string, string]>(given[sex]);
  const ageYears = Math.floor(random.between(18, 86));
  const month = 1 + Math.floor(random.between(0, 12));
  const heightM = Math.round((sex === 'M' ? 1.7 : 1.58) * 100 + random.gaussian() * 6) / 100;
  return {
    name: `${familyLatin}^${givenLatin}=${family}^${own}`,
    patientId: `SF${String(Math.floor(random.between(100_000, 999_999)))}`,
    sex,
    ageYears,
    birthDate: `${String(year - ageYears)}${two(month)}${two(1 + Math.floor(random.between(0, 28)))}`,
    heightM,
    weightKg: Math.round(heightM * heightM * random.between(19, 29)),
  };
}

export const two = (value: number): string => String(value).padStart(2, '0');
