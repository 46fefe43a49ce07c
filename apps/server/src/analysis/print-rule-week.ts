import type { RuleWeek } from '@jiapian/contract';
import type { PdfDocument } from '../bulletins/index.ts';

type Locale = 'zh-CN' | 'en';

const words = {
  'zh-CN': {
    title: '机器提示与评片人的一致',
    rules: '各条规则',
    ruleTitles: ['规则', '条目', '提示', '同意', '误报', '未答', '准确率(95 % 区间)', '状态'],
    items: '评片人标出的条目',
    itemTitles: ['条目', '标出', '事先有提示', '漏报', '检出率(95 % 区间)'],
    none: '这一周没有提示,也没有标出的条目。',
    remark: '误报:评片人不同意的提示。漏报:评片人标出而没有规则提示的条目。提示不是评级。',
    films: (count: number) => `评过且测量过的片子 ${count} 张`,
    speaking: '在用',
    silenced: '已静默',
    silencedNow: '本周静默',
    notMeasured: '未测',
  },
  en: {
    title: 'Machine and reader',
    rules: 'Each rule',
    ruleTitles: ['Rule', 'Item', 'Hints', 'Agreed', 'False', 'Unanswered', 'Precision (95 %)', 'State'],
    items: 'Items that readers marked',
    itemTitles: ['Item', 'Marked', 'Hinted before', 'Missed', 'Recall (95 %)'],
    none: 'There was no hint and no marked item in this week.',
    remark:
      'False: hints that a reader disagreed with. Missed: items that a reader marked and no rule spoke of. A hint is no grade.',
    films: (count: number) => `${count} films graded and measured`,
    speaking: 'Speaks',
    silenced: 'Silenced itself',
    silencedNow: 'Silenced this week',
    notMeasured: 'not measured',
  },
} as const;

/** The card of a week on paper. */
export const printRuleWeek = (
  week: RuleWeek,
  { locale, hospitalName, madeAt }: { locale: Locale; hospitalName: string; madeAt: Date },
): PdfDocument => {
  const say = words[locale];
  const isEmpty = week.rules.length === 0 && week.items.length === 0;
  return {
    locale,
    title: say.title,
    subtitle: `${hospitalName} · ${week.fromDay} – ${week.toDay} · ${say.films(week.films)}`,
    isLandscape: true,
    foot: `${say.title} ${week.fromDay}`,
    madeAt,
    blocks: isEmpty
      ? [{ kind: 'text', text: say.none }]
      : [
          { kind: 'heading', text: say.rules },
          {
            kind: 'table',
            titles: say.ruleTitles,
            rightAligned: [2, 3, 4, 5, 6],
            widths: ['*', 'auto', 'auto', 'auto', 'auto', 'auto', 'auto', 'auto'],
            rows: week.rules.map((row) => [
              row.message[locale === 'en' ? 'en' : 'zh'],
              row.deduction ?? '',
              String(row.spoken),
              String(row.agreed),
              String(row.rejected),
              String(row.unanswered),
              shareText(row.precision, say.notMeasured),
              row.wasSilenced ? say.silencedNow : row.isSilenced ? say.silenced : say.speaking,
            ]),
          },
          { kind: 'heading', text: say.items },
          {
            kind: 'table',
            titles: say.itemTitles,
            rightAligned: [1, 2, 3, 4],
            rows: week.items.map((row) => [
              row.deduction,
              String(row.marked),
              String(row.hinted),
              String(row.missed),
              shareText(row.recall, say.notMeasured),
            ]),
          },
          { kind: 'text', text: say.remark, isRemark: true },
        ],
  };
};

const shareText = (share: RuleWeek['rules'][number]['precision'], none: string): string =>
  share === null ? none : `${percent(share.proportion)} (${percent(share.lower)}–${percent(share.upper)})`;
const percent = (share: number): string => `${Math.round(share * 100)} %`;
