import { positionOf } from '@jiapian/rules';
import type { PdfSheet } from '../bulletins/index.ts';
import { pictureSizes, type PreparedSheet } from './prepare-sheet.ts';
import type { PrintableFilm } from './print-films.repository.ts';

type Locale = 'zh-CN' | 'en';

/** Room under each film for who, what and how large, mm. */
export const CAPTION_MM = 14;
/** The edge that printers leave, mm: the sheet is the printable part within it. */
const EDGE_MM = 5;
const FONT_POINTS = 8;
const LINE_MM = 4;
/** Length that the bar beside each film stands for, in the plane of the detector, mm. */
const BAR_MM = 50;
const MM_PER_POINT = 25.4 / 72;
const TICK_MM = 1;

const words = {
  'zh-CN': {
    title: '影像打印',
    sex: { M: '男', F: '女', O: '其他' },
    age: { Y: '岁', M: '月', W: '周', D: '天' },
    side: { L: '左', R: '右', B: '双侧' },
    noName: '姓名缺失',
    noScale: '比例未知',
  },
  en: {
    title: 'Printed films',
    sex: { M: 'male', F: 'female', O: 'other' },
    age: { Y: ' years', M: ' months', W: ' weeks', D: ' days' },
    side: { L: 'left', R: 'right', B: 'both sides' },
    noName: 'no name',
    noScale: 'scale unknown',
  },
} as const;

/** Films in their fields, each in the middle of its own, with name, side, number, day, hospital and scale under it. */
export const drawSheet = (
  prepared: PreparedSheet,
  pngs: readonly Uint8Array[],
  locale: Locale,
  madeAt: Date,
): PdfSheet => {
  const { films, sheet, layout } = prepared;
  const sizes = pictureSizes(prepared, CAPTION_MM);
  const field = { widthMm: sheet.widthMm / sheet.columns, heightMm: sheet.heightMm / sheet.rows };
  const placed = films.map((film, index) => {
    const x = EDGE_MM + (index % sheet.columns) * field.widthMm;
    const y = EDGE_MM + Math.floor(index / sheet.columns) * field.heightMm;
    const size = sizes[index] ?? { widthMm: 0, heightMm: 0 };
    const picture = {
      png: pngs[index] ?? new Uint8Array(),
      xMm: x + (field.widthMm - size.widthMm) / 2,
      yMm: y + (field.heightMm - CAPTION_MM - size.heightMm) / 2,
      ...size,
    };
    return { picture, caption: captionOf(film, layout.magnification, locale, x, y + field.heightMm - CAPTION_MM) };
  });
  return {
    locale,
    title: words[locale].title,
    madeAt,
    widthMm: sheet.widthMm + 2 * EDGE_MM,
    heightMm: sheet.heightMm + 2 * EDGE_MM,
    pictures: placed.map(({ picture }) => picture),
    texts: placed.flatMap(({ caption }) =>
      caption.texts.map((line) => ({ ...line, text: fitted(line.text, field.widthMm) })),
    ),
    lines: placed.flatMap(({ caption }) => caption.lines),
  };
};

/** Who, what and how large, with the bar, from the upper left corner given. */
export const captionOf = (film: PrintableFilm, magnification: number | null, locale: Locale, x: number, y: number) => {
  const say = words[locale];
  const who = [film.patientName || say.noName, sexOf(film, locale), ageOf(film, locale), film.patientNumber];
  const what = [film.accessionNumber, film.day ?? '', positionName(film, locale), film.hospitalName];
  const left = x + 1;
  const text = (line: number, parts: readonly string[]) => ({
    text: parts.filter((part) => part !== '').join('  '),
    xMm: left,
    yMm: y + 1 + line * LINE_MM,
    sizePoints: FONT_POINTS,
  });
  const barY = y + 1 + 2 * LINE_MM + LINE_MM / 2;
  if (magnification === null)
    return { texts: [{ ...text(0, who), isBold: true as const }, text(1, what), text(2, [say.noScale])], lines: [] };
  const barEnd = left + BAR_MM * magnification;
  const scale = { ...text(2, [`${BAR_MM} mm  ×${magnification.toFixed(2)}`]), xMm: barEnd + 2 };
  return {
    texts: [{ ...text(0, who), isBold: true as const }, text(1, what), scale],
    lines: [
      { fromMm: [left, barY], toMm: [barEnd, barY] },
      { fromMm: [left, barY - TICK_MM], toMm: [left, barY + TICK_MM] },
      { fromMm: [barEnd, barY - TICK_MM], toMm: [barEnd, barY + TICK_MM] },
    ] as const,
  };
};

const sexOf = ({ sex }: PrintableFilm, locale: Locale): string =>
  sex === 'M' || sex === 'F' || sex === 'O' ? words[locale].sex[sex] : '';

/** `045Y` in words; what is no age by the standard (PS3.5 AS) stays away. */
const ageOf = ({ patientAge }: PrintableFilm, locale: Locale): string => {
  const [, count, unit] = /^(\d{3})([YMWD])$/.exec(patientAge) ?? [];
  return count === undefined ? '' : `${Number(count)}${words[locale].age[unit as 'Y' | 'M' | 'W' | 'D']}`;
};

const positionName = ({ positionCode, laterality }: PrintableFilm, locale: Locale): string => {
  const position = positionCode === null ? null : positionOf(positionCode);
  const name = position === null ? '' : locale === 'en' ? position.name.en : position.name.zh;
  const side = laterality === 'L' || laterality === 'R' || laterality === 'B' ? words[locale].side[laterality] : '';
  return [name, side].filter((part) => part !== '').join(' ');
};

/** Cut to what a width has room for. */
export const fitted = (text: string, widthMm: number): string =>
  shortened(text, Math.floor(widthMm / (FONT_POINTS * MM_PER_POINT)) - 1);

/** To a width in full letters; Latin ones take about half. */
const shortened = (text: string, letters: number): string => {
  let width = 0;
  for (const [index, letter] of [...text].entries()) {
    width += letter.charCodeAt(0) < 0x2e80 ? 0.56 : 1;
    if (width > letters) return `${[...text].slice(0, index).join('')}…`;
  }
  return text;
};
