import { describe, expect, it } from 'vitest';
import { hospitalTime } from './hospital-time.ts';

describe('hospitalTime', () => {
  // 16:05:09 UTC is five past midnight of the next day in Shanghai (UTC+8, no summer time).
  const moment = '2026-11-24T16:05:09Z';

  it('shows the hour of the hospital, not of the browser', () => {
    expect(hospitalTime('zh-CN', 'Asia/Shanghai').full(moment)).toBe('2026-11-25 00:05');
    expect(hospitalTime('zh-CN', 'UTC').second(moment)).toBe('16:05:09');
  });
  it('writes days as the language does, with half-width digits', () => {
    expect(hospitalTime('zh-CN', 'Asia/Shanghai').day(moment)).toBe('11-25');
    expect(hospitalTime('en', 'Asia/Shanghai').day(moment)).toBe('25 Nov');
    expect(hospitalTime('en', 'Asia/Shanghai').full(moment)).toBe('25 Nov 2026, 00:05');
  });
});
