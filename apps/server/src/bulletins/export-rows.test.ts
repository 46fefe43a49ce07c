import { Workbook } from '@cj-tech-master/excelts';
import { describe, expect, it } from 'vitest';
import { exportRowLimit, exportRows, type ExportColumn } from './export-rows.ts';

interface Person {
  name: string;
  count: number | null;
}
const columns: ExportColumn<Person>[] = [
  { title: '姓名', value: ({ name }) => name },
  { title: '数量', value: ({ count }) => count },
];
const bytesOf = async (body: AsyncIterable<string | Uint8Array>): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
};
const csvOf = async (rows: Person[]): Promise<string> =>
  (await bytesOf(exportRows('csv', columns, rows).body)).toString('utf8');

describe('CSV', () => {
  it('begins with the byte order mark and quotes what RFC 4180 says must be quoted', async () => {
    const text = await csvOf([
      { name: '王"小",东\n', count: 0 },
      { name: '', count: null },
    ]);
    expect(text).toBe('\ufeff姓名,数量\r\n"王""小"",东\n",0\r\n,\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1'])('makes %j inert', async (name) => {
    const [, line] = (await csvOf([{ name, count: 1 }])).split('姓名,数量\r\n');
    expect(line?.replace(/^"/, '').startsWith("'")).toBe(true);
  });

  it('leaves numbers below zero alone', async () => {
    expect(await csvOf([{ name: 'a', count: -5 }])).toContain('a,-5\r\n');
  });

  it('stops at the limit and says so', async () => {
    const rows = Array.from({ length: exportRowLimit + 5 }, () => ({ name: 'a', count: 1 }));
    const lines = (await csvOf(rows)).trimEnd().split('\r\n');
    expect(lines).toHaveLength(exportRowLimit + 2);
    expect(lines.at(-1)).toContain(String(exportRowLimit));
  });

  it('ends the file with an error when the rows fail', async () => {
    const failing = (async function* () {
      yield { name: 'a', count: 1 };
      throw new Error('database gone');
    })();
    await expect(bytesOf(exportRows('csv', columns, failing).body)).rejects.toThrow('database gone');
  });
});

describe('XLSX', () => {
  it('holds text as text, even when it looks like a formula, and numbers as numbers', async () => {
    const { body } = exportRows('xlsx', columns, [
      { name: '=HYPERLINK("http://x")', count: 3 },
      { name: '张三\u0001', count: null },
    ]);
    const workbook = new Workbook();
    await workbook.xlsx.load(new Uint8Array(await bytesOf(body)));
    const sheet = workbook.worksheets[0]!;
    expect(sheet.getRow(1).getCell(1).value).toBe('姓名');
    expect(sheet.getRow(2).getCell(1).value).toBe('=HYPERLINK("http://x")');
    expect(sheet.getRow(2).getCell(1).formula).toBeUndefined();
    expect(sheet.getRow(2).getCell(2).value).toBe(3);
    expect(sheet.getRow(3).getCell(1).value).toBe('张三');
  });
});
