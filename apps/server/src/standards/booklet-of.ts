import type { Grade } from '@jiapian/kernel';
import { sources, type DeductionItem, type ReviewStandard, type Sourced } from '@jiapian/rules';
import type { PdfBlock, PdfDocument } from '../bulletins/index.ts';
import { bookletWords, type BookletLocale, type BookletWords } from './booklet-words.ts';

export interface BookletFacts {
  locale: BookletLocale;
  hospitalName: string;
  /** As the hospital's clock shows it. */
  effectiveFrom: string;
  publishedBy: string | null;
  note: string;
  madeAt: Date;
}

/** A version of the standard as a booklet: everything a grade depends on, with where each value comes from. */
export const bookletOf = (standard: ReviewStandard, facts: BookletFacts): PdfDocument => {
  const words = bookletWords[facts.locale];
  const language = facts.locale === 'en' ? 'en' : 'zh';
  const gradeName = (grade: Grade) => standard.gradeNames?.[grade]?.[language] ?? words.gradeNames[grade];
  const pen: Pen = { standard, words, language, gradeName };
  return {
    locale: facts.locale,
    title: standard.name[language],
    subtitle: words.version(standard.version, facts.effectiveFrom),
    foot: `${facts.hospitalName} · ${standard.name[language]} · v${standard.version}`,
    madeAt: facts.madeAt,
    blocks: [
      {
        kind: 'facts',
        rows: [
          [words.hospital, facts.hospitalName],
          [words.effectiveFrom, facts.effectiveFrom],
          [words.publishedBy, facts.publishedBy ?? words.product],
          ...(facts.note === '' ? [] : [[words.note, facts.note] as const]),
        ],
      },
      ...gradeBlocks(pen),
      ...conditionBlocks(pen, 'basic'),
      ...conditionBlocks(pen, 'general'),
      ...deductionBlocks(pen),
      ...reasonBlocks(pen),
      ...sourceBlocks(pen),
      { kind: 'signatures', roles: words.signed, dateWord: words.date },
    ],
  };
};

interface Pen {
  standard: ReviewStandard;
  words: BookletWords;
  language: 'zh' | 'en';
  gradeName(grade: Grade): string;
}

const star = ({ verified }: Sourced): string => (verified ? '' : ' *');

const gradeBlocks = ({ standard, words, gradeName }: Pen): PdfBlock[] => {
  const lastScore = standard.scale.at(-1)?.atLeast ?? 0;
  const lastCount = standard.conditionScale.at(-1)?.atMostNotMet ?? 0;
  const rows = standard.scale.map(({ grade, atLeast }) => {
    const bound = standard.conditionScale.find((each) => each.grade === grade);
    return [
      gradeName(grade),
      `≥ ${atLeast} / ${standard.startScore}${star(standard.scaleSource)}`,
      bound === undefined ? '' : `${words.atMost(bound.atMostNotMet)}${star(standard.conditionScaleSource)}`,
    ];
  });
  return [
    { kind: 'heading', text: words.grades },
    {
      kind: 'table',
      titles: words.gradeTitles,
      rows: [...rows, [gradeName('reject'), `${words.below} ${lastScore}`, words.moreThan(lastCount)]],
    },
    {
      kind: 'text',
      text: `${words.conditionRule(standard.conditionFailPoints)}${star(standard.conditionFailPointsSource)}`,
    },
    { kind: 'text', text: words.strictest },
    { kind: 'text', text: words.unverifiedRemark, isRemark: true },
  ];
};

const conditionBlocks = ({ standard, words, language }: Pen, kind: 'basic' | 'general'): PdfBlock[] => [
  { kind: 'heading', text: words[kind] },
  {
    kind: 'list',
    items: standard.conditions
      .filter((condition) => condition.kind === kind)
      .map(({ name, items, ...sourced }) => {
        const sentences = items.map((item) => item[language]).join(language === 'en' ? '; ' : ';');
        return `${name[language]}${sentences === '' ? '' : language === 'en' ? ': ' : ':'}${sentences}${star(sourced)}`;
      }),
  },
];

const deductionBlocks = ({ standard, words, language, gradeName }: Pen): PdfBlock[] => {
  const groups = ['position', 'image-quality', 'artefact', 'annotation', 'veto'] as const;
  const rowOf = (item: DeductionItem) => [
    item.code,
    `${item.name[language]} [${item.key}]`,
    item.steps.join(' / '),
    capOf(item),
    item.appliesTo.length === 2
      ? words.both
      : item.appliesTo[0] === 'projection'
        ? words.projection
        : words.crossSectional,
    `${item.source}${star(item)}`,
  ];
  const capOf = ({ veto, cap, capAtStep }: DeductionItem) =>
    [
      veto === true ? words.veto : '',
      cap !== undefined && veto !== true ? gradeName(cap) : '',
      capAtStep === undefined ? '' : `${gradeName(capAtStep.cap)} ${words.capFrom(capAtStep.step)}`,
    ]
      .filter((part) => part !== '')
      .join(', ');
  return [
    { kind: 'heading', text: words.deductions },
    ...groups.flatMap((group): PdfBlock[] => {
      const items = standard.deductions.filter((item) => item.group === group);
      if (items.length === 0) return [];
      const [code, , ...others] = words.deductionTitles;
      return [
        {
          kind: 'table',
          titles: [code ?? '', words.groups[group], ...others],
          rows: items.map(rowOf),
          widths: [62, '*', 72, 80, 66, 46],
        },
      ];
    }),
  ];
};

const reasonBlocks = ({ standard, words, language }: Pen): PdfBlock[] => [
  { kind: 'heading', text: words.reasons },
  {
    kind: 'table',
    titles: words.reasonTitles,
    rows: standard.rejectReasons.map(({ code, name, meaning }) => [code, name[language], meaning]),
    widths: [70, '*', '*'],
  },
];

/** What the source keys stand for; those of the standard only, in the order of the library. */
const sourceBlocks = ({ standard, words, language }: Pen): PdfBlock[] => {
  const sourced: readonly Sourced[] = [
    standard.scaleSource,
    standard.conditionScaleSource,
    standard.conditionFailPointsSource,
    ...standard.conditions,
    ...standard.deductions,
  ];
  const used = new Set(sourced.flatMap(({ source }) => source.split(',').map((key) => key.trim())));
  return [
    { kind: 'heading', text: words.sources },
    {
      kind: 'list',
      items: Object.entries(sources)
        .filter(([key]) => used.has(key))
        .map(([key, name]) => `${key}  ${name[language]}`),
    },
  ];
};
