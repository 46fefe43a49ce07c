import type { Grade } from '@jiapian/kernel';

export type BookletLocale = 'zh-CN' | 'en';

/** The words of the booklet; those of the standard itself come with it. */
export interface BookletWords {
  version(version: number, from: string): string;
  hospital: string;
  effectiveFrom: string;
  publishedBy: string;
  note: string;
  product: string;
  grades: string;
  gradeTitles: readonly string[];
  gradeNames: Readonly<Record<Grade, string>>;
  below: string;
  moreThan(count: number): string;
  atMost(count: number): string;
  strictest: string;
  conditionRule(points: number): string;
  basic: string;
  general: string;
  deductions: string;
  deductionTitles: readonly string[];
  groups: Readonly<Record<'position' | 'image-quality' | 'artefact' | 'annotation' | 'veto', string>>;
  veto: string;
  capFrom(step: number): string;
  projection: string;
  crossSectional: string;
  both: string;
  reasons: string;
  reasonTitles: readonly string[];
  sources: string;
  unverifiedRemark: string;
  signed: readonly string[];
  date: string;
}

export const bookletWords: Readonly<Record<BookletLocale, BookletWords>> = {
  'zh-CN': {
    version: (version, from) => `第 ${version} 版 · 自 ${from} 起生效`,
    hospital: '医院',
    effectiveFrom: '生效时间',
    publishedBy: '发布人',
    note: '说明',
    product: '随产品提供',
    grades: '一、等级',
    gradeTitles: ['等级', '得分', '不符合的条件'],
    gradeNames: { A: '甲', B: '乙', C: '丙', reject: '废' },
    below: '低于',
    moreThan: (count) => `多于 ${count} 项`,
    atMost: (count) => (count === 0 ? '无' : `至多 ${count} 项`),
    strictest: '最终等级取得分、不符合的条件数和封顶三者中最低的一个;一票否决的项目直接判为废。',
    conditionRule: (points) => `一项条件内累计扣满 ${points} 分,即为不符合该条件。`,
    basic: '二、基本条件',
    general: '三、一般准则',
    deductions: '四、扣分项目',
    deductionTitles: ['编码', '项目', '扣分', '封顶', '适用', '来源'],
    groups: {
      position: '体位与范围',
      'image-quality': '影像质量',
      artefact: '伪影',
      annotation: '标识',
      veto: '一票否决',
    },
    veto: '否决',
    capFrom: (step) => `(第 ${step} 档起)`,
    projection: '平片',
    crossSectional: '断层',
    both: '全部',
    reasons: '五、废片原因',
    reasonTitles: ['DCM 编码', '原因', '标准含义'],
    sources: '六、来源',
    unverifiedRemark: '标 * 的数值或项目尚未核实,由医院自行确认后采用。',
    signed: ['制定', '批准'],
    date: '日期',
  },
  en: {
    version: (version, from) => `Version ${version} · in force from ${from}`,
    hospital: 'Hospital',
    effectiveFrom: 'In force from',
    publishedBy: 'Published by',
    note: 'Note',
    product: 'shipped with the product',
    grades: '1  Grades',
    gradeTitles: ['Grade', 'Score', 'Conditions not met'],
    gradeNames: { A: 'A', B: 'B', C: 'C', reject: 'Reject' },
    below: 'below',
    moreThan: (count) => `more than ${count}`,
    atMost: (count) => (count === 0 ? 'none' : `at most ${count}`),
    strictest:
      'The grade is the lowest of three: by score, by conditions not met, and by cap. A veto item makes a reject.',
    conditionRule: (points) => `A condition is not met once ${points} points are lost in it.`,
    basic: '2  Basic conditions',
    general: '3  General criteria',
    deductions: '4  Deductions',
    deductionTitles: ['Code', 'Item', 'Points', 'Cap', 'For', 'Source'],
    groups: {
      position: 'Position and coverage',
      'image-quality': 'Image quality',
      artefact: 'Artefacts',
      annotation: 'Annotation',
      veto: 'Vetoes',
    },
    veto: 'veto',
    capFrom: (step) => `(from step ${step})`,
    projection: 'radiographs',
    crossSectional: 'CT, MR',
    both: 'all',
    reasons: '5  Reasons for rejecting',
    reasonTitles: ['DCM code', 'Reason', 'Meaning in the standard'],
    sources: '6  Sources',
    unverifiedRemark:
      'Values and items marked * have not been looked up at a source; the hospital confirms them before use.',
    signed: ['Drawn up by', 'Approved by'],
    date: 'Date',
  },
};
