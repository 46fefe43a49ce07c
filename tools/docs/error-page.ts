import fs from 'node:fs';
import path from 'node:path';
import { AppError, errorCatalogue, type ErrorCode, type ErrorKind } from '@jiapian/kernel';
import { failureStatus } from '../../apps/server/src/platform/dimse-status.ts';
import { problemOf } from '../../apps/server/src/platform/problem.ts';
import type { Language } from './language.ts';

const codes = Object.keys(errorCatalogue) as ErrorCode[];

/** Every error code with its kind, its HTTP status and the words of the pages; from the catalogue and the locale files. */
export function errorPage(root: string, language: Language): string {
  const words = wordsOf(root, language);
  const rows = codes.map((code) => {
    const { status } = problemOf(new AppError(code), '');
    return `| \`${code}\` | ${errorCatalogue[code]} | ${status} | ${words[code] ?? ''} |`;
  });
  return [head[language], ...rows, '', kindHead[language], ...kindRows(), '', tail[language], ''].join('\n');
}

function wordsOf(root: string, language: Language): Readonly<Record<string, string>> {
  const file = path.join(root, 'apps/web/src/locales', language, 'errors.json');
  return JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, string>;
}

/** One code stands for its kind: the C-STORE status follows from the kind alone. */
function kindRows(): string[] {
  const first = new Map<ErrorKind, ErrorCode>();
  for (const code of codes) if (!first.has(errorCatalogue[code])) first.set(errorCatalogue[code], code);
  return [...first].map(([kind, code]) => {
    const { status } = failureStatus(new AppError(code));
    return `| ${kind} | ${status.toString(16).toUpperCase().padStart(4, '0')} |`;
  });
}

const head: Readonly<Record<Language, string>> = {
  'zh-CN': `# 错误码

[English](errors.en.md)

HTTP 的错误是 problem details(RFC 9457),\`Content-Type: application/problem+json\`:

\`\`\`json
{
  "type": "urn:jiapian:error:REVIEW_FILM_LOCKED",
  "title": "review film locked",
  "status": 409,
  "code": "REVIEW_FILM_LOCKED",
  "requestId": "…",
  "facts": { "holder": "…" }
}
\`\`\`

程序只认 \`code\`。\`facts\` 是数据,不含患者信息;\`issues\` 列出不合要求的字段(\`path\`、\`message\`)。5xx 只有 \`code\`,没有内部信息;按 \`requestId\`(也在应答头 \`x-request-id\`)到日志里查。

下表由程序里的目录生成(\`node tools/generate-reference-pages.ts\`),测试保证它不过时。有些码只出现在命令行、日志、隔离区或放行页,HTTP 一栏是它万一从接口答出时的状态。

| 码 | 种类 | HTTP | 意思与怎么办 |
| --- | --- | --- | --- |`,
  en: `# Error codes

[中文](errors.md)

HTTP errors are problem details (RFC 9457), \`Content-Type: application/problem+json\`:

\`\`\`json
{
  "type": "urn:jiapian:error:REVIEW_FILM_LOCKED",
  "title": "review film locked",
  "status": 409,
  "code": "REVIEW_FILM_LOCKED",
  "requestId": "…",
  "facts": { "holder": "…" }
}
\`\`\`

Programs look at \`code\` only. \`facts\` are data without patient information; \`issues\` lists the fields that are not acceptable (\`path\`, \`message\`). A 5xx has its \`code\` and nothing from inside; find the rest in the log by \`requestId\` (also the answer header \`x-request-id\`).

The table is generated from the catalogue in the code (\`node tools/generate-reference-pages.ts\`); a test fails when it is stale. Some codes appear only on the command line, in the log, in the quarantine or on the release page; their HTTP column says what an interface would answer.

| code | kind | HTTP | meaning and what to do |
| --- | --- | --- | --- |`,
};

const kindHead: Readonly<Record<Language, string>> = {
  'zh-CN': `## C-STORE 失败时的状态

存储失败时的 DIMSE 状态由种类决定,错误码写在 Error Comment (0000,0902)。

| 种类 | 状态 |
| --- | --- |`,
  en: `## Status of a failed C-STORE

The DIMSE status of a failed store follows from the kind; the code stands in Error Comment (0000,0902).

| kind | status |
| --- | --- |`,
};

const tail: Readonly<Record<Language, string>> = {
  'zh-CN': `读不懂的对象、重复的对象、同一 UID 的不同字节都应答成功(0000):字节已存好,由本系统的人处理。`,
  en: `Unreadable objects, duplicates and other bytes under a known UID are answered with success (0000): the bytes are kept, and people here deal with them.`,
};
