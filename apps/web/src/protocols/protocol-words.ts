import type { ComplianceView, ParameterTableView } from '@jiapian/contract';
import { classNames, parameterColumnOf, positionOf, type ParameterColumn } from '@jiapian/rules';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { shortFigure } from '../analysis/figure-words.ts';

export type Row = ParameterTableView['content']['rows'][number];
export type Cell = Row['cells'][string];
export type Kind = ParameterTableView['content']['kind'];
export type ColumnVerdict = ComplianceView['columns'][number];

/** The words of rows, columns and verdicts in the language of the page. */
export const useProtocolWords = () => {
  const { t, i18n } = useTranslation('protocols');
  return protocolWords(t, i18n.language === 'en' ? 'en' : 'zh');
};

export const protocolWords = (t: TFunction<'protocols'>, language: 'zh' | 'en') => {
  const text = (words: { zh: string; en: string }): string => words[language];
  const subject = (code: string): string => {
    const position = positionOf(code);
    return position ? text(position.name) : code;
  };
  const className = (code: string | null): string =>
    code === null ? t('unknown') : code in classNames ? text(classNames[code as keyof typeof classNames]) : code;
  return {
    t,
    text,
    subject,
    className,
    /** `Chest PA · arterial`. */
    subjectAndPhase: (code: string, phase: string | null): string =>
      [subject(code), phase === null ? '' : t(`phase.${phase}`)].filter((part) => part !== '').join(' · '),
    columnTitle: ({ name, unit }: Pick<ParameterColumn, 'name' | 'unit'>): string =>
      unit === '' ? text(name) : `${text(name)} ${unit}`,
    columnName: (kind: Kind, key: string): string => {
      const column = parameterColumnOf(kind, key);
      return column ? text(column.name) : key;
    },
    unitOf: (kind: Kind, key: string): string => parameterColumnOf(kind, key)?.unit ?? '',
    effect: (kind: Kind, { column, state }: ColumnVerdict): string => {
      const known = parameterColumnOf(kind, column);
      if (!known || state === 'within' || state === 'not-judged') return '';
      return text(state === 'below' ? known.below : known.above);
    },
    /** A figure, or a word of the header; `NONE` stands for a thing that is not there. */
    value: (value: number | string | null): string => (value === 'NONE' ? t('absent') : valueWords(value)),
    /** `−25 %`, with a sign. */
    share: (deviation: number | null): string =>
      deviation === null
        ? ''
        : `${deviation > 0 ? '+' : deviation < 0 ? '−' : ''}${Math.round(Math.abs(deviation) * 100)} %`,
  };
};

export const valueWords = (value: number | string | null): string =>
  value === null ? '—' : typeof value === 'number' ? shortFigure(value) : value;

export const isOutside = ({ state }: ColumnVerdict): boolean =>
  state === 'above' || state === 'below' || state === 'differs';
