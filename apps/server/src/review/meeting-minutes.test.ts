import type { Minutes } from '@jiapian/contract';
import { describe, expect, it } from 'vitest';
import { renderPdf } from '../bulletins/index.ts';
import { minutesDocument } from './meeting-minutes-document.ts';

const minutes: Minutes = {
  title: '晨会',
  leaderName: '顾组长',
  openedAt: '2026-11-24T23:40:00.000Z',
  closedAt: '2026-11-25T00:05:00.000Z',
  decideBy: 'majority',
  minimumVotes: 8,
  attendance: [
    { name: '林示范', joinedAt: '2026-11-24T23:41:00.000Z' },
    { name: '何演示', joinedAt: null },
  ],
  films: [
    {
      number: 1,
      because: 'disputed',
      gradeBefore: 'B',
      accessionNumber: 'DR2611240101',
      positionCode: null,
      laterality: null,
      description: '骨盆正位',
      tally: [
        { grade: 'A', votes: 0 },
        { grade: 'C', votes: 8 },
      ],
      decidedGrade: 'C',
      decidedAt: '2026-11-24T23:50:00.000Z',
      note: '下缘截断',
      isKeptForTeaching: true,
    },
  ],
  notes: [{ number: 1, text: '统一口令', at: '2026-11-24T23:51:00.000Z' }],
};
const facts = { timeZone: 'Asia/Shanghai', madeAt: new Date('2026-11-25T00:10:00Z') };

describe('printed minutes', () => {
  it("say who was there and what was decided, by the hospital's clock, in both languages", () => {
    const chinese = JSON.stringify(minutesDocument(minutes, { ...facts, locale: 'zh-CN' }));
    expect(chinese).toContain('2026-11-25 07:40 – 2026-11-25 08:05');
    expect(chinese).toContain('["1","骨盆正位","DR2611240101","有分歧","乙","丙 8","丙","下缘截断 · 留作教学片"]');
    expect(chinese).toContain('["到会 1","林示范 (07:41)"],["未到 1","何演示"]');
    expect(chinese).toContain('07:51 统一口令');
    expect(chinese).toContain('顾组长 · 按多数定,过半为准 · 至少 8 票');
    const english = JSON.stringify(minutesDocument(minutes, { ...facts, locale: 'en' }));
    expect(english).toContain('"disputed","B","C 8","C","下缘截断 · kept for teaching"');
  });

  it('are a PDF', { timeout: 60_000 }, async () => {
    const bytes = await renderPdf(minutesDocument(minutes, { ...facts, locale: 'zh-CN' }));
    expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('%PDF-');
  });
});
