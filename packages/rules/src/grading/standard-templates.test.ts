import { describe, expect, it } from 'vitest';
import { standardFaults } from './check-standard.ts';
import { gradeFilm } from './grade-film.ts';
import { rejectReasons } from './reject-reasons.ts';
import { standardTemplates, templateNames } from './standard-templates.ts';

const known = rejectReasons.map(({ code }) => code);

describe('the ready-made standards', () => {
  it.each(templateNames)('%s could be published as it stands', (name) => {
    expect(standardFaults(standardTemplates[name], known)).toEqual([]);
  });

  // S01: 甲 meets all five conditions, 乙 misses one; two or three make 丙 (GKU), more no longer a usable film.
  it.each<[string, string[], string]>([
    ['nothing short', [], 'A'],
    ['one condition short', ['ARTEFACT'], 'B'],
    ['two conditions short', ['ARTEFACT', 'ANNOTATION'], 'C'],
    ['three conditions short', ['ARTEFACT', 'ANNOTATION', 'POSITION'], 'C'],
    ['four conditions short', ['ARTEFACT', 'ANNOTATION', 'POSITION', 'IMAGE_QUALITY'], 'reject'],
  ])('five conditions: %s', (_name, short, grade) => {
    expect(gradeFilm(standardTemplates['five-conditions'], [], short).grade).toBe(grade);
  });

  it('five conditions: the smallest defect makes its condition short', () => {
    const outcome = gradeFilm(standardTemplates['five-conditions'], [{ code: 'D12', step: 1 }]);
    expect(outcome).toMatchObject({ score: 98, byScore: 'A', grade: 'B', decidedBy: 'conditions' });
  });

  it('three grades: no film is a C, and a missing view is still acceptable at most', () => {
    const outcome = gradeFilm(standardTemplates['three-grade'], [{ code: 'D18', step: 1 }]);
    expect(outcome.grade).toBe('B');
  });
});
