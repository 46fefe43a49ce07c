import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProgram } from '../../../../test/testkit/src/programs.ts';
import type { PdfDocument } from './pdf-document.ts';
import { renderPdf } from './render-pdf.ts';

const run = promisify(execFile);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pdf-'));
});
afterAll(() => rm(folder, { recursive: true }));

const madeAt = new Date('2026-11-24T08:00:00Z');
const document = (blocks: PdfDocument['blocks']): PdfDocument => ({
  locale: 'zh-CN',
  title: '评片标准',
  foot: '第一医院',
  madeAt,
  blocks,
});
/** What another program reads in it. */
const textOf = async (bytes: Uint8Array): Promise<string> => {
  const file = join(folder, 'document.pdf');
  await writeFile(file, bytes);
  return (await run(findProgram('pdftotext', 'poppler-utils'), ['-layout', file, '-'])).stdout.replaceAll(/ +/g, '');
};

describe('a printed document', () => {
  it('holds Chinese and English text that another program can read again', async () => {
    const text = await textOf(
      await renderPdf(
        document([
          { kind: 'heading', text: '等级标准' },
          { kind: 'table', titles: ['等级', 'Points'], rows: [['甲', '≥ 90']], rightAligned: [1] },
          { kind: 'facts', rows: [['生效', '2026-12-01']] },
          { kind: 'list', items: ['部位正确'] },
          { kind: 'signatures', roles: ['主持人'], dateWord: '日期' },
        ]),
      ),
    );
    for (const word of ['评片标准', '等级标准', '甲', '≥90', '2026-12-01', '部位正确', '主持人', '第一医院', '1/1'])
      expect(text).toContain(word);
  });

  it('repeats the head of a table on each of its pages and numbers them', async () => {
    const rows = Array.from({ length: 120 }, (_row, index) => [String(index), '胸部后前位']);
    const text = await textOf(await renderPdf(document([{ kind: 'table', titles: ['编号', '体位名称'], rows }])));
    const pages = text.split('\f').filter((page) => page.trim() !== '');
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages) expect(page).toContain('体位名称');
    expect(pages.at(-1)).toContain(`${pages.length}/${pages.length}`);
  });

  it('refuses a drawing the typesetter cannot read, and draws the next document all the same', async () => {
    const broken = renderPdf(document([{ kind: 'drawing', svg: '<svg', widthPoints: 100 }]));
    const sound = renderPdf(document([{ kind: 'text', text: '正常' }]));
    await expect(broken).rejects.toMatchObject({ code: 'BULLETINS_PDF_FAILED' });
    expect(await textOf(await sound)).toContain('正常');
  });

  it('opens no file and no address that a text names', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><image href="/etc/hostname" width="5" height="5"/></svg>';
    const outcome = await renderPdf(document([{ kind: 'drawing', svg, widthPoints: 10 }])).then(
      textOf,
      (error: { code: string }) => error.code,
    );
    expect(outcome).not.toMatch(/^(?!BULLETINS_PDF_FAILED).*hostname/);
  });

  it('tells the ninth who waits to come back', async () => {
    const all = await Promise.allSettled(
      Array.from({ length: 9 }, () => renderPdf(document([{ kind: 'text', text: '一' }]))),
    );
    expect(all.map(({ status }) => status)).toEqual([...Array<string>(8).fill('fulfilled'), 'rejected']);
    expect(all[8]).toMatchObject({ reason: { code: 'REQUEST_TOO_MANY' } });
  });
});
