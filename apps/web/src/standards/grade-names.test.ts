import i18next from 'i18next';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

const words = (a: string, b: string, c: string, x: string) => ({ grade: { A: a, B: b, C: c, reject: x } });
const product = { 'zh-CN': words('甲', '乙', '丙', '废'), en: words('A', 'B', 'C', 'Reject') };
vi.mock('../app/i18n.ts', () => ({ productWords: (locale: 'zh-CN' | 'en') => product[locale] }));
const { showGradeNames } = await import('./grade-names.ts');

const shown = (lng: string) => ['A', 'B', 'C', 'reject'].map((grade) => i18next.t(`shell:grade.${grade}`, { lng }));

beforeAll(async () => {
  const resources = structuredClone({ 'zh-CN': { shell: product['zh-CN'] }, en: { shell: product.en } });
  await i18next.init({ lng: 'zh-CN', resources, defaultNS: 'shell' });
});
beforeEach(() => showGradeNames({}));

describe('the words for grades', () => {
  it('are those of the standard in force, in both languages', () => {
    showGradeNames({
      gradeNames: {
        A: { zh: '优', en: 'Excellent' },
        B: { zh: '良', en: 'Good' },
        C: { zh: '中', en: 'Fair' },
        reject: { zh: '差', en: 'Poor' },
      },
    });
    expect(shown('zh-CN')).toEqual(['优', '良', '中', '差']);
    expect(shown('en')).toEqual(['Excellent', 'Good', 'Fair', 'Poor']);
  });

  it('stay the product’s where the standard names none', () => {
    showGradeNames({ gradeNames: { A: { zh: '优', en: ' ' } } });
    expect(shown('zh-CN')).toEqual(['优', '乙', '丙', '废']);
    expect(shown('en')).toEqual(['A', 'B', 'C', 'Reject']);
  });

  it('are the product’s again once a standard without names is in force', () => {
    showGradeNames({ gradeNames: { A: { zh: '优', en: 'Excellent' } } });
    showGradeNames({});
    expect(shown('zh-CN')).toEqual(['甲', '乙', '丙', '废']);
  });
});
