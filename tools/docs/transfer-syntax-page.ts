import { transferSyntaxes, type TransferSyntax } from '@jiapian/dicom';
import type { Language } from './language.ts';

/** Every transfer syntax known by name: all are stored and forwarded, not all can be shown. */
export function transferSyntaxPage(language: Language): string {
  const yes = language === 'en' ? 'yes' : '能';
  const no = language === 'en' ? 'no' : '不能';
  const isShown = ({ codec }: TransferSyntax) => codec !== 'unsupported';
  const rows = transferSyntaxes.map(
    (syntax) =>
      `| ${syntax.name} | ${syntax.uid} | ${lossyWords[language][syntax.isLossy ? 'lossy' : 'lossless']} | ${isShown(syntax) ? yes : no} |`,
  );
  return [head[language], ...rows, ''].join('\n');
}

const lossyWords: Readonly<Record<Language, { lossy: string; lossless: string }>> = {
  'zh-CN': { lossy: '可能有损', lossless: '无损' },
  en: { lossy: 'may lose', lossless: 'lossless' },
};

const head: Readonly<Record<Language, string>> = {
  'zh-CN': `# 传输语法

[English](transfer-syntaxes.en.md)

全部照原样接收、保存;除非目的地的规则要求别的语法的副本,也照原样转发。最后一栏是浏览器里能不能显示。表里没有的传输语法也收、存、转发,但不能显示。本页由程序里的表生成(\`node tools/generate-reference-pages.ts\`)。

| 名称 | UID | | 显示 |
| --- | --- | --- | --- |`,
  en: `# Transfer syntaxes

[中文](transfer-syntaxes.md)

All are received and kept as they are, and forwarded so unless the rule of a destination asks for a copy in another one. The last column says whether the browser can show them. A syntax that is not in the table is received, kept and forwarded too, but not shown. This page is generated from the table in the code (\`node tools/generate-reference-pages.ts\`).

| name | UID | | shown |
| --- | --- | --- | --- |`,
};
