import { describe, expect, it } from 'vitest';
import { parseSearch, stringifySearch } from './search-params.ts';

describe('search params', () => {
  it('keeps digits as text, so that an accession number is not counted with', () => {
    expect(parseSearch('?text=0137')).toEqual({ text: '0137' });
  });
  it('leaves out what is empty and writes lists with commas', () => {
    expect(stringifySearch({ list: 'waiting', grade: 'A,B', text: '', day: undefined })).toBe(
      '?list=waiting&grade=A,B',
    );
    expect(stringifySearch({})).toBe('');
  });
  it('gives back what was put in', () => {
    const search = { text: '张 & 王=?', modality: 'DX,CT' };
    expect(parseSearch(stringifySearch(search))).toEqual(search);
  });
});
